"""What somebody without an account does with a receipt or a link from a mail, as a browser sends it."""

import pytest
from django_scopes import scope, scopes_disabled
from playwright.sync_api import Page, expect

from grobunn.ideas.models import Idea
from grobunn.ideas.states import IdeaState
from grobunn.organisations.models import Municipality, Role
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory
from grobunn.stories.models import Subscription
from grobunn.stories.queries.newsletter import confirmation_token
from grobunn.stories.services import newsletter


@pytest.fixture
def storvik() -> Municipality:
    municipality = MunicipalityFactory(slug="storvik", name="Storvik", language_form="nb")
    with scope(municipality=municipality.pk):
        unit = UnitFactory(municipality=municipality, name="Hjemmetjenesten", slug="hjemmetjenesten")
        RoleAssignmentFactory(unit=unit, role=Role.INNOVATION_ADVISER)
    return municipality


def _idea() -> Idea:
    with scopes_disabled():
        return Idea.objects.get()


def test_writer_with_a_receipt_alone_changes_the_idea_and_withdraws_it(storvik: Municipality, phone: Page) -> None:
    phone.goto("/storvik/hjemmetjenesten/ny")
    phone.locator("textarea").fill("Sett opp en benk.")
    phone.get_by_role("button", name="Send ideen").click()
    phone.wait_for_url("**/kvittering/")
    thread = f"/t/{_idea().receipt}/"

    phone.goto(f"{thread}endre/")
    phone.locator("textarea").first.fill("Sett opp to benker.")
    phone.get_by_role("button", name="Lagre").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sett opp to benker.")
    phone.goto(f"{thread}trekk/")
    phone.get_by_role("button", name="Trekk ideen").click()
    phone.wait_for_url(f"**{thread}")

    assert _idea().state == IdeaState.WITHDRAWN


def test_newsletter_is_confirmed_by_the_button_that_the_mail_leads_to(storvik: Municipality, phone: Page) -> None:
    with scope(municipality=storvik.pk):
        newsletter.subscribe(storvik, email="kari@example.org", language="nb")
        token = confirmation_token(Subscription.objects.get())

    phone.goto(f"/storvik/historier/nyhetsbrev/bekreft/{token}/")
    phone.get_by_role("button", name="Ja, send dem").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Du får nyhetsbrevet")
    with scope(municipality=storvik.pk):
        assert Subscription.objects.get().confirmed_at is not None
