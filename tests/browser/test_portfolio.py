"""The board and the timeline in a browser: by keyboard, and by dragging."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from grobunn.accounts.models import User
from grobunn.capacity.models import Reservation
from grobunn.capacity.quarters import Quarter
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.tests.conftest import Town, town  # noqa: F401 -- a fixture
from grobunn.initiatives.tests.factories import make_initiative, make_source


@pytest.fixture
def page(
    town: Town,  # noqa: F811 -- the fixture
    new_context: Callable[..., BrowserContext],
    live_server: Any,
) -> Page:
    """The leader of the ward, with two initiatives that have begun."""
    source = make_source(town.ward, by=town.leader, amount=2)
    for title in ("Sensorer i senger", "Vaktbytte på mobil"):
        make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source, title=title)
    context = new_context()
    _sign_in(context, town.leader, live_server.url)
    return context.new_page()


def test_board_is_gone_through_by_keys_and_a_card_is_moved_without_a_mouse(
    town: Town,  # noqa: F811 -- the fixture
    page: Page,
) -> None:
    page.goto(f"/{town.municipality.slug}/portefolje/")
    links = page.locator("[data-row-link]")

    # Pressed before a card is chosen, the key of a card chooses the first one.
    page.keyboard.press("f")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(links.nth(0)).to_be_focused()

    title = links.nth(0).inner_text()
    page.keyboard.press("f")
    page.wait_for_url("**/portefolje/flytt/**")
    page.get_by_role("radio").first.press("Space")
    page.get_by_role("button", name="Flytt det").press("Enter")
    page.wait_for_url("**/portefolje/#*")
    assert Initiative.objects.exclude(phase="for-du-starter").get().title == title

    # What stands alone in its column is reached with the arrows sideways.
    moved = page.get_by_role("link", name=title, exact=True)
    moved.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-row-link]").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(moved).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/initiativ/**")


def test_timeline_tries_another_quarter_by_dragging_and_by_keyboard(
    town: Town,  # noqa: F811 -- the fixture
    page: Page,
) -> None:
    address = f"/{town.municipality.slug}/portefolje/tidslinje/"
    later = Quarter.now() + 2
    page.goto(address)
    row = page.locator("[data-plan]").first

    row.locator(".quarters__bar").drag_to(row.locator(f"[data-quarter='{later.code}']"))
    page.wait_for_url(f"**til={later.code}")
    expect(page.get_by_text(f"Det er plass til det fra {later}")).to_be_visible()
    assert not Reservation.objects.filter(quarter_on=later.first_day).exists()

    page.goto(address)
    page.keyboard.press("j")
    page.keyboard.press("f")
    page.wait_for_url("**/portefolje/plan/**")
    for _time in range(2):
        page.get_by_role("link", name="Ett kvartal senere").press("Enter")
    page.get_by_role("button", name=f"Lagre: begynn i {later}").press("Enter")

    page.wait_for_url("**/portefolje/tidslinje/**")
    assert Reservation.objects.filter(quarter_on=later.first_day).count() == 1


def _sign_in(context: BrowserContext, user: User, url: str) -> None:
    client = Client()
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])
