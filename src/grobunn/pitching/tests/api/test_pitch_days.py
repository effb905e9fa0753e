"""Pitch days over the API: made, put in order, run, proposed to, decided, and read as minutes."""

import pytest

from grobunn.capacity.quarters import Quarter
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.tests.factories import make_source
from grobunn.juries.models import Entry, Member
from grobunn.juries.tests.factories import bar
from grobunn.pitching.models import PitchDay, Proposal, Question, Slot
from grobunn.pitching.queries.days import slots_of
from grobunn.pitching.services.questions import ask_question
from grobunn.pitching.tests.factories import begun, make_pitch_day, make_team
from grobunn.pitching.tests.test_deciding import ready_day
from grobunn.programmes.models import TeamMember
from grobunn.programmes.tests.factories import make_run

pytestmark = pytest.mark.django_db

SENT = {"name": "Pitchdagen", "on": "2027-05-04", "starts": "09:00"}


def _slot(day, slot, what):
    return f"pitch-days/{day.pk}/slots/{slot.pk}/{what}"


def _proposal(town, source, **changes):
    return {
        "title": "Flere benker",
        "hypothesis": "Flere kan vente sittende.",
        "unit": town.ward.slug,
        "owner_email": town.leader.email,
        "milestone": "Benken står der",
        "milestone_due_on": "2099-01-01",
        "need": [{"source": str(source.pk), "quarter": Quarter.now().code, "amount": "1"}],
        **changes,
    }


def test_a_day_is_made_once_with_its_teams_and_changed_on_what_was_read(ask, town):
    cohort = make_run(town.municipality, by=town.adviser)
    make_team(cohort, "Lag 1", by=town.adviser)
    sent = {**SENT, "cohort": str(cohort.pk), "key": "0198c3a0-0000-7000-8000-00000000000a"}
    path = f"municipalities/{town.municipality.slug}/pitch-days"

    made = [ask("post", path, sent, by=town.adviser).json() for _twice in range(2)][1]
    one = f"pitch-days/{made['id']}"
    change = {**SENT, "place": "Rådhuset", "version": made["version"]}
    changed = ask("put", one, change, by=town.adviser).json()
    late = ask("put", one, change, by=town.adviser)
    listed = ask("get", path, by=town.nurse).json()["items"]

    assert PitchDay.objects.count() == 1
    assert [(each["team"], each["state"], each["has_proposal"]) for each in made["order"]] == [
        ("Lag 1", "waiting", False)
    ]
    assert (changed["place"], late.status_code) == ("Rådhuset", 409)
    assert [each["id"] for each in listed] == [made["id"]]
    assert ask("post", path, {**sent, "key": None}, by=town.nurse).status_code == 403
    assert ask("get", path, by=town.outsider).status_code == 404
    assert ask("get", one, by=town.outsider).status_code == 404


def test_the_order_is_set_and_the_day_is_run(ask, town):
    day, slots = make_pitch_day(town.municipality, by=town.adviser, teams=3)
    order = [str(slots[2].pk), str(slots[0].pk)]

    put = [ask("put", f"pitch-days/{day.pk}/order", {"slots": order}, by=town.adviser).json() for _twice in range(2)][1]
    early = ask("post", _slot(day, slots[2], "steps/call"), by=town.adviser)
    ask("post", f"pitch-days/{day.pk}/steps/begin", by=town.adviser)
    called = ask("post", _slot(day, slots[2], "steps/call"), by=town.adviser).json()
    paused = [ask("post", _slot(day, slots[2], "steps/pause"), by=town.adviser).json() for _twice in range(2)][1]
    ended = ask("post", f"pitch-days/{day.pk}/steps/end", by=town.adviser).json()

    assert [each["id"] for each in put["order"]] == [*order, str(slots[1].pk)]
    assert early.status_code == 409
    assert (called["clock"]["slot"], called["clock"]["is_running"]) == (str(slots[2].pk), True)
    assert paused["clock"]["is_running"] is False
    assert (ended["state"], ended["order"][0]["state"], ended["clock"]) == ("ended", "done", None)


def test_running_is_for_those_who_lead_the_day(ask, town):
    day, slots = make_pitch_day(town.municipality, by=town.adviser)

    for person, status in ((town.nurse, 403), (town.outsider, 404), (None, 401)):
        assert ask("put", f"pitch-days/{day.pk}/order", {"slots": []}, by=person).status_code == status
        assert ask("post", f"pitch-days/{day.pk}/steps/begin", by=person).status_code == status
        assert ask("post", _slot(day, slots[0], "steps/call"), by=person).status_code == status
        assert ask("get", f"pitch-days/{day.pk}/questions", by=person).status_code == status
    reads = frozenset({"pitching:read"})
    assert ask("post", f"pitch-days/{day.pk}/steps/begin", by=town.adviser, scopes=reads).status_code == 403
    assert PitchDay.objects.get().state == "planned"
    assert ask("get", f"pitch-days/{day.pk}", by=town.nurse).json()["watch_url"] is None


def test_questions_from_the_room_are_chosen(ask, town):
    day, slots = make_pitch_day(town.municipality, by=town.adviser)
    question = ask_question(slots_of(begun(day, by=town.adviser))[0], text="Hva koster det?")
    path = f"pitch-days/{day.pk}/questions"

    (listed,) = ask("get", path, by=town.adviser).json()
    chosen = ask("put", f"{path}/{question.pk}", {"state": "chosen"}, by=town.adviser).json()
    refused = ask("put", f"{path}/{question.pk}", {"state": "hidden"}, by=town.nurse)

    assert (listed["text"], chosen["state"], refused.status_code) == ("Hva koster det?", "chosen", 403)
    assert Question.objects.get().state == "chosen"
    assert listed["slot"] == str(slots[0].pk)


