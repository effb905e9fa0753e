"""The box of search on every page."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django_scopes import scope
from playwright.sync_api import BrowserContext, Page, expect

from grobunn.accounts.models import User
from grobunn.kernel import clock
from grobunn.kernel.testing import forget_jobs, run_jobs
from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory, adviser_of
from grobunn.search.models import SavedSearch, Unmet
from grobunn.search.services.news import look_for_news
from grobunn.search.services.synonyms import set_synonyms
from grobunn.search.tests.conftest import Notes, notes
from tests.browser.conftest import PHONE

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
    unscripted.get_by_role("link", name="Fjern Kommune: Ulstein").click()
    expect(unscripted.locator("#found")).to_contain_text("2 treff")


def signed_in(context: BrowserContext, user: User, base_url: str) -> Page:
    client = Client()
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}])
    return context.new_page()


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_the_first_letter_to_the_notice_on_a_phone(
    new_context: Callable[..., BrowserContext],
    accessible: Callable[[Page], None],
    notes: Notes,
    sensors: None,
    live_server: Any,
    has_scripts: bool,
) -> None:
    user = RoleAssignmentFactory(unit=UnitFactory(municipality=Municipality.objects.get(slug="ulstein"))).user
    page = signed_in(new_context(viewport=PHONE, java_script_enabled=has_scripts), user, live_server.url)
    page.goto("/hjelp/")

    if has_scripts:  # Typed, completed and sent by keyboard alone.
        page.keyboard.press("/")
        page.keyboard.type("skole")
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    else:
        page.locator(".search-fold summary").click()
        page.locator("#site-search").fill("skolen")
        page.locator(".search-box__button").click()
    page.get_by_role("link", name="I alle kommuner").click()
    expect(page.locator("#found")).to_contain_text("2 treff")
    page.locator(".facets-fold summary").click()
    page.get_by_role("link", name="Ulstein 1").click()
    expect(page.locator("#found")).to_contain_text("1 treff")
    page.locator(".search-save summary").click()
    if has_scripts:
        accessible(page)
    page.get_by_label("Navn").fill("Skolen i Ulstein")
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.locator("main")).to_contain_text("Skolen i Ulstein")
    if has_scripts:
        accessible(page)
    page.get_by_role("link", name="Endre eller følg").click()
    expect(page.get_by_label("Adressen til nyhetsstrømmen")).to_have_value(re.compile(r"\.atom$"))
    if has_scripts:
        accessible(page)

    notes.add("Leksehjelp på skolen", Municipality.objects.get(slug="ulstein"), url="/ulstein/")
    notes.add("Noe annet på skolen", Municipality.objects.get(slug="trondheim"), url="/trondheim/")
    SavedSearch.objects.update(looked_at=clock.now() - timedelta(hours=1))
    forget_jobs()
    look_for_news()
    run_jobs()

    page.goto("/varsler/")
    page.get_by_role("link", name="1 nytt treff i søket ditt «Skolen i Ulstein»").first.click()
    expect(page.locator("#found")).to_contain_text("2 treff")
    expect(page.locator("[data-row-link]").first).to_contain_text("Leksehjelp på skolen")


def test_set_up_of_search_is_accessible(
    looked_at: Page, accessible: Callable[[Page], None], sensors: None, live_server: Any
) -> None:
    here = Municipality.objects.get(slug="trondheim")
    adviser = adviser_of(here)
    set_synonyms(here, words=["søppel", "boss"], actor=adviser)
    with scope(municipality=here.pk):
        for number in range(6):
            Unmet.objects.create(
                municipality=here, words="ladeboks", person=str(number), period="2026-11", on=clock.today()
            )
    page = signed_in(looked_at.context, adviser, live_server.url)

    for address, words in (("synonymer", "boss, søppel"), ("udekkede-behov", "ladeboks")):
        page.goto(f"/trondheim/oppsett/{address}/")
        expect(page.locator("main")).to_contain_text(words)
        accessible(page)
