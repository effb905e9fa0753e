"""Every type of page as the people of the demonstration meet it: WCAG 2.1 A/AA, and no sideways scrolling."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from grobunn.accounts.models import User
from grobunn.config import demo

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
DARK = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"}

PUBLIC = (
    "/",
    "/finnes-ikke/",
    "/trondheim/",
    "/trondheim/ny",
    "/trondheim/ideer/",
    "/trondheim/sok/?q=alarm",
    "/ulstein/ny",
    "/t/",
    "/hjelp/",
    "/konto/logg-inn/",
    "/konto/demo/",
    "/konto/passord/glemt/",
    "/api/v1/docs",
)
PERSONAL = (
    "/mitt-arbeid/",
    "/mitt-arbeid/skrevet/",
    "/mitt-arbeid/folger/",
    "/varsler/",
    "/varsler/innstillinger/",
    "/konto/",
    "/konto/okter/",
    "/konto/totrinn/",
    "/konto/passnokler/",
    "/konto/nokler/",
    "/konto/mine-data/",
    "/konto/slett/",
    "/trondheim/fravaer/",
)
ADVISER = (
    "/trondheim/ko/",
    "/trondheim/oppsett/",
    "/trondheim/oppsett/kommunen/",
    "/trondheim/oppsett/svarfrist/",
    "/trondheim/oppsett/adresser/",
    "/trondheim/oppsett/enheter/",
    "/trondheim/oppsett/enheter/ny/",
    "/trondheim/oppsett/folk/",
    "/trondheim/oppsett/folk/ny/",
    "/trondheim/oppsett/import/",
)
WALKS = {
    "anybody": (None, PUBLIC),
    "nurse": ("nurse", PERSONAL),
    "adviser": ("adviser", ADVISER),
}


@pytest.fixture
def demonstration(settings: Any) -> None:
    settings.DEMO = True
    for _feature, load in demo._loaders():
        load()


@pytest.mark.parametrize("look", [PHONE, DARK], ids=["phone", "dark"])
@pytest.mark.parametrize("walk", WALKS)
def test_pages_break_no_wcag_rule(
    walk: str,
    look: dict[str, Any],
    new_context: Callable[..., BrowserContext],
    accessible: Callable[[Page], None],
    demonstration: None,
    live_server: Any,
) -> None:
    persona, addresses = WALKS[walk]
    context = new_context(**look)
    if persona:
        client = Client()
        client.force_login(User.objects.get(email=f"{persona}@demo.example"))
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    problems: dict[str, str] = {}

    for address in addresses:
        response = page.goto(address)
        if response is None or response.status not in {200, 404 if address == "/finnes-ikke/" else 200}:
            problems[address] = f"status {response and response.status}"
            continue
        try:
            accessible(page)
        except AssertionError as error:
            problems[address] = str(error)[:1500]

    assert problems == {}
