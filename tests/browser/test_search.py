"""The box of search on every page."""

from playwright.sync_api import Page, expect


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
