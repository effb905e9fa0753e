"""The frame around every page."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.test import Client
from django.utils.html import escape

Requests = Callable[..., HttpRequest]
ERROR_PAGES = ("400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html")


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_error_page_renders_without_request_or_database(name: str) -> None:
    page = render_to_string(name)

    assert page.count("<h1") == 1
    assert 'href="#main"' in page
    assert "<form" not in page


def test_frame_offers_each_language_in_its_own_name(request_for: Requests) -> None:
    page = render_to_string("ui/base.html", {}, request=request_for())

    assert [f">{name}</button>" in page for name in ("Bokmål", "Nynorsk", "English")] == [True, True, True]


def test_frame_follows_the_device_until_somebody_chooses(request_for: Requests) -> None:
    as_device = render_to_string("ui/base.html", {}, request=request_for())
    as_chosen = render_to_string("ui/base.html", {}, request=request_for(appearance="dark"))
    as_nonsense = render_to_string("ui/base.html", {}, request=request_for(appearance='"><script>'))

    assert 'data-color-scheme="auto"' in as_device
    assert 'data-color-scheme="dark"' in as_chosen
    assert 'data-color-scheme="auto"' in as_nonsense


def test_frame_of_a_municipality_shows_its_name_colour_and_addresses(request_for: Requests) -> None:
    request = request_for("/ulstein/")
    request.municipality = SimpleNamespace(
        slug="ulstein",
        pk=None,
        is_in_use=True,
        name="Ulstein kommune",
        theme_colour="#005aa0",
        logo_url="",
        accessibility_statement_url="https://uustatus.example/1",
        whistleblowing_url="https://varsling.example/",
        deviation_url="",
    )

    page = render_to_string("ui/base.html", {}, request=request)

    assert "Ulstein kommune" in page
    assert 'href="/ui/tema/005aa0.css"' in page
    assert 'href="https://uustatus.example/1"' in page
    assert 'href="https://varsling.example/"' in page
    assert 'href="/ulstein/"' in page


def test_header_kept_for_one_person_is_never_another_persons(request_for: Requests) -> None:
    for name in ("Kari Prøvdal", "Ola Prøvnes", "Kari Prøvdal"):
        request = request_for("/her/?q=a&b")
        request.user = SimpleNamespace(is_authenticated=True, name=name, pk=None)

        page = render_to_string("ui/base.html", {}, request=request)

        assert [each in page for each in ("Kari Prøvdal", "Ola Prøvnes")] == [name.startswith("Kari"), name[0] == "O"]


def test_kept_header_and_footer_carry_the_address_and_the_token_of_their_own_page(request_for: Requests) -> None:
    for path in ("/en/?q=%22a%22&b=<script>", "/to/"):
        request = request_for(path)

        page = render_to_string("ui/base.html", {}, request=request)

        here = escape(request.get_full_path())
        tokens = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', page))
        assert set(re.findall(r'name="next" value="([^"]*)"', page)) == {here}
        assert set(re.findall(r'[?]next=([^"]*)"', page)) == {quote(request.get_full_path())}
        assert len(tokens) == 1
        assert len(tokens.pop()) == len(get_token(request))
        assert "hole-" not in page


@pytest.mark.django_db
def test_gallery_renders_every_component(client: Client) -> None:
    response = client.get("/ui/")

    assert response.status_code == 200
    assert "<c-" not in response.content.decode()


@pytest.mark.django_db
def test_gallery_is_not_there_outside_demo_and_tests(client: Client, settings: object) -> None:
    settings.SHOWS_COMPONENTS = False

    assert client.get("/ui/").status_code == 404
    assert client.get("/ui/lignende/").status_code == 404
