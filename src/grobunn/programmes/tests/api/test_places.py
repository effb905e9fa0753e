"""Places over the API: invitations, answers, the line, attendance and completion."""

from datetime import timedelta

import pytest

from grobunn.kernel import clock, ids
from grobunn.programmes.models import Attendance, Day, Enrolment, Mark
from grobunn.programmes.queries.gatherings import gatherings_of
from grobunn.programmes.tests.factories import add_days, make_participant, make_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(school):
    return make_run(school.municipality, by=school.adviser, places=1)


def _person(user, **more):
    return {"name": user.name, "email": user.email, **more}


def test_people_are_invited_once_and_answer_for_themselves(ask, school, cohort):
    path = f"cohorts/{cohort.pk}"
    sent = {"people": [_person(school.leader, unit=school.unit.slug), _person(school.nurse)]}

    told = [ask("post", f"{path}/invitations", sent, by=school.adviser).json() for _twice in range(2)]
    yes = ask("post", f"{path}/place/accept", by=school.leader).json()
    line = ask("post", f"{path}/place/accept", by=school.nurse).json()
    ask("post", f"{path}/place/withdraw", {"reason": "Ny jobb"}, by=school.leader)
    up = ask("get", f"{path}/place", by=school.nurse).json()

    assert [(each["invited"], each["known"]) for each in told] == [(2, 0), (0, 2)]
    assert (yes["state"], yes["number_in_line"], yes["completion"]["is_complete"]) == ("enrolled", None, True)
    assert (line["state"], line["number_in_line"], line["completion"]) == ("waiting", 1, None)
    assert up["state"] == "enrolled"
    assert Enrolment.objects.get(user=school.nurse).feed_key in up["calendar"]
    assert Enrolment.objects.count() == 2


def test_an_answer_that_is_not_possible_is_a_conflict(ask, school, cohort):
    make_participant(cohort, by=school.adviser, user=school.leader)

    twice = ask("post", f"cohorts/{cohort.pk}/place/accept", by=school.leader)

    assert (twice.status_code, twice.json()["type"].split("#")[1]) == (409, "conflict")
    assert ask("get", f"cohorts/{cohort.pk}/place", by=school.nurse).status_code == 404


def test_many_are_taken_in_in_the_order_they_were_sent(ask, school, cohort):
    sent = {"people": [_person(school.nurse), _person(school.leader)], "take_in": True}

    told = ask("post", f"cohorts/{cohort.pk}/invitations", sent, by=school.adviser).json()
    states = dict(Enrolment.objects.values_list("email", "state"))
    out = ask(
        "post",
        f"cohorts/{cohort.pk}/participants/take_out",
        {"people": [str(Enrolment.objects.get(user=school.nurse).pk)]},
        by=school.adviser,
    ).json()

    assert told == {"invited": 2, "known": 0, "taken_in": 2}
    assert states == {school.nurse.email: "enrolled", school.leader.email: "waiting"}
    assert out == {"changed": 1}
    assert Enrolment.objects.get(user=school.leader).state == "enrolled"


@pytest.mark.parametrize(
    ("person", "pointer"),
    [
        ({"name": "En", "email": "ikke en adresse"}, "/people/1/email"),
        ({"name": "01010750160", "email": "en@sted.no"}, "/people/1/name"),
        ({"name": "En", "email": "en@sted.no", "unit": "finnes-ikke"}, "/people/1/unit"),
    ],
)
def test_an_invitation_that_cannot_be_names_its_place_and_invites_nobody(ask, school, cohort, person, pointer):
    sent = {"people": [_person(school.leader), person]}

    answer = ask("post", f"cohorts/{cohort.pk}/invitations", sent, by=school.adviser)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    assert not Enrolment.objects.exists()


def test_marks_are_kept_once_and_the_last_made_counts(ask, school, cohort):
    gathering = add_days(cohort, "Én", in_days=0, by=school.adviser, days=1)
    place = make_participant(cohort, by=school.adviser, user=school.leader)
    day, now = Day.objects.get(gathering=gathering), clock.now()

    def mark(is_present, minutes):
        made = (now - timedelta(minutes=minutes)).isoformat()
        return {
            "id": str(ids.new_id()),
            "day": str(day.pk),
            "enrolment": str(place.pk),
            "is_present": is_present,
            "made_at": made,
        }

    late, early = mark(True, 1), mark(False, 5)
    path = f"cohorts/{cohort.pk}/marks"

    first = ask("put", path, {"sent_at": now.isoformat(), "marks": [late]}, by=school.adviser)
    again = ask("put", path, {"sent_at": now.isoformat(), "marks": [early, late]}, by=school.adviser)
    listed = ask("get", f"cohorts/{cohort.pk}/days/{day.pk}/list", by=school.adviser).json()

    assert (first.json(), again.json()) == ({"new": 1}, {"new": 1})
    assert (Mark.objects.count(), Attendance.objects.get().is_present) == (2, True)
    assert [(each["name"], each["is_present"], each["is_guest"]) for each in listed] == [
        (school.leader.name, True, False)
    ]


