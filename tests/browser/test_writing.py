"""Writing a case: the page saves by itself, and what is typed without network stays on the device until it can."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django_scopes import scope
from playwright.sync_api import BrowserContext, Page, expect

from grobunn.cases.models import Case
from grobunn.cases.services.drafts import save_draft
from grobunn.cases.services.steps import draft_of
from grobunn.cases.states import CaseState
from grobunn.cases.tests.factories import make_case
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of

SAVING_TAKES_MS = 20_000


@pytest.fixture
def draft(transactional_db: None) -> Case:
    """A case that is being written by the municipality's adviser."""
    municipality = MunicipalityFactory(slug="storvik", is_in_use=True)
    with scope(municipality=municipality.pk):
        return make_case(municipality, state=CaseState.DRAFT, editor=adviser_of(municipality))


@pytest.fixture
def effect(draft: Case, new_context: Callable[..., BrowserContext], live_server: object) -> Page:
    """The page of the section on effect, opened by the owner."""
    client = Client()
    client.force_login(draft.owner)  # type: ignore[arg-type]
    name = settings.SESSION_COOKIE_NAME
    context = new_context()
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"/storvik/eksempler/{draft.slug}/skriv/effekt/")
    return page


def _kept(draft: Case) -> str:
    with scope(municipality=draft.municipality_id):
        return draft_of(draft).effect


def test_page_saves_what_is_written_without_a_press(draft: Case, effect: Page) -> None:
    effect.locator("textarea[name=effect]").fill("Halvparten så mange runder.")

    expect(effect.locator("[data-autosave-status]")).to_have_text("Lagret", timeout=SAVING_TAKES_MS)
    assert _kept(draft) == "Halvparten så mange runder."
    effect.reload()
    expect(effect.locator("[data-draft-notice]")).to_be_hidden()


def test_what_is_written_without_network_is_said_and_saved_when_it_is_back(draft: Case, effect: Page) -> None:
    effect.context.set_offline(True)
    effect.locator("textarea[name=effect]").fill("Skrevet i kjelleren.")
    status = effect.locator("[data-autosave-status]")
    expect(status).to_contain_text("trygt på denne enheten", timeout=SAVING_TAKES_MS)
    assert _kept(draft) == ""

    effect.context.set_offline(False)

    expect(status).to_have_text("Lagret", timeout=2 * SAVING_TAKES_MS)
    assert _kept(draft) == "Skrevet i kjelleren."


def test_device_never_overwrites_what_a_colleague_has_saved_since(draft: Case, effect: Page) -> None:
    effect.context.set_offline(True)
    effect.locator("textarea[name=effect]").fill("Skrevet i kjelleren.")
    expect(effect.locator("[data-autosave-status]")).to_contain_text("trygt på denne", timeout=SAVING_TAKES_MS)
    with scope(municipality=draft.municipality_id):
        owner, revision = draft.owner, draft_of(draft).revision
        assert owner is not None
        save_draft(draft, actor=owner, revision=revision, changes={"effect": "Skrevet av en kollega."})

    effect.goto("about:blank")
    effect.context.set_offline(False)
    effect.goto(f"/storvik/eksempler/{draft.slug}/skriv/effekt/")
    expect(effect.locator("textarea[name=effect]")).to_have_value("Skrevet i kjelleren.")
    status = effect.locator("[data-autosave-status]")
    expect(status).to_contain_text("Trykk Lagre for å se begge", timeout=SAVING_TAKES_MS)
    assert _kept(draft) == "Skrevet av en kollega."
    effect.get_by_role("button", name="Lagre", exact=True).click()
    expect(effect.get_by_text("Skrevet av en kollega.")).to_be_visible()
    expect(effect.locator("textarea[name=effect]")).to_have_value("Skrevet i kjelleren.")


def test_what_was_saved_by_the_button_is_not_brought_back_later(draft: Case, effect: Page) -> None:
    effect.locator("textarea[name=effect]").fill("Halvparten så mange runder.")
    effect.get_by_role("button", name="Lagre", exact=True).click()
    effect.wait_for_url("**/skriv/")
    with scope(municipality=draft.municipality_id):
        owner, revision = draft.owner, draft_of(draft).revision
        assert owner is not None
        save_draft(draft, actor=owner, revision=revision, changes={"effect": "Rettet av en kollega."})

    effect.goto(f"/storvik/eksempler/{draft.slug}/skriv/effekt/")

    expect(effect.locator("textarea[name=effect]")).to_have_value("Rettet av en kollega.")
    expect(effect.locator("[data-draft-notice]")).to_be_hidden()
