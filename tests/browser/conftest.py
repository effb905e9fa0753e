"""A real Chromium for the tests marked `browser`; skipped, and said so, where there is none."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
LAUNCH_ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# What the law asks for (universal design of ICT: WCAG 2.1 A and AA); what is right is not told, it would take as long
# again to write down.
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}
# Generous: others work beside, and a page that comes is not waited for any longer.
PATIENCE_MS = 60_000
# 1280 px at 400 % zoom (WCAG 2.1, 1.4.10).
ZOOMED: ViewportSize = {"width": 320, "height": 256}


@dataclass(frozen=True)
class Look:
    """One way in which a page is looked at."""

    name: str
    options: dict[str, Any]


# Light colours are seen on the phone, the wide page in dark ones: what only one of them shows is seen.
LOOKS = (
    Look("dark", {"viewport": DESKTOP, "color_scheme": "dark"}),
    Look("phone", {"viewport": PHONE, "has_touch": True}),
    Look("zoomed", {"viewport": ZOOMED}),
)


@pytest.hookimpl(tryfirst=True)  # Before they are put in order.
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser and a database that another thread can read."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, started once."""
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    # Playwright's synchronous face runs a loop of its own, beside which Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE_MS)
    arguments = LAUNCH_ARGUMENTS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_context(chromium: Browser, live_server: Any) -> Iterator[Callable[..., BrowserContext]]:
    """Makes fresh contexts: no cookies, no storage; addresses may be paths."""
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        given = {"viewport": DESKTOP, "locale": "nb-NO", "base_url": live_server.url, **options}
        context = chromium.new_context(**given)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A page on a desktop."""
    return new_context().new_page()


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> Page:
    """A page on a phone 360 px wide."""
    return new_context(viewport=PHONE, has_touch=True).new_page()


@pytest.fixture
def dark(new_context: Callable[..., BrowserContext]) -> Page:
    """A page in dark mode."""
    return new_context(color_scheme="dark").new_page()


@pytest.fixture
def unscripted(new_context: Callable[..., BrowserContext]) -> Page:
    """A page on a phone without JavaScript."""
    return new_context(viewport=PHONE, java_script_enabled=False).new_page()


@pytest.fixture(params=LOOKS, ids=lambda look: look.name)
def looked_at(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Page:
    """The same test once for each look: a dark desktop, a phone, zoomed to 400 %."""
    return new_context(**request.param.options).new_page()


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Asserts that a page breaks no rule of WCAG 2.1 A/AA that a machine can find, and scrolls one way only."""

    def check(page: Page) -> None:
        # Colours are judged when they have arrived, not half-way.
        page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => 0)))")
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        violations = page.evaluate("(options) => axe.run(document, options).then((told) => told.violations)", WCAG)
        found = [f"{rule['id']}: {node['html'][:160]}" for rule in violations for node in rule["nodes"]]
        assert not found, "\n".join(found)
        width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1], f"the page is {width[0]} px wide in a window of {width[1]} px"

    return check