def test_marks_of_another_cohort_or_without_a_time_zone_are_refused_and_none_is_kept(ask, school, cohort):
    place = make_participant(cohort, by=school.adviser, user=school.leader)
    other = make_run(school.municipality, by=school.adviser, name="Kull 2")
    day = Day.objects.get(gathering=add_days(other, "Én", in_days=0, by=school.adviser, days=1))
    mark = {"id": str(ids.new_id()), "day": str(day.pk), "enrolment": str(place.pk), "is_present": True}
    now = clock.now()
    path = f"cohorts/{cohort.pk}/marks"

    foreign = ask(
        "put",
        path,
        {"sent_at": now.isoformat(), "marks": [{**mark, "made_at": now.isoformat()}]},
        by=school.adviser,
    )
    naive = ask(
        "put",
        path,
        {"sent_at": now.isoformat(), "marks": [{**mark, "made_at": "2027-03-01T09:00:00"}]},
        by=school.adviser,
    )

    assert (foreign.status_code, naive.status_code) == (409, 422)
    assert not Mark.objects.exists()


def test_completion_says_what_remains_and_counts_units_of_five(ask, school, cohort):
    run = make_run(school.municipality, by=school.adviser, name="Stort kull")
    gathering = add_days(run, "Én", in_days=-10, by=school.adviser, days=1)
    people = [make_participant(run, by=school.adviser, unit=school.unit) for _number in range(4)]
    path = f"cohorts/{run.pk}"

    own = ask("get", f"{path}/place", by=people[0].user).json()
    few = ask("get", f"{path}/completion/units", by=school.adviser).json()
    make_participant(run, by=school.adviser, user=school.leader, unit=school.unit)
    enough = ask("get", f"{path}/completion/units", by=school.adviser).json()
    rows = ask("get", f"{path}/completion", by=school.adviser).json()

    assert [(each["topic"], each["is_past"]) for each in own["completion"]["remains"]] == [(gathering.topic, True)]
    assert own["completion"]["in_words"] != []
    assert (few, enough) == ([], [{"unit": school.unit.name, "people": 5, "completed": 0}])
    assert {each["is_complete"] for each in rows} == {False}
    assert ask("get", f"{path}/completion", by=school.leader).status_code == 403
    assert ask("get", f"{path}/completion/units", by=school.leader).status_code == 403


def test_what_was_done_instead_counts_when_it_is_accepted(ask, school, cohort):
    gathering = add_days(cohort, "Én", in_days=-10, by=school.adviser, days=1)
    make_participant(cohort, by=school.adviser, user=school.leader)
    path = f"cohorts/{cohort.pk}"

    made = ask("put", f"{path}/gatherings/{gathering.topic}/make-up", {"text": "Leste boka."}, by=school.leader).json()
    refused = ask("post", f"{path}/make-ups/{made['id']}/accept", by=school.leader)
    (waiting,) = ask("get", f"{path}/completion", by=school.adviser).json()
    done = [ask("post", f"{path}/make-ups/{made['id']}/accept", by=school.adviser).json() for _twice in range(2)]

    assert (refused.status_code, made["accepted_at"]) == (403, None)
    assert [each["text"] for each in waiting["waiting"]] == ["Leste boka."]
    assert done[0]["accepted_at"] == done[1]["accepted_at"] is not None
    assert ask("get", f"{path}/place", by=school.leader).json()["completion"]["is_complete"] is True


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("outsider", 404)])
def test_lists_and_marks_are_for_those_who_lead(ask, school, cohort, who, status):
    day = Day.objects.get(gathering=add_days(cohort, "Én", in_days=0, by=school.adviser, days=1))
    person, path, now = getattr(school, who), f"cohorts/{cohort.pk}", clock.now().isoformat()
    place = make_participant(cohort, by=school.adviser)
    mark = {
        "id": str(ids.new_id()),
        "day": str(day.pk),
        "enrolment": str(place.pk),
        "is_present": True,
        "made_at": now,
    }
    sent = {"people": [_person(school.nurse)]}

    assert ask("get", f"{path}/days/{day.pk}/list", by=person).status_code == status
    assert ask("put", f"{path}/marks", {"sent_at": now, "marks": [mark]}, by=person).status_code == status
    assert ask("post", f"{path}/invitations", sent, by=person).status_code == status
    assert ask("post", f"{path}/participants/take_out", {"people": [str(place.pk)]}, by=person).status_code == status
    assert ask("put", f"{path}/marks", {"sent_at": now, "marks": [mark]}).status_code == 401
    assert (Mark.objects.count(), Enrolment.objects.count()) == (0, 1)
    assert len(gatherings_of(cohort)) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_completion_costs_the_same_for_one_and_three(ask, school, django_assert_num_queries, count):
    run = make_run(school.municipality, by=school.adviser, gatherings=1)
    for _number in range(count):
        make_participant(run, by=school.adviser, unit=school.unit)
    ask("get", f"cohorts/{run.pk}/completion", by=school.adviser)

    with django_assert_num_queries(12):
        ask("get", f"cohorts/{run.pk}/completion", by=school.adviser)
