"""The frame around every page."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory


def request_for(path: str = "/", **cookies: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    request._messages = CookieStorage(request)
    request.COOKIES.update(cookies)
    return request


def test_base_without_request_renders_frame() -> None:
    page = render_to_string("ui/base.html")

    assert 'href="#main"' in page
    assert "<form" not in page


def test_base_with_request_offers_languages() -> None:
    page = render_to_string("ui/base.html", {}, request=request_for())

    assert [name for name in ("Bokmål", "Nynorsk", "English") if f">{name}</button>" in page] == [
        "Bokmål",
        "Nynorsk",
        "English",
    ]


@pytest.mark.django_db
def test_choose_language_sets_cookie_and_returns(client: Client) -> None:
    response = client.post("/sprak/", {"language": "nn", "next": "/ulstein/ny"})

    assert response.status_code == 302
    assert response["Location"] == "/ulstein/ny"
    assert response.cookies["django_language"].value == "nn"


@pytest.mark.django_db
def test_choose_language_never_leads_to_another_site(client: Client) -> None:
    response = client.post("/sprak/", {"language": "nn", "next": "https://evil.example/"})

    assert response["Location"] == "/"


@pytest.mark.django_db
def test_gallery_renders_every_component(client: Client) -> None:
    response = client.get("/ui/")

    assert response.status_code == 200
    assert "<c-" not in response.content.decode()
