"""Which pages go compressed: not those whose length could tell a secret."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from grobunn.accounts.tests.factories import UserFactory
from grobunn.config.middleware.compression import CompressedPages
from grobunn.search.asked import Asked
from grobunn.search.models import Told
from grobunn.search.services.saved import save_search

BODY = "<p>Sett opp en benk.</p>" * 100


def answer(
    path: str = "/", *, method: str = "GET", cookie: str = "", kind: str = "text/html; charset=utf-8", cache: str = ""
) -> HttpResponse:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(BODY, headers={"Content-Type": kind, **({"Cache-Control": cache} if cache else {})})

    request = RequestFactory().generic(method, path, headers={"accept-encoding": "gzip, br", "cookie": cookie})
    response: HttpResponse = CompressedPages(view)(request)
    return response


@pytest.mark.parametrize(
    ("path", "cookie"), [("/", ""), ("/sok/?q=benk", ""), ("/trondheim/ko/", "sessionid=hemmelig")]
)
def test_page_without_a_secret_beside_a_guess_goes_compressed(path: str, cookie: str) -> None:
    response = answer(path, cookie=cookie)

    assert response["Content-Encoding"] == "gzip"
    assert response["Vary"] == "Accept-Encoding"
    assert gzip.decompress(response.content).decode() == BODY


@pytest.mark.parametrize(
    "given",
    [
        {"cache": "no-store, private"},
        {"path": "/sok/?q=benk", "cookie": "sessionid=hemmelig"},
        {"method": "POST"},
        {"kind": "application/json"},
        {"kind": "image/jpeg"},
    ],
    ids=["not-to-be-stored", "signed-in-with-a-query", "answer-to-a-form", "json", "photo"],
)
def test_what_could_tell_a_secret_goes_as_it_is(given: dict[str, str]) -> None:
    response = answer(**given)

    assert "Content-Encoding" not in response
    assert response.content.decode() == BODY


def test_same_page_has_not_the_same_length_twice() -> None:
    lengths = {len(answer().content) for _time in range(30)}

    assert len(lengths) > 1


@pytest.mark.django_db
def test_pages_with_lasting_secrets_are_marked(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    saved = save_search(user, name="Benk", asked=Asked("benk", {}), municipality=None, told=Told.NOT)

    for address in (f"/sok/lagrede/{saved.pk}/", "/konto/totrinn/", "/konto/nokler/ny/"):
        assert "no-store" in client.get(address)["Cache-Control"]
