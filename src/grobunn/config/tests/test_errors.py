"""The pages about errors, with what they need taken away."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from grobunn.config import errors, urls
from grobunn.kernel.permissions import open_to_all


@open_to_all("test")
def _break(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


@open_to_all("test")
def _lose_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the connection is closed")


@open_to_all("test")
def _deny(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [path("break", _break), path("lose-database", _lose_database), path("deny", _deny), *urls.urlpatterns]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def test_error_of_ours_is_shown_without_the_database(client: Client) -> None:
    response = client.get("/break")

    assert response.status_code == 500
    assert "<main" in response.text


def test_lost_database_is_told_with_when_to_come_back(client: Client) -> None:
    response = client.get("/lose-database")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "Vi er borte et øyeblikk" in response.text


def test_missing_page_without_a_database_says_that_we_are_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    render = loader.render_to_string

    def without_database(name: str, request: HttpRequest | None = None) -> str:
        if request is not None:
            raise OperationalError("the connection is closed")
        return str(render(name))

    monkeypatch.setattr(errors.loader, "render_to_string", without_database)

    assert client.get("/finnes/ikke/her/x").status_code == 503


@pytest.mark.django_db
def test_missing_page_and_missing_right_have_pages_of_their_own(client: Client) -> None:
    assert client.get("/finnes/ikke/her/x").status_code == 404
    assert client.get("/deny").status_code == 403


def test_address_of_no_api_is_a_problem(client: Client) -> None:
    response = client.get("/api/v2/ideas")

    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")
    assert json.loads(response.content)["status"] == 404


@override_settings(ALLOWED_HOSTS=["ideer.example.no"])
def test_forged_host_gets_nothing_of_it_back(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "evil" not in response.text


def test_broken_error_page_falls_back_to_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> str:
        raise ValueError("no manifest")

    monkeypatch.setattr(errors.loader, "render_to_string", broken)

    response = errors.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "Prøv igjen om noen minutter" in response.content.decode()
