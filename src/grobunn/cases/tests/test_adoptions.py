"""Taking another's case into use: the machine, who may, what is counted, and two at once."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django_scopes import scopes_disabled

from grobunn.accounts.tests.factories import UserFactory
from grobunn.cases.guards import ChangesUntold, DateLiesAhead
from grobunn.cases.models import Adoption, Case, CaseKind, Manner
from grobunn.cases.queries.adoption_life import life_of_adoption
from grobunn.cases.services import adoptions
from grobunn.cases.services.adoptions import begin_adoption, months_after, move_adoption
from grobunn.cases.services.steps import move_case
from grobunn.cases.states import ADOPTIONS, AdoptionState
from grobunn.cases.tests.conftest import Neighbour, Town
from grobunn.cases.tests.factories import arguments_of, make_adoption, make_case
from grobunn.kernel import clock, ids
from grobunn.kernel.actors import SYSTEM, Actor
from grobunn.kernel.models import AuditEntry, StateChange
from grobunn.kernel.permissions import is_allowed
from grobunn.kernel.statemachine import InputMissing, NotPossibleNow, SomebodyWasFirst
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of

EDGES = [(edge.name, source) for edge in ADOPTIONS.edges for source in sorted(edge.sources)]
NON_EDGES = [
    (edge.name, state) for edge in ADOPTIONS.edges for state in AdoptionState.values if state not in edge.sources
]


@pytest.mark.parametrize(("name", "source"), EDGES)
def test_every_edge_leads_where_the_table_says(case: Case, neighbour: Neighbour, name: str, source: str) -> None:
    adoption = make_adoption(case, neighbour.municipality, state=source, actor=neighbour.adviser)

    change = move_adoption(adoption, name, actor=neighbour.adviser, **arguments_of(name))

    target = ADOPTIONS.by_name[name].target or source
    with scopes_disabled():
        kept = Adoption.objects.get(pk=adoption.pk)
    assert (kept.state, kept.version) == (target, adoption.version)
    assert (change.from_state, change.to_state, change.edge) == (source, target, name)
    case.refresh_from_db()
    assert case.adoption_count == (1 if target == AdoptionState.IN_USE else 0)


@pytest.mark.parametrize(("name", "source"), NON_EDGES)
def test_every_non_edge_is_refused_and_changes_nothing(
    case: Case, neighbour: Neighbour, name: str, source: str
) -> None:
    adoption = make_adoption(case, neighbour.municipality, state=source, actor=neighbour.adviser)
    steps = StateChange.objects.count()

    with pytest.raises(NotPossibleNow):
        move_adoption(adoption, name, actor=neighbour.adviser, **arguments_of(name))

    with scopes_disabled():
        assert Adoption.objects.get(pk=adoption.pk).state == source
    assert StateChange.objects.count() == steps


PEOPLE = (
    "anonymous",
    "system",
    "outsider",
    "owner",
    "origin_adviser",
    "origin_director",
    "nurse",
    "adviser",
    "rnd_contact",
)


def _person(name: str, town: Town, neighbour: Neighbour) -> Actor:
    return {
        "anonymous": AnonymousUser(),
        "system": SYSTEM,
        "outsider": town.outsider,
        "owner": town.writer,
        "origin_adviser": town.adviser,
        "origin_director": town.director,
        "nurse": neighbour.nurse,
        "adviser": neighbour.adviser,
        "rnd_contact": neighbour.rnd_contact,
    }[name]


@pytest.mark.parametrize(
    ("permission", "allowed"),
    [
        ("cases.move_adoption", {"adviser", "rnd_contact"}),
        ("cases.view_adoption", {"adviser", "rnd_contact", "nurse", "owner", "origin_adviser", "origin_director"}),
    ],
)
@pytest.mark.parametrize("state", AdoptionState.values)
def test_permission_on_an_adoption_in_every_state(
    town: Town, neighbour: Neighbour, case: Case, permission: str, allowed: set[str], state: str
) -> None:
    adoption = make_adoption(case, neighbour.municipality, state=state, actor=neighbour.adviser)

    found = {name for name in PEOPLE if is_allowed(permission, _person(name, town, neighbour), adoption)}

    assert found == allowed


def test_permission_to_adopt_is_of_those_who_speak_for_their_own_municipality(town: Town, neighbour: Neighbour) -> None:
    found = {
        name for name in PEOPLE if is_allowed("cases.adopt", _person(name, town, neighbour), neighbour.municipality)
    }

    assert found == {"adviser", "rnd_contact"}


def test_origin_cannot_move_an_adoption(town: Town, neighbour: Neighbour, case: Case) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)

    for person in (town.adviser, town.director, town.writer):
        with pytest.raises(PermissionDenied):
            move_adoption(adoption, "take_into_use", actor=person, **arguments_of("take_into_use"))

    case.refresh_from_db()
    assert (case.adoption_count, adoption.state) == (0, AdoptionState.CONSIDERING)


def test_begin_takes_a_copy_of_the_steps_and_the_edition(town: Town, neighbour: Neighbour) -> None:
    case = make_case(
        town.municipality,
        owner=town.writer,
        editor=town.adviser,
        process="Slik gjorde vi det:\n\n1. **Kartla** nettet\n2. Bygde ut\n3. Lærte opp [vaktene](https://a.no)",
    )

    adoption = begin_adoption(case, municipality=neighbour.municipality, actor=neighbour.adviser)

    assert [step["text"] for step in adoption.steps] == ["Kartla nettet", "Bygde ut", "Lærte opp vaktene"]
    assert adoption.edition is not None
    assert (adoption.edition.number, adoption.responsible_id) == (1, neighbour.adviser.pk)
    assert [step.edge for step in StateChange.objects.filter(subject_id=adoption.pk)] == ["create"]
    assert AuditEntry.objects.filter(action="adoptions.begin", subject_id=str(adoption.pk)).count() == 1


def test_begin_without_listed_steps_gives_those_that_every_adopter_should_do(case: Case, neighbour: Neighbour) -> None:
    adoption = begin_adoption(case, municipality=neighbour.municipality, actor=neighbour.adviser)

    assert len(adoption.steps) == 7
    assert not any(step["is_done"] for step in adoption.steps)
    assert case.municipality.name in adoption.steps[0]["text"]


def test_begin_sent_twice_with_one_key_is_one_adoption(case: Case, neighbour: Neighbour) -> None:
    key = ids.new_id()

    first = begin_adoption(case, municipality=neighbour.municipality, actor=neighbour.adviser, key=key)
    second = begin_adoption(case, municipality=neighbour.municipality, actor=neighbour.adviser, key=key)

    assert first == second
    with scopes_disabled():
        assert Adoption.objects.count() == 1


def test_begin_while_on_the_way_names_the_one_that_is_there(case: Case, neighbour: Neighbour) -> None:
    first = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)

    with pytest.raises(adoptions.AlreadyBegun) as refused:
        begin_adoption(case, municipality=neighbour.municipality, actor=neighbour.rnd_contact, key=ids.new_id())

    assert refused.value.adoption == first


def test_begin_again_after_stopping_is_a_new_adoption(case: Case, neighbour: Neighbour) -> None:
    make_adoption(case, neighbour.municipality, state=AdoptionState.STOPPED, actor=neighbour.adviser)

    begin_adoption(case, municipality=neighbour.municipality, actor=neighbour.adviser)

    with scopes_disabled():
        states = sorted(Adoption.objects.values_list("state", flat=True))
    assert states == ["considering", "stopped"]


def test_begin_ones_own_case_is_refused(town: Town, case: Case) -> None:
    with pytest.raises(adoptions.OwnCase):
        begin_adoption(case, municipality=town.municipality, actor=town.adviser)

    with scopes_disabled():
        assert not Adoption.objects.exists()


def test_what_did_not_work_is_taken_into_use_only_as_somebody_made_it_work(town: Town, neighbour: Neighbour) -> None:
    case = make_case(town.municipality, owner=town.writer, editor=town.adviser)
    made_work = make_adoption(case, MunicipalityFactory(is_in_use=True), state=AdoptionState.IN_USE)
    Case.objects.filter(pk=case.pk).update(kind=CaseKind.LEARNING)
    case.refresh_from_db()

    with pytest.raises(adoptions.DidNotWork):
        begin_adoption(case, municipality=neighbour.municipality, actor=neighbour.adviser)

    assert begin_adoption(case, municipality=neighbour.municipality, actor=neighbour.adviser, based_on=made_work)


def test_planned_start_is_changed_and_the_origin_is_not_disturbed(case: Case, town: Town, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, state=AdoptionState.PLANNED, actor=neighbour.adviser)
    run_jobs()
    told = Notice.objects.filter(recipient=town.writer).count()

    move_adoption(adoption, "replan", actor=neighbour.rnd_contact, planned_on=date(2027, 3, 1))
    run_jobs()

    adoption.refresh_from_db()
    assert (adoption.state, adoption.planned_on) == (AdoptionState.PLANNED, date(2027, 3, 1))
    assert Notice.objects.filter(recipient=town.writer).count() == told
    assert life_of_adoption(adoption)[-1].sentence.endswith("endret når de vil begynne.")


def test_begin_a_withdrawn_case_is_refused(town: Town, case: Case, neighbour: Neighbour) -> None:
    move_case(case, "withdraw", actor=town.adviser, reason="Feil.")

    with pytest.raises(adoptions.CaseNotRead):
        begin_adoption(case, municipality=neighbour.municipality, actor=neighbour.adviser)


def test_begin_without_a_say_is_refused(case: Case, neighbour: Neighbour) -> None:
    for person in (neighbour.nurse, UserFactory(), AnonymousUser()):
        with pytest.raises(PermissionDenied):
            begin_adoption(case, municipality=neighbour.municipality, actor=person)

    with scopes_disabled():
        assert not Adoption.objects.exists()


def test_take_into_use_needs_date_manner_and_contact(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)

    with pytest.raises(InputMissing) as refused:
        move_adoption(adoption, "take_into_use", actor=neighbour.adviser, in_use_on=None, manner="", contact_role="")

    assert refused.value.fields == ("in_use_on", "manner", "contact_role")


def test_take_into_use_from_tomorrow_is_refused(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)
    given = {**arguments_of("take_into_use"), "in_use_on": clock.today() + timedelta(days=1)}

    with pytest.raises(DateLiesAhead):
        move_adoption(adoption, "take_into_use", actor=neighbour.adviser, **given)


def test_take_into_use_adapted_tells_how(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)
    given = {**arguments_of("take_into_use"), "changed": " "}

    with pytest.raises(ChangesUntold):
        move_adoption(adoption, "take_into_use", actor=neighbour.adviser, **given)

    move_adoption(adoption, "take_into_use", actor=neighbour.adviser, **{**given, "manner": Manner.COPIED})
    assert adoption.confirm_due_on == months_after(clock.today(), 6)


def test_tell_puts_what_it_gave_in_its_place_and_sends_nothing(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(
        case, neighbour.municipality, state=AdoptionState.IN_USE, actor=neighbour.adviser, manner=Manner.ADAPTED,
        changed="Bare på natt.", gave="For tidlig å si.",
    )  # fmt: skip
    sent = Notice.objects.count()

    with pytest.raises(ChangesUntold):
        move_adoption(adoption, "tell", actor=neighbour.adviser, gave="Halvparten så mange tilsyn.", changed=" ")
    move_adoption(adoption, "tell", actor=neighbour.adviser, gave="Halvparten så mange tilsyn.", changed="Bare natt.")

    adoption.refresh_from_db()
    assert (adoption.gave, adoption.changed) == ("Halvparten så mange tilsyn.", "Bare natt.")
    assert adoption.state == AdoptionState.IN_USE
    assert Notice.objects.count() == sent


def test_identity_number_in_what_is_told_is_refused(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)

    with pytest.raises(ValidationError):
        move_adoption(adoption, "stop", actor=neighbour.adviser, reason="Gjelder 01010750160 fra i går")

    assert adoption.state == AdoptionState.CONSIDERING


def test_step_sent_twice_with_one_key_is_one_step(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)
    key, version = ids.new_id(), adoption.version

    first = move_adoption(adoption, "try_out", actor=neighbour.adviser, version=version, key=key)
    second = move_adoption(adoption, "try_out", actor=neighbour.adviser, version=version, key=key)

    assert first == second
    assert adoption.version == version + 1


def test_step_from_a_page_that_is_old_is_refused(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)
    version = adoption.version
    move_adoption(adoption, "try_out", actor=neighbour.adviser)

    with pytest.raises(SomebodyWasFirst):
        move_adoption(adoption, "stop", actor=neighbour.rnd_contact, version=version, reason="Nei.")


def test_count_is_counted_and_not_added_to(town: Town, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(adoption_count=41)
    others = [MunicipalityFactory(is_in_use=True) for _ in range(3)]
    made = [make_adoption(case, each, state=AdoptionState.IN_USE) for each in others]
    case.refresh_from_db()
    assert case.adoption_count == 3

    move_adoption(made[0], "confirm", actor=adviser_of(others[0]))
    case.refresh_from_db()
    assert case.adoption_count == 3

    move_adoption(made[1], "stop", actor=adviser_of(others[1]), reason="For dyrt.")
    case.refresh_from_db()
    assert case.adoption_count == 2


def test_based_on_may_not_come_back_to_itself(town: Town, case: Case) -> None:
    one, other, third = (MunicipalityFactory(is_in_use=True) for _ in range(3))
    first = make_adoption(case, one)
    second = make_adoption(case, other, state=AdoptionState.IN_USE, based_on=first)
    last = make_adoption(case, third, state=AdoptionState.IN_USE, based_on=second)

    with pytest.raises(adoptions.LineageLoops):
        move_adoption(first, "take_into_use", actor=adviser_of(one), **arguments_of("take_into_use"), based_on=last)

    with pytest.raises(IntegrityError), transaction.atomic(), scopes_disabled():
        Adoption.objects.filter(pk=first.pk).update(based_on=last)
    first.refresh_from_db()
    assert (first.based_on_id, first.state) == (None, AdoptionState.CONSIDERING)


def test_based_on_an_adoption_of_another_case_is_refused(town: Town, case: Case, neighbour: Neighbour) -> None:
    other = make_case(town.municipality, owner=town.writer, editor=town.adviser, title="Noe annet")
    elsewhere = make_adoption(other, MunicipalityFactory(is_in_use=True))

    with pytest.raises(adoptions.LineageLoops):
        begin_adoption(case, municipality=neighbour.municipality, actor=neighbour.adviser, based_on=elsewhere)


@pytest.mark.parametrize(
    ("on", "months", "later"),
    [
        (date(2026, 3, 15), 6, date(2026, 9, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 30), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_months_after_keeps_to_the_month(on: date, months: int, later: date) -> None:
    assert months_after(on, months) == later
