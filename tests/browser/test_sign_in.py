"""Signing in, in a real browser: passkeys under our policy, and every page of the account looked at."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import BrowserContext, Page, expect

from grobunn.accounts.models import User

EMAIL, PASSWORD = "kari@test.example", "three plain words"


@pytest.fixture
def person() -> User:
    person = User.objects.create_user(EMAIL, name="Kari Nordmann", password=PASSWORD)
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True, primary=True)
    return person


def with_authenticator(page: Page) -> None:
    """Give the page's browser a fingerprint reader that always says yes (Chromium's protocol, domain WebAuthn)."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def log_in(page: Page) -> None:
    page.goto("/konto/logg-inn/?next=/konto/")
    page.get_by_label("E-postadresse").fill(EMAIL)
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn", exact=True).click()
    expect(page.get_by_role("heading", name="Min konto")).to_be_visible()


def confirm(page: Page) -> None:
    """Answer the question for the password before something weighty."""
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Bekreft").click()


def log_out(page: Page) -> None:
    page.goto("/konto/logg-ut/")
    page.locator("main").get_by_role("button", name="Logg ut").click()
    expect(page.locator("main")).not_to_contain_text("Du er i ferd med")


@pytest.mark.usefixtures("person")
def test_passkey_added_signs_in_without_a_password(page: Page) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    with_authenticator(page)
    log_in(page)
    page.goto("/konto/passnokler/ny/")
    confirm(page)
    page.get_by_label("Hva du kaller den").fill("Telefonen min")
    page.get_by_label("La meg logge inn bare med den").check()
    page.get_by_role("button", name="Legg til passnøkkelen").click()
    expect(page.get_by_role("heading", name="Gjenopprettingskoder")).to_be_visible()
    log_out(page)

    page.goto("/konto/logg-inn/?next=/konto/passnokler/")
    page.get_by_role("button", name="Logg inn med passnøkkel").click()

    page.wait_for_url(lambda url: "logg-inn" not in url)
    page.goto("/konto/passnokler/")
    expect(page.get_by_role("cell", name="Telefonen min", exact=True)).to_be_visible()
    assert refused == []


@pytest.mark.usefixtures("person")
def test_passkey_as_a_second_step(page: Page) -> None:
    with_authenticator(page)
    log_in(page)
    page.goto("/konto/passnokler/ny/")
    confirm(page)
    page.get_by_role("button", name="Legg til passnøkkelen").click()
    expect(page.get_by_role("heading", name="Gjenopprettingskoder")).to_be_visible()
    log_out(page)

    page.goto("/konto/logg-inn/")
    page.get_by_label("E-postadresse").fill(EMAIL)
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn", exact=True).click()
    page.get_by_role("button", name="Bruk en passnøkkel").click()

    page.wait_for_url(lambda url: "logg-inn" not in url)
    page.goto("/konto/")
    expect(page.get_by_role("heading", name="Min konto")).to_be_visible()


def test_login_page_without_script_hides_passkeys(unscripted: Page) -> None:
    unscripted.goto("/konto/logg-inn/")

    expect(unscripted.get_by_role("button", name="Logg inn med passnøkkel")).to_be_hidden()
    expect(unscripted.get_by_role("button", name="Logg inn", exact=True)).to_be_visible()


@pytest.mark.parametrize("path", ["logg-inn/", "passord/glemt/", "ny/", "demo/"])
def test_entrance_breaks_no_wcag_rule(
    looked_at: Page, accessible: Callable[[Page], None], settings: Any, path: str
) -> None:
    settings.DEMO = True
    looked_at.goto(f"/konto/{path}")

    accessible(looked_at)


@pytest.mark.usefixtures("person")
def test_own_pages_break_no_wcag_rule(
    new_context: Callable[..., BrowserContext], accessible: Callable[[Page], None]
) -> None:
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    log_in(page)
    page.goto("/konto/nokler/ny/")
    confirm(page)

    for path in ("", "e-post/", "passord/", "totrinn/", "totrinn/app/", "passnokler/", "passnokler/ny/", "okter/"):
        page.goto(f"/konto/{path}")
        accessible(page)
    for path in ("nokler/", "nokler/ny/", "mine-data/", "slett/"):
        page.goto(f"/konto/{path}")
        accessible(page)
