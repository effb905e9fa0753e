"""The nurse's minute on a phone 360 px wide: one sentence, who has it, by when."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django_scopes import scope, scopes_disabled
from playwright.sync_api import BrowserContext, Error, Page, expect

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.ideas.models import Idea
from grobunn.ideas.tests.factories import make_idea
from grobunn.organisations.models import Municipality, Role
from grobunn.organisations.queries import unit_by_slug
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory
from tests.browser.conftest import PHONE

SENTENCE = "Alarmknappen virker ikke i kjelleren."
PASSWORD = "three plain words"


@pytest.fixture
def storvik() -> Municipality:
    municipality = MunicipalityFactory(slug="storvik", name="Storvik", language_form="nb")
    with scope(municipality=municipality.pk):
        unit = UnitFactory(municipality=municipality, name="Hjemmetjenesten", slug="hjemmetjenesten")
        RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER)
        RoleAssignmentFactory(unit=unit, role=Role.INNOVATION_ADVISER)
    return municipality


def with_password(person: User) -> User:
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def fill_in_login(page: Page) -> None:
    page.get_by_label("E-postadresse").fill("nora@storvik.example")
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn", exact=True).click()


def log_in(page: Page, address: str) -> None:
    page.goto(f"/konto/logg-inn/?next={address}")
    fill_in_login(page)
    page.wait_for_url(f"**{address}")


def _count() -> int:
    with scopes_disabled():
        return Idea.objects.count()


def _write_and_send(page: Page) -> None:
    page.goto("/storvik/hjemmetjenesten/ny")
    page.locator("textarea").fill(SENTENCE)
    page.get_by_role("button", name="Send ideen").click()
    page.wait_for_url("**/kvittering/")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripted", "unscripted"])
def test_one_sentence_gives_receipt_holder_and_date(
    storvik: Municipality, new_context: Callable[..., BrowserContext], scripts: bool
) -> None:
    page = new_context(viewport=PHONE, has_touch=True, java_script_enabled=scripts).new_page()

    _write_and_send(page)

    with scopes_disabled():
        idea = Idea.objects.get()
    expect(page.get_by_text(idea.receipt)).to_be_visible()
    expect(page.get_by_text("Den ligger hos enhetsleder ved Hjemmetjenesten, som svarer innen")).to_be_visible()
    page.get_by_role("link", name="Se hva som skjer med ideen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SENTENCE)


def test_draft_survives_a_reload_and_is_gone_when_received(storvik: Municipality, phone: Page) -> None:
    phone.goto("/storvik/ny")
    phone.locator("textarea").fill(SENTENCE)
    phone.wait_for_timeout(500)

    phone.reload()
    expect(phone.locator("textarea")).to_have_value(SENTENCE)
    phone.get_by_role("button", name="Send ideen").click()
    phone.wait_for_url("**/kvittering/")
    phone.goto("/storvik/ny")

    expect(phone.locator("textarea")).to_have_value("")
    assert _count() == 1


def test_draft_survives_a_reload_without_network(storvik: Municipality, phone: Page) -> None:
    phone.goto("/storvik/ny")
    phone.locator("textarea").fill(SENTENCE)
    phone.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        phone.reload()

    phone.context.set_offline(False)
    phone.goto("/storvik/ny")

    expect(phone.locator("textarea")).to_have_value(SENTENCE)
    expect(phone.locator("[data-draft-notice]")).to_be_visible()
    phone.get_by_role("button", name="Send ideen").click()
    phone.wait_for_url("**/kvittering/")
    assert _count() == 1


def test_draft_survives_an_expired_login_and_is_sent_in_the_writers_name(storvik: Municipality, phone: Page) -> None:
    nora = with_password(UserFactory(email="nora@storvik.example"))
    log_in(phone, "/storvik/hjemmetjenesten/ny")
    phone.locator("textarea").fill(SENTENCE)
    phone.get_by_text("Flere valg").click()
    phone.get_by_label("Tittel").fill("Alarm i kjelleren")
    Session.objects.all().delete()

    phone.get_by_role("button", name="Send ideen").click()
    expect(phone.get_by_role("alert")).to_contain_text("Du er ikke logget inn lenger")
    assert _count() == 0
    phone.get_by_role("link", name="Logg inn for å sende den i ditt navn").click()
    fill_in_login(phone)
    expect(phone.locator("textarea")).to_have_value(SENTENCE)
    phone.get_by_role("button", name="Send ideen").click()
    phone.wait_for_url("**/kvittering/")

    with scopes_disabled():
        idea = Idea.objects.get()
    assert (idea.writer, idea.text, idea.title) == (nora, SENTENCE, "Alarm i kjelleren")


def test_comment_survives_an_expired_login(storvik: Municipality, phone: Page) -> None:
    with scope(municipality=storvik.pk):
        idea = make_idea(storvik, unit=unit_by_slug(storvik.pk, "hjemmetjenesten"))
        person = RoleAssignmentFactory(unit=idea.unit, user__email="nora@storvik.example").user
    with_password(person)
    address = f"/storvik/ideer/{idea.reference}/"
    log_in(phone, address)
    phone.get_by_label("Kommentaren din").fill("Hos oss også.")
    Session.objects.all().delete()

    phone.get_by_role("button", name="Skriv kommentaren").click()
    fill_in_login(phone)

    phone.wait_for_url(f"**{address}*")
    expect(phone.get_by_label("Kommentaren din")).to_have_value("Hos oss også.")


def test_without_network_the_idea_waits_and_sends_itself_once(storvik: Municipality, phone: Page) -> None:
    phone.goto("/storvik/ny")
    phone.locator("textarea").fill(SENTENCE)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Send ideen").click()
    expect(phone.locator("[data-form-status]")).not_to_be_empty()
    expect(phone.locator("textarea")).to_have_value(SENTENCE)

    phone.context.set_offline(False)
    phone.wait_for_url("**/kvittering/")

    assert _count() == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["scripted", "unscripted"])
def test_button_pressed_twice_sends_once(
    storvik: Municipality, new_context: Callable[..., BrowserContext], scripts: bool
) -> None:
    page = new_context(viewport=PHONE, java_script_enabled=scripts).new_page()
    page.goto("/storvik/ny")
    page.locator("textarea").fill(SENTENCE)

    page.get_by_role("button", name="Send ideen").dblclick(no_wait_after=True)
    page.wait_for_url("**/kvittering/")

    assert _count() == 1


def test_text_with_an_identity_number_is_refused_kept_on_the_page_and_read_out(
    storvik: Municipality, phone: Page
) -> None:
    phone.goto("/storvik/ny")
    phone.locator("textarea").fill("Bruker 178388 30021 trenger ny alarm.")  # Synthetic: its month has 80 added.
    phone.get_by_role("button", name="Send ideen").click()

    expect(phone.locator(".ds-error-summary")).to_be_focused()
    expect(phone.locator("textarea")).to_have_value("Bruker 178388 30021 trenger ny alarm.")
    assert _count() == 0
