"""What the first visit to the intake page costs over the wire."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Response

MOST_BYTES = 120_000


@pytest.fixture
def built() -> Path:
    """The style sheet of the build; without a build there is nothing to weigh."""
    found = finders.find("dist/grobunn.css")
    if found is None:
        pytest.skip("the front end is not built (npm run build)")
    return Path(found)


def test_first_visit_of_a_form_page_weighs_little(page: Page, built: Path) -> None:
    responses: list[Response] = []
    # Only gathered while the page loads: a body that is asked for in the handler may come after the page is done.
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 -- Playwright sets attributes on it
    page.goto("/ui/", wait_until="networkidle")
    weights = {re.sub(r"^https?://[^/]+", "", response.url): _weight(response) for response in responses}

    assert "/static/dist/grobunn.css" in weights
    assert "/static/vendor/fonts/inter-latin.woff2" in weights
    assert sum(weights.values()) <= MOST_BYTES, weights


def _weight(response: Response) -> int:
    """Bytes over the wire; fonts are packed already."""
    body = response.body()
    return len(body if response.url.endswith(".woff2") else gzip.compress(body))
