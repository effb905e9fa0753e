"""The adviser makes a method of the municipality's own on a phone without a script, and by keyboard on a desk."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope
from playwright.sync_api import BrowserContext, Page, expect

from grobunn.methods.queries import method_of
from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import MunicipalityFactory, UnitFactory, adviser_of
from tests.browser.conftest import PHONE


@pytest.fixture
def storvik() -> Municipality:
    municipality = MunicipalityFactory(slug="storvik", name="Storvik", language_form="nb", is_in_use=True)
    with scope(municipality=municipality.pk):
        UnitFactory(municipality=municipality)
    return municipality


def _arrive(context: BrowserContext, municipality: Municipality, url: str) -> Page:
    client = Client()
    client.force_login(adviser_of(municipality))
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])
    page = context.new_page()
    page.goto("/storvik/oppsett/metoder/ny/?fra=veikart")
    return page


def _phases(municipality: Municipality) -> list[str]:
    method = method_of(municipality.pk, "var-mate")
    assert method is not None
    return [phase.name for phase in method.phases]


def test_method_is_copied_changed_and_saved_without_a_script(
    storvik: Municipality, new_context: Callable[..., BrowserContext], live_server: Any
) -> None:
    context = new_context(viewport=PHONE, java_script_enabled=False)
    page = _arrive(context, storvik, live_server.url)

    page.get_by_label("Navn").fill("Vår måte")
    page.get_by_role("button", name="Gå videre til fasene").click()
    page.get_by_role("button", name=re.compile("Fjern.*Overgang til drift")).click()
    page.get_by_role("button", name="Lagre som ny utgave").click()

    expect(page.get_by_role("link", name="Utgave 2")).to_be_visible()
    assert _phases(storvik) == [
        "Før du starter",
        "Innsikt og idé",
        "Utvikling, utprøving og evaluering",
        "Ny praksis",
    ]


def test_phases_are_moved_by_keyboard_and_focus_follows(
    storvik: Municipality,
    new_context: Callable[..., BrowserContext],
    accessible: Callable[[Page], None],
    live_server: Any,
) -> None:
    page = _arrive(new_context(), storvik, live_server.url)
    page.get_by_label("Navn").fill("Vår måte")
    page.get_by_role("button", name="Gå videre til fasene").press("Enter")

    page.get_by_role("button", name=re.compile("Flytt ned.*Før du starter")).press("Enter")

    expect(page.get_by_role("button", name=re.compile("Flytt ned.*Før du starter"))).to_be_focused()
    accessible(page)
    page.get_by_role("button", name=re.compile("Flytt opp.*Før du starter")).press("Enter")
    expect(page.locator("button[value='down:0']")).to_be_focused()
    page.get_by_role("button", name="Lagre som ny utgave").press("Enter")
    expect(page.get_by_role("heading", name="Utgaver")).to_be_visible()
    assert _phases(storvik)[:2] == ["Før du starter", "Innsikt og idé"]
