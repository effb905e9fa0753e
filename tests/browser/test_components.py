"""The page of all components, in a real browser."""

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_components_break_no_wcag_rule(looked_at: Page, accessible: Callable[[Page], None]) -> None:
    looked_at.goto("/ui/")

    accessible(looked_at)


def test_components_without_script_break_no_wcag_rule(unscripted: Page) -> None:
    unscripted.goto("/ui/")

    expect(unscripted.get_by_text("Open the dialog")).to_be_hidden()
