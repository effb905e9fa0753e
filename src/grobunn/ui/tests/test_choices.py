"""Language and appearance: what a person chooses, and what is remembered."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest
from django.test import Client

from grobunn.ui import appearance, languages

Requests = Callable[..., HttpRequest]


class Reader:
    """Somebody signed in, with a language on the account."""

    is_authenticated = True

    def __init__(self, language: str) -> None:
        self.language = language


@pytest.mark.django_db
def test_choose_language_keeps_it_and_returns(client: Client) -> None:
    response = client.post("/sprak/", {"language": "nn", "next": "/ulstein/ny?a=1"})

    assert (response.status_code, response["Location"]) == (302, "/ulstein/ny?a=1")
    assert response.cookies["django_language"].value == "nn"


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_choose_language_never_leads_to_another_site(client: Client, wanted: str) -> None:
    response = client.post("/sprak/", {"language": "nn", "next": wanted})

    assert response["Location"] == "/"


@pytest.mark.django_db
def test_choose_language_unknown_one_changes_nothing(client: Client) -> None:
    response = client.post("/sprak/", {"language": "xx", "next": "/"})

    assert dict(response.cookies) == {}


@pytest.mark.django_db
def test_choose_appearance_as_the_device_takes_the_cookie_away(client: Client) -> None:
    chosen = client.post("/utseende/", {"appearance": "dark", "next": "/"})
    dropped = client.post("/utseende/", {"appearance": "auto", "next": "/"})

    assert chosen.cookies[appearance.COOKIE].value == "dark"
    assert dropped.cookies[appearance.COOKIE].value == ""


def test_chosen_language_cookie_comes_before_account(request_for: Requests) -> None:
    request = request_for(django_language="en", sessionid="x")
    request.user = Reader("nn")

    assert languages.chosen(request) == "en"


def test_chosen_language_account_counts_where_there_is_no_cookie(request_for: Requests) -> None:
    request = request_for(sessionid="x")
    request.user = Reader("nn")

    assert languages.chosen(request) == "nn"


def test_chosen_language_nobody_chose_is_none(request_for: Requests) -> None:
    assert languages.chosen(request_for(django_language="xx")) is None
