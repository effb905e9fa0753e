"""What the first visit to the intake page costs over the wire."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page

MOST_BYTES = 120_000


@pytest.fixture
def built() -> Path:
    """The style sheet of the build; without a build there is nothing to weigh."""
    found = finders.find("dist/grobunn.css")
    if found is None:
        pytest.skip("the front end is not built (npm run build)")
    return Path(found)


def test_first_visit_of_a_form_page_weighs_little(page: Page, built: Path) -> None:
    weights: dict[str, int] = {}

    def weigh(response: object) -> None:
        body = response.body()
        is_packed_already = response.url.endswith(".woff2")
        weights[re.sub(r"^https?://[^/]+", "", response.url)] = len(body if is_packed_already else gzip.compress(body))

    page.on("response", weigh)
    page.goto("/ui/", wait_until="networkidle")

    assert "/static/dist/grobunn.css" in weights
    assert "/static/vendor/fonts/inter-latin.woff2" in weights
    assert sum(weights.values()) <= MOST_BYTES, weights
