"""The adviser works the queue by keyboard."""

import re
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope
from playwright.sync_api import Page, expect

from grobunn.ideas.tests.factories import make_idea
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of


@pytest.fixture
def queue(page: Page, live_server: Any) -> Page:
    """The adviser at a queue of two ideas."""
    municipality = MunicipalityFactory(slug="storvik", name="Storvik", language_form="nb")
    with scope(municipality=municipality.pk):
        client = Client()
        client.force_login(adviser_of(municipality))
        for text in ("Sett opp en benk.", "Mal gjerdet."):
            make_idea(municipality, text=text)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto("/storvik/ko/")
    return page


def test_queue_is_walked_and_opened_by_keyboard(queue: Page) -> None:
    rows = queue.locator("[data-row-link]")

    queue.keyboard.press("j")
    queue.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    queue.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    queue.keyboard.press("Enter")

    expect(queue).to_have_url(re.compile(r"/storvik/ideer/storvik-1/"))


@pytest.mark.parametrize(
    ("key", "address"), [("a", "/ideer/storvik-1/.*#steg"), ("f", "/steg/forward/"), ("p", "/steg/park/")]
)
def test_queue_single_key_begins_the_step(queue: Page, key: str, address: str) -> None:
    queue.keyboard.press("j")
    queue.keyboard.press(key)

    expect(queue).to_have_url(re.compile(address))
