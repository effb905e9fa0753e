"""The box of search on every page."""

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.tests.conftest import Notes, notes

__all__ = ["notes"]


def test_slash_leads_to_the_box_from_anywhere(page: Page) -> None:
    page.goto("/hjelp/")

    page.keyboard.press("/")
    page.keyboard.type("sensor")

    expect(page.locator("#site-search")).to_be_focused()
    expect(page.locator("#site-search")).to_have_value("sensor")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok/?q=sensor")


def test_slash_in_a_field_is_a_slash(page: Page) -> None:
    page.goto("/ui/")
    field = page.locator("form[data-draft] textarea")

    field.press_sequentially("og/eller")

    expect(field).to_have_value("og/eller")


def test_box_unfolds_on_a_phone(phone: Page) -> None:
    phone.goto("/hjelp/")
    expect(phone.locator("#site-search")).to_be_hidden()

    phone.locator(".search-fold summary").click()

    expect(phone.locator("#site-search")).to_be_focused()


def test_box_works_without_scripts_on_a_phone(unscripted: Page) -> None:
    unscripted.goto("/hjelp/")

    unscripted.locator(".search-fold summary").click()
    unscripted.locator("#site-search").fill("sensor")
    unscripted.locator(".search-box__button").click()

    unscripted.wait_for_url("**/sok/?q=sensor")


@pytest.fixture
def sensors(notes: Notes) -> None:
    """Things to find in two municipalities."""
    here = MunicipalityFactory(slug="trondheim", name="Trondheim")
    there = MunicipalityFactory(slug="ulstein", name="Ulstein")
    notes.add("Byggesøknaden med bilder", here, text="Vis den på skolen.", url="/trondheim/")
    notes.add("Gåbuss til skolen", there, text="Foreldre bytter på å følge barna.", url="/ulstein/")


def test_suggestion_is_chosen_by_keyboard(page: Page, sensors: None) -> None:
    page.goto("/trondheim/ideer/")
    page.keyboard.press("/")
    page.keyboard.type("byggesøk")
    option = page.get_by_role("option").first
    expect(option).to_have_text("byggesøknaden")
    field = page.locator("#site-search")
    expect(field).to_have_attribute("aria-expanded", "true")

    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url(lambda url: unquote(url).endswith("/trondheim/sok/?q=byggesøknaden"))
    expect(page.locator("#found")).to_contain_text("1 treff")


def test_suggestions_close_on_escape_and_leave_what_was_typed(page: Page, sensors: None) -> None:
    page.goto("/trondheim/ideer/")
    page.keyboard.press("/")
    page.keyboard.type("byggesøk")
    expect(page.get_by_role("listbox")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#site-search")).to_have_value("byggesøk")


def test_search_is_accessible_in_every_look(looked_at: Page, accessible: Callable[[Page], None], sensors: None) -> None:
    looked_at.goto("/sok/?q=skole")
    accessible(looked_at)
    fold = looked_at.locator(".facets-fold summary")
    if fold.is_visible():
        fold.click()
        accessible(looked_at)

    looked_at.locator("#q").fill("")
    looked_at.locator("#q").press_sequentially("skol")
    expect(looked_at.get_by_role("listbox")).to_be_visible()
    looked_at.keyboard.press("ArrowDown")

    accessible(looked_at)


def test_narrowing_folds_on_a_phone_without_scripts(unscripted: Page, sensors: None) -> None:
    unscripted.goto("/sok/?q=skole")
    expect(unscripted.locator(".facets")).to_be_hidden()

    unscripted.locator(".facets-fold summary").click()
    unscripted.get_by_role("link", name="Ulstein 1").click()

    expect(unscripted.locator("#found")).to_contain_text("1 treff")
    unscripted.get_by_role("link", name="Ta bort Kommune: Ulstein").click()
    expect(unscripted.locator("#found")).to_contain_text("2 treff")
