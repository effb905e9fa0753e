"""The page of all components, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect


def test_components_break_no_wcag_rule(looked_at: Page, accessible: Callable[[Page], None]) -> None:
    looked_at.goto("/ui/")

    accessible(looked_at)


def test_components_without_script_break_no_wcag_rule(unscripted: Page) -> None:
    unscripted.goto("/ui/")

    expect(unscripted.get_by_text("Open the dialog")).to_be_hidden()


def test_long_list_is_narrowed_by_typing_and_loses_nothing(page: Page) -> None:
    page.goto("/ui/")
    box = page.get_by_label("Søk i listen: En lang liste med valg").first
    rooms = page.locator("select[name=room]").first

    box.fill("3. 07")
    assert rooms.evaluate("list => [list.options.length, list.value]") == [40, ""]
    box.fill("3. 37")
    assert rooms.evaluate("list => [list.options.length, list.value]") == [1, "37"]
    box.press("Enter")
    expect(rooms).to_be_focused()
    box.fill("")
    assert rooms.evaluate("list => [list.options.length, list.value]") == [40, ""]


def test_print_of_a_dark_page_is_black_on_white(dark: Page) -> None:
    dark.goto("/ui/")
    dark.emulate_media(media="print", color_scheme="dark")

    colours = dark.evaluate(
        "[document.body, document.querySelector('.ds-alert')].map((part) => getComputedStyle(part).backgroundColor)"
    )

    assert colours == ["rgb(255, 255, 255)", "rgb(220, 235, 246)"]


def test_appearance_chosen_holds_without_script(unscripted: Page) -> None:
    unscripted.goto("/ui/")

    unscripted.get_by_role("button", name="Mørkt").click()

    assert unscripted.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert unscripted.locator("html").get_attribute("data-color-scheme") == "dark"


def test_language_chosen_holds_without_script(unscripted: Page) -> None:
    unscripted.goto("/ui/")

    unscripted.locator("details.menu summary:visible").click()
    unscripted.get_by_role("button", name="Nynorsk").click()

    expect(unscripted.locator("h1")).to_have_text("Komponentar")
    assert unscripted.locator("html").get_attribute("lang") == "nn"


def test_accessible_finds_what_is_wrong(page: Page, accessible: Callable[[Page], None]) -> None:
    page.set_content("<html lang='nb'><title>T</title><main><h1>T</h1><input><img src='/static/ui/mark.svg'></main>")

    with pytest.raises(AssertionError, match=r"image-alt[\s\S]*label"):
        accessible(page)


def test_accessible_finds_sideways_scrolling(page: Page, accessible: Callable[[Page], None]) -> None:
    page.set_content("<html lang='nb'><title>T</title><main><h1>T</h1><hr width='3000'></main>")

    with pytest.raises(AssertionError, match="wide in a window"):
        accessible(page)
