"""The pages that everybody meets, and those of a writer: WCAG 2.1 A/AA, no sideways scrolling up to 400 %."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from grobunn.organisations.tests.factories import MunicipalityFactory
from tests.browser.walks import lived_in, problems_of


@pytest.fixture
def ideas(settings: Any) -> dict[str, Any]:
    return lived_in(settings)


def test_pages_break_no_wcag_rule(
    new_context: Callable[..., BrowserContext],
    accessible: Callable[[Page], None],
    ideas: dict[str, Any],
    live_server: Any,
) -> None:
    problems = problems_of(
        None, "nurse", new_context=new_context, accessible=accessible, ideas=ideas, base_url=live_server.url
    )

    assert problems == {}


def test_refusal_of_a_form_without_its_cookie_breaks_no_wcag_rule(
    phone: Page, accessible: Callable[[Page], None]
) -> None:
    MunicipalityFactory(slug="storvik", name="Storvik")
    phone.goto("/storvik/ny")
    phone.context.clear_cookies()
    phone.locator("textarea[name=text]").fill("Sett opp en benk.")

    with phone.expect_navigation() as refused:
        phone.get_by_role("button", name="Send ideen").click()

    assert refused.value.status == 403
    accessible(phone)
