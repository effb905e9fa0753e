"""Work that is begun, refused, parked, woken, decided at gates and ended: by hand, in a browser.

Twelve ideas and five places (scenario 9), a gate and another method with an owner who quits in between (scenario 10),
and an end with learning that is told on (scenario 12).
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled
from playwright.sync_api import BrowserContext, Page, expect

from grobunn.accounts.models import User
from grobunn.capacity.models import Source, Want
from grobunn.cases.models import Case, Draft
from grobunn.ideas.models import Idea
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.conftest import Town
from grobunn.initiatives import requirements
from grobunn.initiatives.models import Feed, Initiative
from grobunn.initiatives.requirements import Requirement
from grobunn.initiatives.states import InitiativeState
from grobunn.kernel import clock
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.models import StateChange
from grobunn.kernel.testing import forget_jobs, run_jobs
from grobunn.organisations.models import Municipality, Role, RoleAssignment
from grobunn.organisations.services.roles import end_role
from grobunn.organisations.tests.factories import RoleAssignmentFactory
from tests.browser.conftest import PHONE
from tests.journeys.conftest import idea_in, places_in, town  # noqa: F401 -- a fixture

PITCHES, PLACES = 12, 5
DECIDE = "Skriv beslutningen i loggen"
Come = Callable[..., Page]


@pytest.fixture
def come(new_context: Callable[..., BrowserContext], live_server: Any, town: Town) -> Come:  # noqa: F811
    """Somebody of the town with a browser of their own."""
    forget_jobs()  # Of the test before, whose rows are gone.

    def make(user: User, **options: Any) -> Page:
        client = Client()
        client.force_login(user)
        context = new_context(**options)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        return context.new_page()

    return make


def _start(page: Page, idea: Idea, source: Source, *, method: str = "", **given: str) -> None:
    """Fill in the start page of an idea, one place in the first quarter, and press the button."""
    page.goto(f"/storvik/ideer/{idea.reference}/start/")
    filled = {"hypothesis": "Flere kan vente sittende.", "milestone": "Benken står der", "reason": "Vi begynner."}
    for name, value in {**filled, **given}.items():
        page.locator(f"#id_{name}").fill(value)
    page.locator(f"[name^='need-{source.pk}']").first.fill("1")
    if method:
        page.get_by_text("Flere valg:").click()
        page.locator("#id_method").select_option(method)
    with page.expect_navigation():
        page.get_by_role("button", name="Start arbeidet", exact=True).click()


def _read(page: Page, idea: Idea) -> str:
    page.goto(f"/storvik/ideer/{idea.reference}/")
    return page.locator("main").inner_text()


def _state(idea: Idea) -> str:
    with scopes_disabled():
        return Idea.objects.get(pk=idea.pk).state


def _initiative(idea: Idea) -> Initiative:
    with scopes_disabled():
        return Feed.objects.select_related("initiative__owner").get(idea=idea).initiative


def test_panel_decides_on_twelve_ideas_with_five_places(town: Town, come: Come) -> None:  # noqa: F811
    source = places_in(town, amount=PLACES, quarters=1)
    ideas = [
        idea_in(town, unit=town.ward, title=f"Pitch {number}", text=f"Pitch nummer {number}.", writer=town.nurse)
        for number in range(1, PITCHES + 1)
    ]
    started, waiting, declined = ideas[:PLACES], ideas[PLACES : PLACES + 2], ideas[PLACES + 2 :]
    adviser, writer = come(town.adviser), come(town.nurse)

    for idea in started:
        _start(adviser, idea, source)
        expect(adviser.get_by_text(f"Arbeidet er i gang: {idea.title}")).to_be_visible()
    assert "Enhetsleder ved Storvik heimevern eier arbeidet." in _read(writer, started[0])

    # The sixth finds no room, on a phone without JavaScript: nothing that was written is lost, and there are ways on.
    phone = come(town.adviser, viewport=PHONE, java_script_enabled=False)
    _start(phone, waiting[0], source, hypothesis="Et håp som ikke går tapt.")
    expect(phone.get_by_role("heading", name="Det er ikke plass til det ennå")).to_be_visible()
    expect(phone.get_by_text("trenger 1 plass, 0 igjen. 1 mangler.")).to_be_visible()
    expect(phone.locator("#id_hypothesis")).to_have_value("Et håp som ikke går tapt.")
    expect(phone.locator("#ingen-plass").get_by_text("Kari Storvik, kommunalsjef, Storvik helse")).to_be_visible()
    expect(phone.get_by_role("link", name="Pitch 1", exact=True)).to_be_visible()
    _park(phone, "Du får plass når en annen er ferdig.")
    _start(adviser, waiting[1], source)
    _park(adviser, "Du står etter en annen.")
    assert [_state(idea) for idea in waiting] == [IdeaState.PARKED] * 2
    assert "Du får plass når en annen er ferdig." in _read(writer, waiting[0])

    adviser.goto("/storvik/ko/samlet/?steg=decline&" + "&".join(f"i={idea.reference}" for idea in declined))
    for field in adviser.locator("main textarea").all():
        field.fill("Panelet valgte andre nå. Takk for at du viste oss dette.")
    adviser.locator("main form button[type=submit]").last.click()
    adviser.wait_for_url("**/ko/**")
    adviser.goto("/storvik/kapasitet/ko/")
    expect(adviser.locator("main").get_by_text("Pitch 6")).to_be_visible()
    assert [_state(idea) for idea in declined] == [IdeaState.DECLINED] * 5
    run_jobs()

    # A place frees when one is put on hold: the first in the queue is woken, and told; the next waits on.
    leader = come(town.leader)
    leader.goto(f"/storvik/initiativ/{_initiative(started[0]).reference}/steg/pause/")
    leader.locator("[name=until]").fill((clock.today() + timedelta(days=200)).isoformat())
    leader.locator("[name=reason]").fill("Vi venter på utstyr.")
    leader.get_by_role("button", name="Sett på vent").click()
    leader.wait_for_url("**/initiativ/*/")
    for _time in range(3):
        run_jobs()
    assert [_state(idea) for idea in waiting] == [IdeaState.RECEIVED, IdeaState.PARKED]
    assert "Det er plass til den i" in _read(writer, waiting[0])
    assert "på vent" in _read(writer, started[0])

    _start(adviser, waiting[0], source)
    expect(adviser.get_by_text("Arbeidet er i gang: Pitch 6")).to_be_visible()
    thread = _read(writer, waiting[0])
    assert "Enhetsleder ved Storvik heimevern eier arbeidet." in thread
    assert "Vi begynner." in thread
    with scopes_disabled():
        assert [want.claim_id for want in Want.objects.all()] == [waiting[1].pk]


def _park(page: Page, reason: str) -> None:
    page.locator("#id_way-wait_reason").fill(reason)
    page.get_by_role("button", name="Parker den i køen").click()
    expect(page.get_by_text("Parkert:").first).to_be_visible()


def test_gates_are_passed_when_all_is_there_while_an_owner_quits_and_the_method_is_switched(
    town: Town,  # noqa: F811
    come: Come,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    benefits: list[str] = []
    # A later feature keeps the benefits: it registers what the method asks for already.
    asked = Requirement("benefits", "minst én gevinst med eier", lambda _each: bool(benefits))
    monkeypatch.setitem(requirements._requirements, "benefits", asked)
    idea = idea_in(town, unit=town.ward, title="Sensorer i senger", text="Vi vekker folk.", writer=town.nurse)
    source = places_in(town)
    adviser, leader, director = come(town.adviser), come(town.leader), come(town.director)
    _start(adviser, idea, source, method="prosjektveiviseren")
    expect(adviser.get_by_text("Arbeidet er i gang: Sensorer i senger")).to_be_visible()
    made = _initiative(idea)
    home = f"/storvik/initiativ/{made.reference}/"

    # BP1: what is handed in from the phase leads back to it, and the leader above decides.
    _hand_in(leader, home, "Finn ut om nattrundene kan bli færre.")
    expect(leader.get_by_text("Levert", exact=True)).to_be_visible()
    leader.get_by_role("link", name="Be om beslutning").click()
    leader.locator("main form button[type=submit]").last.click()
    run_jobs()
    director.goto("/mitt-arbeid/")
    director.get_by_role("region", name="Beslutningspunkter som venter på deg").get_by_role(
        "link", name="Avgjør"
    ).click()
    _pass(director, "Mandatet er klart.")
    expect(director.get_by_role("heading", name="Fase 2 av 6: Konsept")).to_be_visible()

    # The owner quits: the leader above has it at once, and has not said yes.
    with scope(municipality=town.municipality.pk):
        assignment = RoleAssignment.objects.select_related("user").get(user=town.leader)
        end_role(assignment, last_day=clock.today() - timedelta(days=1), actor=SYSTEM)
    run_jobs()
    owned = _initiative(idea)
    assert (owned.owner, owned.is_owner_asked) == (town.director, True)
    assert town.leader.name not in _read(come(town.nurse), idea)

    # BP2 cannot be passed without a proposal, an owner who said yes, and a benefit.
    director.goto(f"{home}fase/")
    for missing in ("En eier i linjen som har sagt ja", "Prosjektforslag", "Minst én gevinst med eier"):
        expect(director.locator(".needs__item--missing", has_text=missing)).to_be_visible()
    director.goto("/mitt-arbeid/")
    director.get_by_role("link", name="Vil du eie det?").click()
    director.get_by_role("button", name="Ja, jeg tar over").click()
    director.wait_for_load_state()
    director.wait_for_url("**/initiativ/*/")
    _hand_in(director, home, "Vi foreslår sensorer i ti senger.")
    expect(director.locator(".needs__item--missing")).to_have_count(1)
    benefits.append("Nattevaktene bruker en time mindre på tilsyn.")
    with scope(municipality=town.municipality.pk):
        chief = come(RoleAssignmentFactory(unit=town.office, role=Role.CHIEF_EXEC).user)
    chief.goto(f"{home}fase/avgjor/")
    _pass(chief, "Behovet er klart, og noen eier det.")
    expect(chief.get_by_role("heading", name="Fase 3 av 6: Planlegge")).to_be_visible()

    # Another method keeps the stage and the history.
    before = _edges(made)
    director.goto(f"{home}fase/metode/")
    director.locator("[name=method][value=veikart]").check()
    director.locator("[name=reason]").fill("Vi vil arbeide tettere med brukerne.")
    director.get_by_role("button", name="Bruk denne metoden").click()
    expect(director.get_by_text("Behovet er klart, og noen eier det.")).to_be_visible()
    switched = _initiative(idea)
    assert (switched.method, switched.stage) == ("veikart", "pilot")
    assert _edges(made) == [*before, "switch_method"]


def test_what_did_not_work_is_applauded_and_told_on_as_learning(town: Town, come: Come) -> None:  # noqa: F811
    Municipality.objects.filter(pk=town.municipality.pk).update(mailbox="postmottak@storvik.example")
    idea = idea_in(town, unit=town.ward, title="Sensorer i senger", text="Vi vekker folk.", writer=town.nurse)
    adviser, leader = come(town.adviser), come(town.leader)
    _start(adviser, idea, places_in(town, amount=1))
    run_jobs()
    home = f"/storvik/initiativ/{_initiative(idea).reference}/"

    leader.goto(home)
    leader.get_by_role("link", name="Avslutt, og fortell hva vi lærte").click()
    expect(leader.get_by_text("Det avsluttes for godt")).to_be_visible()
    leader.locator("[name=tried]").fill("Vi prøvde sensormatter i ti senger.")
    leader.locator("[name=learned]").fill("Det ga ikke effekt: nettet nådde ikke den gamle fløyen.")
    leader.get_by_role("button", name="Avslutt, og fortell hva vi lærte").click()
    expect(leader.get_by_text("Det fortjener applaus!")).to_be_visible()
    run_jobs()
    assert _initiative(idea).state == InitiativeState.LEARNED
    assert "Det ga ikke effekt: nettet nådde ikke den gamle fløyen." in _read(come(town.nurse), idea)

    with clock.moved_by(days=1):
        run_jobs()
    leader.goto("/mitt-arbeid/")
    leader.get_by_role("link", name="Fortell det videre").click()
    leader.get_by_role("button", name="Begynn å skrive").click()
    leader.wait_for_url("**/skriv/**")
    with scopes_disabled():
        case = Case.objects.get()
        draft = Draft.objects.get(case=case)
    assert (case.kind, case.initiative_id) == ("learning", _initiative(idea).pk)
    assert draft.stage == "closed_learned"
    assert "nettet nådde ikke den gamle fløyen" in draft.lessons


def _hand_in(page: Page, home: str, text: str) -> None:
    page.goto(f"{home}fase/")
    page.get_by_role("link", name=re.compile("^Lever")).first.click()
    page.locator("[name=text]").fill(text)
    page.get_by_role("button", name="Legg til en fil eller en tekst").click()
    page.wait_for_url("**/fase/#hand-ins-heading")


def _pass(page: Page, reason: str) -> None:
    page.locator("[name=decision][value=pass_gate]").check()
    page.locator("[name=reason]").fill(reason)
    page.get_by_role("button", name=DECIDE).click()


def _edges(initiative: Initiative) -> list[str]:
    with scopes_disabled():
        steps = StateChange.objects.filter(subject_id=initiative.pk).order_by("id")
        return list(steps.values_list("edge", flat=True))
