"""Questions and study visits between municipalities: asked, answered, kept, told to both sides, and not forgotten."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.cases.guards import DateHasPassed, DateLiesAhead
from grobunn.cases.models import Case, Question, Visit
from grobunn.cases.notices.adopting import KINDS
from grobunn.cases.services.adoptions import OwnCase
from grobunn.cases.services.questions import answer_question, ask_question, remind_of_questions
from grobunn.cases.services.visits import ask_for_visit, move_visit
from grobunn.cases.states import VISITS, VisitState
from grobunn.cases.tests.conftest import Neighbour, Town
from grobunn.kernel import clock, ids
from grobunn.kernel.permissions import is_allowed
from grobunn.kernel.statemachine import NotPossibleNow, SomebodyWasFirst
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice

MONDAY = datetime(2027, 2, 1, 9, tzinfo=UTC)


def _ask(case: Case, neighbour: Neighbour, text: str = "Holdt batteriene?") -> Question:
    return ask_question(case, municipality=neighbour.municipality, actor=neighbour.adviser, text=text, key=ids.new_id())


def _visit(case: Case, neighbour: Neighbour, *, state: str = VisitState.WISHED, host: User) -> Visit:
    visit = ask_for_visit(
        case,
        municipality=neighbour.municipality,
        actor=neighbour.adviser,
        wish="Se nattevakten, i mars.",
        people=4,
        key=ids.new_id(),
    )
    for step in {"agreed": ["agree"], "held": ["agree", "hold"], "declined": ["decline"]}.get(state, []):
        move_visit(visit, step, actor=host, **_arguments(step))
    return visit


def _arguments(step: str) -> dict[str, Any]:
    return {
        "agree": {"on": clock.today(), "answer": "Møt ved inngang B."},
        "decline": {"reason": "Vi flytter den måneden."},
    }.get(step, {})


def _told(user: User) -> list[str]:
    """What somebody was told of questions and visits."""
    with scopes_disabled():
        told = Notice.objects.filter(recipient=user, kind__in=[kind.name for kind in KINDS])
        return sorted(told.values_list("kind", flat=True))


def _client(user: User | None = None) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def test_question_sent_twice_is_one_question(case: Case, neighbour: Neighbour) -> None:
    key = ids.new_id()
    for _ in range(2):
        ask_question(case, municipality=neighbour.municipality, actor=neighbour.adviser, text="Hvor mye?", key=key)

    with scopes_disabled():
        assert list(Question.objects.values_list("text", flat=True)) == ["Hvor mye?"]


def test_question_is_refused_of_oneself_without_words_and_without_a_say(
    case: Case, town: Town, neighbour: Neighbour
) -> None:
    with pytest.raises(OwnCase):
        ask_question(case, municipality=town.municipality, actor=town.adviser, text="Hei?", key=ids.new_id())
    with pytest.raises(ValidationError):
        _ask(case, neighbour, text="  ")
    with pytest.raises(PermissionDenied):
        ask_question(case, municipality=neighbour.municipality, actor=neighbour.nurse, text="Hei?", key=ids.new_id())

    with scopes_disabled():
        assert not Question.objects.exists()


def test_question_and_answer_are_told_to_the_other_side_and_stay_with_the_case(
    case: Case, town: Town, neighbour: Neighbour
) -> None:
    question = _ask(case, neighbour)
    run_jobs()
    answer_question(question, actor=town.writer, answer="Ja, i to år.")
    run_jobs()

    assert _told(town.writer) == ["cases.asked"]
    assert _told(neighbour.adviser) == ["cases.replied"]
    page = _client().get(f"/eksempler/{case.slug}/").content.decode()
    assert ("Holdt batteriene?" in page, "Ja, i to år." in page) == (True, True)


def test_answer_is_of_those_who_answer_for_the_case(case: Case, town: Town, neighbour: Neighbour) -> None:
    question = _ask(case, neighbour)
    people = {
        "owner": town.writer,
        "editor": town.adviser,
        "colleague": town.nurse,
        "director": town.director,
        "asker": neighbour.adviser,
        "outsider": town.outsider,
    }

    allowed = {name for name, person in people.items() if is_allowed("cases.answer", person, question)}

    assert allowed == {"owner", "editor"}


def test_second_answer_is_refused_and_the_first_one_stands(case: Case, town: Town, neighbour: Neighbour) -> None:
    question = _ask(case, neighbour)
    with scopes_disabled():
        same = Question.objects.select_related("case").get(pk=question.pk)
    answer_question(question, actor=town.writer, answer="Ja.")

    with pytest.raises(SomebodyWasFirst):
        answer_question(same, actor=town.adviser, answer="Nei.")
    answer_question(question, actor=town.writer, answer="Ja.")

    with scopes_disabled():
        assert Question.objects.get().answer == "Ja."


def test_unanswered_question_is_reminded_of_once_after_ten_working_days(
    case: Case, town: Town, neighbour: Neighbour
) -> None:
    with clock.moved_to(MONDAY):
        question = _ask(case, neighbour)
    with clock.moved_to(MONDAY + timedelta(days=13)):
        assert remind_of_questions() == 0
    with clock.moved_to(MONDAY + timedelta(days=14)):
        assert remind_of_questions() == 1
        assert remind_of_questions() == 0
        run_jobs()
    assert _told(town.writer) == ["cases.asked", "cases.unanswered"]

    answer_question(question, actor=town.writer, answer="Ja.")
    with clock.moved_to(MONDAY + timedelta(days=60)):
        assert remind_of_questions() == 0


def test_question_goes_to_the_adviser_when_the_owner_has_left(case: Case, town: Town, neighbour: Neighbour) -> None:
    User.objects.filter(pk=town.writer.pk).update(is_active=False)

    _ask(case, neighbour)
    run_jobs()

    assert (_told(town.writer), _told(town.adviser)) == ([], ["cases.asked"])


EDGES = [(edge.name, source) for edge in VISITS.edges for source in sorted(edge.sources)]
NON_EDGES = [(edge.name, state) for edge in VISITS.edges for state in VisitState.values if state not in edge.sources]


@pytest.mark.parametrize(("name", "source"), EDGES)
def test_every_edge_of_a_visit_leads_where_the_table_says(
    case: Case, town: Town, neighbour: Neighbour, name: str, source: str
) -> None:
    visit = _visit(case, neighbour, state=source, host=town.writer)

    change = move_visit(visit, name, actor=town.writer, **_arguments(name))

    visit.refresh_from_db()
    assert visit.state == VISITS.by_name[name].target
    assert (change.from_state, change.edge) == (source, name)


@pytest.mark.parametrize(("name", "source"), NON_EDGES)
def test_every_non_edge_of_a_visit_is_refused(
    case: Case, town: Town, neighbour: Neighbour, name: str, source: str
) -> None:
    visit = _visit(case, neighbour, state=source, host=town.writer)

    with pytest.raises(NotPossibleNow):
        move_visit(visit, name, actor=town.writer, **_arguments(name))

    visit.refresh_from_db()
    assert visit.state == source


@pytest.mark.parametrize(
    ("edge", "allowed"),
    [
        ("agree", {"owner", "editor"}),
        ("hold", {"owner", "editor", "guest"}),
        ("decline", {"owner", "editor", "guest"}),
    ],
)
def test_visit_is_moved_by_its_host_and_closed_by_either(
    case: Case, town: Town, neighbour: Neighbour, edge: str, allowed: set[str]
) -> None:
    visit = _visit(case, neighbour, state=VisitState.AGREED, host=town.writer)
    people = {
        "owner": town.writer,
        "editor": town.adviser,
        "colleague": town.nurse,
        "guest": neighbour.rnd_contact,
        "guests_nurse": neighbour.nurse,
    }

    found = {name for name, person in people.items() if is_allowed(VISITS.by_name[edge].permission, person, visit)}

    assert found == allowed


def test_visit_is_agreed_for_a_day_ahead_and_held_when_it_has_come(
    case: Case, town: Town, neighbour: Neighbour
) -> None:
    visit = _visit(case, neighbour, host=town.writer)

    with pytest.raises(DateHasPassed):
        move_visit(visit, "agree", actor=town.writer, on=clock.today() - timedelta(days=1))
    move_visit(visit, "agree", actor=town.writer, on=clock.today() + timedelta(days=7))
    with pytest.raises(DateLiesAhead):
        move_visit(visit, "hold", actor=town.writer)
    with clock.moved_by(days=7):
        move_visit(visit, "hold", actor=neighbour.adviser)

    assert visit.state == VisitState.HELD


def test_visit_tells_the_other_side_of_each_step(case: Case, town: Town, neighbour: Neighbour) -> None:
    visit = _visit(case, neighbour, host=town.writer)
    run_jobs()
    assert (_told(town.writer), _told(neighbour.adviser)) == (["cases.visit"], [])

    move_visit(visit, "agree", actor=town.writer, on=clock.today())
    run_jobs()
    assert (_told(town.writer), _told(neighbour.adviser)) == (["cases.visit"], ["cases.visit"])

    move_visit(visit, "decline", actor=neighbour.adviser, reason="Vi ble syke.")
    run_jobs()
    assert len(_told(town.writer)) == 2


def test_guest_who_cannot_come_says_it_in_own_words(case: Case, town: Town, neighbour: Neighbour) -> None:
    visit = _visit(case, neighbour, host=town.writer)
    host, guest = _client(town.writer), _client(neighbour.adviser)
    theirs, ours = (f"/{place.municipality.slug}/eksempler/henvendelser/" for place in (neighbour, town))

    received, asked = host.get(ours).content.decode(), guest.get(theirs).content.decode()
    step = guest.get(f"{theirs}besok/{visit.pk}/decline/").content.decode()

    assert ("It is not possible" in received, "We cannot come after all" in received) == (True, False)
    assert ("It is not possible" in asked, "We cannot come after all" in asked) == (False, True)
    assert ("It is not possible" in step, "We cannot come after all" in step) == (False, True)


def test_pages_ask_and_answer(case: Case, town: Town, neighbour: Neighbour) -> None:
    asker, host = _client(neighbour.adviser), _client(town.writer)
    theirs, ours = f"/{neighbour.municipality.slug}/eksempler", f"/{town.municipality.slug}/eksempler"

    assert asker.get(f"{theirs}/spor/{case.slug}/").status_code == 200
    asker.post(f"{theirs}/spor/{case.slug}/", {"text": "Hvor mye?", "key": str(ids.new_id())})
    asker.post(f"{theirs}/besok/{case.slug}/", {"wish": "I mars?", "people": 3, "key": str(ids.new_id())})
    with scopes_disabled():
        question, visit = Question.objects.get(), Visit.objects.get()
    inbox = host.get(f"{ours}/henvendelser/").content.decode()
    host.post(f"{ours}/henvendelser/sporsmal/{question.pk}/", {"answer": "Lite."})
    host.post(
        f"{ours}/henvendelser/besok/{visit.pk}/agree/", {"on": clock.today().isoformat(), "version": 1, "answer": ""}
    )

    assert ("Hvor mye?" in inbox, "I mars?" in inbox) == (True, True)
    asked_by_us = asker.get(f"{theirs}/henvendelser/").content.decode()
    assert ("Lite." in asked_by_us, "Agreed" in asked_by_us) == (True, True)


def test_pages_refuse_those_who_may_not(case: Case, town: Town, neighbour: Neighbour) -> None:
    question = _ask(case, neighbour)
    visit = _visit(case, neighbour, host=town.writer)
    ours, theirs = f"/{town.municipality.slug}/eksempler", f"/{neighbour.municipality.slug}/eksempler"

    nurse = _client(neighbour.nurse)
    assert nurse.post(f"{theirs}/spor/{case.slug}/", {"text": "Hei", "key": str(ids.new_id())}).status_code == 403
    colleague = _client(town.nurse)
    assert colleague.post(f"{ours}/henvendelser/sporsmal/{question.pk}/", {"answer": "Nei"}).status_code == 403
    assert colleague.get(f"{ours}/henvendelser/besok/{visit.pk}/agree/").status_code == 403
    assert _client(town.writer).get(f"{theirs}/henvendelser/sporsmal/{question.pk}/").status_code == 404
    assert _client(neighbour.adviser).get(f"{ours}/henvendelser/").status_code == 403
    with scopes_disabled():
        assert Question.objects.get().answer == ""


def test_identity_number_in_a_question_is_told_on_the_page(case: Case, neighbour: Neighbour) -> None:
    answered = _client(neighbour.adviser).post(
        f"/{neighbour.municipality.slug}/eksempler/spor/{case.slug}/",
        {"text": "Gjelder det 01010750160?", "key": str(ids.new_id())},
    )

    assert answered.status_code == 422
    with scopes_disabled():
        assert not Question.objects.exists()
