"""People at their pages: signed in, pressing buttons, giving scores, and losing the network at random."""

from collections.abc import Callable
from random import Random

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Route, expect

from grobunn.accounts.models import User
from grobunn.juries.models import Entry, Panel

NewContext = Callable[..., BrowserContext]


def sign_in(context: BrowserContext, user: User | None, url: str) -> Page:
    """A page of somebody who is signed in already."""
    assert user is not None
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}])
    return context.new_page()


def open_sheets(page: Page, panel: Panel, entry: Entry, *, sheets: int) -> None:
    """The page on which one scores, ready to be tapped on."""
    page.goto(f"/{panel.municipality.slug}/paneler/{panel.reference}/poeng/{entry.pk}/")
    expect(page.locator("[data-scoring][data-ready]")).to_be_attached()
    expect(page.locator("[data-sheet]")).to_have_count(sheets)


def tap(page: Page, criterion: str, value: int) -> None:
    """A figure on the sheet that is shown."""
    page.locator("[data-sheet]:not([hidden])").locator(f"input[name='value-{criterion}'][value='{value}']").check()


def expect_sent(page: Page) -> None:
    """With the network back, all that was tapped comes to the server."""
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-outbox-status]")).not_to_have_attribute("data-state", "waiting", timeout=30_000)
    expect(page.locator("[data-outbox-status]")).to_have_attribute("data-state", "sent", timeout=30_000)


def press(page: Page, name: str, /, **filled: str) -> None:
    """Fill in fields by their names, press a button, and be on the page that it leads to."""
    for field, value in filled.items():
        control = page.locator(f"[name='{field}']")
        if control.evaluate("each => each.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


class Cuts:
    """What becomes of a page's sending: at random nothing, offline, cut before or after the server, or 503."""

    def __init__(self, page: Page, pick: Random, *, sending: str = "**/poeng/send/") -> None:
        self.page, self.pick = page, pick
        self.is_over = False
        page.route(sending, self.treat)

    def treat(self, route: Route) -> None:
        how = "through" if self.is_over else self.pick.choice(["through", "abort", "lost", "down"])
        if how == "abort":
            route.abort()
        elif how == "down":
            route.fulfill(status=503, body="down")
        elif how == "lost":
            # The server keeps it, and the answer does not come back.
            route.fetch()
            route.abort()
        else:
            route.continue_()

    def maybe(self) -> None:
        self.page.context.set_offline(self.pick.random() < 0.4)

    def end(self) -> None:
        self.is_over = True
        self.page.context.set_offline(False)
