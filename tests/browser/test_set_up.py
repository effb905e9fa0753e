"""The adviser sets up who gets what, on a phone and by keyboard; nothing is saved before it has been tried."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope
from playwright.sync_api import BrowserContext, Page, expect

from grobunn.ideas.models import RoutingRule
from grobunn.ideas.queries.routing import rules_of
from grobunn.ideas.tests.factories import make_idea
from grobunn.organisations.models import Municipality, Role
from grobunn.organisations.tests.factories import (
    MunicipalityFactory,
    RoleAssignmentFactory,
    UnitFactory,
    adviser_of,
)
from tests.browser.conftest import PHONE


@pytest.fixture
def storvik() -> Municipality:
    """A municipality with a school, a rule and an idea."""
    municipality = MunicipalityFactory(slug="storvik", name="Storvik", language_form="nb")
    with scope(municipality=municipality.pk):
        school = UnitFactory(municipality=municipality, name="Storvik skole", slug="skole")
        RoleAssignmentFactory(unit=school, role=Role.UNIT_LEADER)
        RoutingRule.objects.create(
            municipality=municipality, position=1, words=["benk"], receiver_role=Role.INNOVATION_ADVISER
        )
        make_idea(municipality, text="Flere elever kan sykle.")
    return municipality


def _arrive(context: BrowserContext, municipality: Municipality, url: str) -> Page:
    """The adviser at the rules."""
    client = Client()
    client.force_login(adviser_of(municipality))
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])
    page = context.new_page()
    page.goto("/storvik/oppsett/ruting/")
    return page


def _words(municipality: Municipality) -> list[list[str]]:
    with scope(municipality=municipality.pk):
        return [rule.words for rule in rules_of(municipality.pk)]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripted", "unscripted"])
def test_rule_is_added_tried_and_saved_on_a_phone(
    storvik: Municipality,
    new_context: Callable[..., BrowserContext],
    accessible: Callable[[Page], None],
    live_server: Any,
    scripts: bool,
) -> None:
    check = accessible if scripts else lambda _page: None  # Axe is a script itself.
    context = new_context(viewport=PHONE, has_touch=True, java_script_enabled=scripts)
    page = _arrive(context, storvik, live_server.url)

    page.get_by_role("link", name="Ny regel").click()
    page.get_by_label("Ideen nevner ett av disse ordene").fill("elev, lekse")
    page.get_by_role("button", name="Sett inn i lista").click()
    expect(page.get_by_text("Velg hvem som får ideen.").first).to_be_visible()
    check(page)

    page.get_by_label("Ideen går til").select_option(label="Enhetsleder")
    page.get_by_label("I hvilken enhet?").select_option(label="Storvik skole")
    page.get_by_role("button", name="Sett inn i lista").click()
    expect(page.get_by_text("Endringene dine er ikke lagret ennå")).to_be_visible()
    check(page)

    page.get_by_role("link", name="Prøv reglene").click()
    heading = "1 idé fra innovasjonsrådgiveren til enhetslederen for Storvik skole"
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    check(page)
    page.get_by_role("link", name="Tilbake til reglene").click()
    expect(page.get_by_text("Nevner ideen «elev» eller «lekse»")).to_be_visible()
    assert _words(storvik) == [["benk"]]

    page.get_by_role("link", name="Prøv reglene").click()
    page.get_by_role("button", name="Lagre reglene").click()
    expect(page.get_by_text("Reglene er lagret.")).to_be_visible()
    assert _words(storvik) == [["benk"], ["elev", "lekse"]]


def test_order_is_changed_by_keyboard_alone(
    storvik: Municipality, new_context: Callable[..., BrowserContext], live_server: Any
) -> None:
    with scope(municipality=storvik.pk):
        RoutingRule.objects.create(
            municipality=storvik, position=2, words=["bord"], receiver_role=Role.INNOVATION_ADVISER
        )
    page = _arrive(new_context(), storvik, live_server.url)
    rules = page.locator("ol.rules .rule__sentence")

    page.get_by_role("button", name="Opp regel 2").focus()
    page.keyboard.press("Enter")
    expect(rules.nth(0)).to_contain_text("«bord»")
    # The keyboard goes on from the rule that was moved.
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Endre regel 1")).to_be_focused()
    page.get_by_role("button", name="Ned regel 1").focus()
    page.keyboard.press("Enter")

    expect(rules.nth(0)).to_contain_text("«benk»")
    expect(page.get_by_text("Endringene dine er ikke lagret ennå")).to_have_count(0)
