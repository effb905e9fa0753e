"""A neighbour of 3,000 inhabitants finds what it needs in its own words, understands it, and takes it into use."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled
from playwright.sync_api import BrowserContext, Page, expect

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.cases.models import Adoption, Case, Manner
from grobunn.cases.services.load import load_cases
from grobunn.cases.services.questions import ask_question
from grobunn.cases.services.visits import ask_for_visit
from grobunn.cases.states import AdoptionState
from grobunn.cases.tests.factories import make_adoption
from grobunn.kernel import clock, ids
from grobunn.kernel.testing import forget_jobs, run_jobs
from grobunn.organisations.models import Municipality, Role
from grobunn.organisations.services.municipalities import load_municipalities
from grobunn.organisations.tests.factories import RoleAssignmentFactory, UnitFactory
from tests.browser.conftest import DESKTOP, PHONE

OWN_WORDS = "barna må lære programmering på skolen"
CASE = "/eksempler/teknologiskolen/"


def _somebody(slug: str, role: Role) -> User:
    municipality = Municipality.objects.get(slug=slug)
    with scope(municipality=municipality.pk):
        user = UserFactory()
        RoleAssignmentFactory(unit=UnitFactory(municipality=municipality), user=user, role=role)
    return user


def _sign_in(context: BrowserContext, user: User, url: str) -> None:
    client = Client()
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])


@pytest.fixture
def rnd_contact(transactional_db: None) -> User:
    """The R&D contact of Vanylven, a municipality of three thousand, among the real ones and the real cases."""
    forget_jobs()  # Of the test before, whose rows are gone.
    load_municipalities()
    load_cases()
    Municipality.objects.filter(slug__in=["vanylven", "ulstein"]).update(is_in_use=True)
    run_jobs()
    return _somebody("vanylven", Role.RND_CONTACT)


def test_neighbour_finds_understands_and_takes_into_use(page: Page, live_server: Any, rnd_contact: User) -> None:
    _sign_in(page.context, rnd_contact, live_server.url)
    assert Municipality.objects.get(slug="vanylven").population in range(2_500, 3_500)

    page.goto("/eksempler/")
    page.get_by_role("main").get_by_role("searchbox").fill(OWN_WORDS)
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name="Teknologiskolen").first.click()

    # Cost and pitfalls are told, also where the source tells none.
    expect(page.get_by_text("Det er ikke oppgitt hva det kostet, eller hvor mye arbeid det var.")).to_be_visible()
    expect(page.get_by_role("heading", name="Erfaringer")).to_be_visible()
    page.get_by_role("button", name="Vi vurderer dette").click()
    expect(page.get_by_role("heading", name="Hva som var vanskelig for Ulstein")).to_be_visible()

    page.get_by_role("checkbox", name="Steg 1 er gjort").check()
    page.get_by_label("Kostnad å innføre, kroner").fill("60000")
    page.get_by_role("button", name="Lagre planen").click()
    expect(page.get_by_text("1 av 7 steg er gjort.")).to_be_visible()

    page.get_by_role("link", name="Vi planlegger det").click()
    page.get_by_label("Når vil dere begynne?").fill(clock.today().isoformat())
    page.get_by_role("button", name="Vi planlegger det").click()
    page.get_by_role("link", name="Vi prøver det ut").click()
    page.get_by_role("button", name="Vi prøver det ut").click()
    expect(page.get_by_text("Vanylven prøver det ut.")).to_be_visible()
    assert Case._base_manager.get(slug="teknologiskolen").adoption_count == 0

    page.get_by_role("link", name="Det er i bruk").click()
    page.get_by_label("Tilpasset").check()
    page.get_by_label(re.compile("Hva endret dere")).fill("Vi deler utstyret mellom tre skoler.")
    page.get_by_role("button", name="Det er i bruk").click()
    expect(page.get_by_text("Vanylven har tatt det i bruk.")).to_be_visible()
    assert Case._base_manager.get(slug="teknologiskolen").adoption_count == 1

    page.get_by_role("link", name="Les eksempelet").click()
    expect(page.get_by_text("1 annen kommune har det i bruk.")).to_be_visible()
    expect(page.get_by_text("Vi deler utstyret mellom tre skoler.")).to_be_visible()


@pytest.mark.parametrize(
    "look",
    [{"viewport": PHONE, "has_touch": True}, {"viewport": DESKTOP, "color_scheme": "dark"}],
    ids=["phone", "dark"],
)
def test_pages_of_adopting_are_for_everybody(
    new_context: Callable[..., BrowserContext],
    live_server: Any,
    rnd_contact: User,
    accessible: Callable[[Page], None],
    look: dict[str, Any],
) -> None:
    adoption = _some_adoptions(rnd_contact)
    context = new_context(**look)
    _sign_in(context, rnd_contact, live_server.url)
    page = context.new_page()
    own = f"/vanylven/eksempler/tatt-i-bruk/{adoption.pk}/"

    for address in (
        CASE,
        f"{CASE}spredning/",
        "/vanylven/eksempler/tatt-i-bruk/",
        "/vanylven/eksempler/tatt-i-bruk/begynn/smartmat/",
        own,
        *(f"{own}steg/{step}/" for step in ("plan", "try_out", "take_into_use", "confirm", "stop")),
        "/vanylven/eksempler/spor/teknologiskolen/",
        "/vanylven/eksempler/besok/teknologiskolen/",
        "/vanylven/eksempler/henvendelser/",
        "/eksempler/folger/",
    ):
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        accessible(page)


def _some_adoptions(rnd_contact: User) -> Adoption:
    """One in use, one that stands on it, one that stopped, one being tried, and something asked."""
    case = Case._base_manager.select_related("municipality", "origin").get(slug="teknologiskolen")
    places = {slug: Municipality.objects.get(slug=slug) for slug in ("hareid", "volda", "vanylven")}
    told = {"manner": Manner.ADAPTED, "changed": "Vi begynner i femte klasse.", "gave": "Elevene spør om mer."}
    first = make_adoption(case, places["hareid"], state=AdoptionState.IN_USE, **told)
    make_adoption(case, places["volda"], state=AdoptionState.STOPPED, based_on=first)
    own = make_adoption(case, places["vanylven"], state=AdoptionState.PILOT, actor=rnd_contact, based_on=first)
    asked = {"municipality": places["vanylven"], "actor": rnd_contact}
    ask_question(case, text="Hvem eier skriverne?", key=ids.new_id(), **asked)
    ask_for_visit(case, wish="Se en time, i mars.", people=3, key=ids.new_id(), **asked)
    with scopes_disabled():
        return Adoption.objects.get(pk=own.pk)
