"""Parts of a page that are swapped by htmx."""

from playwright.sync_api import Page, expect


def test_swap_keeps_the_focus_where_it_was_pressed_and_says_what_happened(page: Page) -> None:
    page.goto("/ui/")

    page.locator("#counter button").press("Enter")

    expect(page.locator("#counter button")).to_have_text("Applauder (1)")
    expect(page.locator("#counter button")).to_be_focused()
    expect(page.locator("#live")).to_have_text("1 applauderer.")


def test_swap_without_script_is_a_page(unscripted: Page) -> None:
    unscripted.goto("/ui/")

    unscripted.locator("#counter button").click()

    expect(unscripted.locator("#counter button")).to_have_text("Applauder (1)")


def test_swap_without_network_says_so(page: Page) -> None:
    page.goto("/ui/")
    page.context.set_offline(True)

    page.locator("#counter button").click()

    expect(page.locator("#live")).to_contain_text("Ingen nettforbindelse")
