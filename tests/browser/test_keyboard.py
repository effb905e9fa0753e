"""Lists by keyboard."""

from playwright.sync_api import Page, expect


def test_keyboard_j_and_k_move_in_the_list(page: Page) -> None:
    page.goto("/ui/")
    rows = page.locator("[data-row-link]")

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()

    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()


def test_keyboard_single_key_presses_the_row_s_own_action(page: Page) -> None:
    page.goto("/ui/")

    page.keyboard.press("j")
    page.keyboard.press("a")

    page.wait_for_url("**/ui/#life")


def test_keyboard_says_nothing_while_typing(page: Page) -> None:
    page.goto("/ui/")
    field = page.locator("form[data-draft] textarea")

    field.press_sequentially("jaka?")

    expect(field).to_have_value("jaka?")
    expect(field).to_be_focused()


def test_keyboard_help_lists_the_page_s_keys_and_switches_them_off(page: Page) -> None:
    page.goto("/ui/")
    page.keyboard.press("?")
    dialog = page.locator("#keyboard-help")
    expect(dialog).to_be_visible()
    expect(dialog.locator("dt", has_text="a")).to_be_visible()

    dialog.locator("[data-keys-switch]").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")

    expect(page.locator("[data-row-link]").first).not_to_be_focused()


def test_skip_link_is_first_and_leads_to_the_content(page: Page) -> None:
    page.goto("/ui/")

    page.keyboard.press("Tab")
    expect(page.locator(".ds-skip-link")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


def test_menu_closes_on_escape_and_gives_the_focus_back(phone: Page) -> None:
    phone.goto("/ui/")
    menu = phone.locator("details.menu:visible")
    menu.locator("summary").click()
    expect(menu.locator(".menu__panel")).to_be_visible()

    phone.keyboard.press("Escape")

    expect(menu.locator(".menu__panel")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