def test_a_team_writes_what_it_asks_for_on_what_it_read(ask, town):
    day, slots = make_pitch_day(town.municipality, by=town.adviser, teams=1)
    source = make_source(town.ward, by=town.leader, amount=2)
    member = TeamMember.objects.select_related("enrolment__user").get(team=slots[0].team).enrolment.user
    path = _slot(day, slots[0], "proposal")

    written = ask("put", path, _proposal(town, source), by=member).json()
    late = ask("put", path, _proposal(town, source, title="Noe annet"), by=member)
    nobody = ask("put", path, _proposal(town, source, owner_email="ingen@sted.example", version=1), by=member)

    assert (written["version"], written["owner"], written["need"][0]["amount"]) == (1, town.leader.name, "1.00")
    assert (late.status_code, nobody.json()["errors"][0]["pointer"]) == (409, "/owner_email")
    assert ask("get", path, by=town.nurse).status_code == 403
    assert ask("put", path, _proposal(town, source, version=1), by=town.nurse).status_code == 403
    assert Proposal.objects.get().title == "Flere benker"


def test_a_yes_begins_an_initiative_once_and_the_minutes_say_so(ask, town):
    day, slots, _source = ready_day(town, teams=2, places=1)
    sent = {"way": "start", "reasons": "Fordi det virker."}

    would = ask("get", _slot(day, slots[0], "consequence"), by=town.director).json()
    for _twice in range(2):
        told = ask("post", _slot(day, slots[0], "decision"), sent, by=town.director)
    full = ask("post", _slot(day, slots[1], "decision"), sent, by=town.director)
    minutes = ask("get", f"pitch-days/{day.pk}/minutes", by=town.nurse).json()

    assert (would["fits"], would["effects"][0]["left_after"], would["pushed_back"]) == (True, "0.00", ["Lag 2"])
    assert told.status_code == 200
    assert (full.status_code, full.json()["type"].split("#")[1]) == (409, "capacity-exceeded")
    begun_one = Initiative.objects.get()
    assert [(each["outcome"], each["initiative"]) for each in minutes["decisions"]] == [
        ("start", begun_one.reference),
        (None, None),
    ]
    assert minutes["decisions"][0]["reasons"] == sent["reasons"]


def test_a_pitch_is_parked_with_a_day_refused_and_taken_back(ask, town):
    day, slots, _source = ready_day(town, teams=2, places=5)
    path = _slot(day, slots[0], "decision")

    dayless = ask("post", path, {"way": "park", "reasons": "Senere."}, by=town.director)
    parked = ask("post", path, {"way": "park", "reasons": "Senere.", "until": "2099-01-01"}, by=town.director).json()
    other = ask("post", path, {"way": "no", "reasons": "Nei."}, by=town.director)
    back = [ask("post", f"{path}/undo", by=town.director).json() for _twice in range(2)]

    assert (dayless.status_code, dayless.json()["errors"][0]["pointer"]) == (422, "/until")
    assert (parked[0]["outcome"], other.status_code) == ("park", 409)
    assert [each[0]["outcome"] for each in back] == [None, None]


def test_the_outcome_of_a_pitch_is_not_written_on_the_panel_alone(ask, town):
    day, slots, _source = ready_day(town, teams=1, places=5)
    path = f"panels/{day.panel.pk}/entries/{slots[0].entry_id}/decision"
    writes = frozenset({"juries:write"})

    around = ask("post", path, {"outcome": "start", "reasons": "Ja."}, by=town.director, scopes=writes)
    reasons = ask("post", path, {"outcome": "", "reasons": "Kladd."}, by=town.director, scopes=writes)

    assert (around.status_code, reasons.status_code) == (409, 200)
    assert Entry.objects.get(pk=slots[0].entry_id).outcome == ""
    assert not Initiative.objects.exists()


def test_who_takes_no_part_neither_decides_nor_reads(ask, town):
    day, slots, _source = ready_day(town, teams=2, places=5)
    bar(Member.objects.get(user=town.director), slots[0].entry)
    sent = {"way": "no", "reasons": "Nei."}

    for person, status in ((town.director, 403), (town.nurse, 403), (town.outsider, 404), (None, 401)):
        assert ask("post", _slot(day, slots[0], "decision"), sent, by=person).status_code == status
        assert ask("get", _slot(day, slots[0], "consequence"), by=person).status_code == status
        assert ask("post", _slot(day, slots[0], "decision/undo"), by=person).status_code == status
    kept = ask("get", f"pitch-days/{day.pk}/decisions", by=town.director).json()

    assert ask("get", _slot(day, slots[0], "proposal"), by=town.director).status_code == 403
    assert [each["is_kept"] for each in kept] == [True, False]
    assert not Slot.objects.exclude(decided_at=None).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three(ask, town, django_assert_num_queries, count):
    for _number in range(count):
        make_pitch_day(town.municipality, by=town.adviser, teams=1, cohort=make_run(town.municipality, by=town.adviser))
    path = f"municipalities/{town.municipality.slug}/pitch-days"
    ask("get", path, by=town.adviser)

    with django_assert_num_queries(4):
        assert len(ask("get", path, by=town.adviser).json()["items"]) == count
