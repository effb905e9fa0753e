"""The pages of those who answer and decide: WCAG 2.1 A/AA, no sideways scrolling up to 400 %."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

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
        "adviser",
        "chief-executive",
        "direktor.helse",
        new_context=new_context,
        accessible=accessible,
        ideas=ideas,
        base_url=live_server.url,
    )

    assert problems == {}
