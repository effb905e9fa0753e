"""Programmes, cohorts and gatherings are made and changed over the API, by the same rules as on the pages."""

import pytest

from grobunn.programmes.models import Cohort, Gathering, Programme
from grobunn.programmes.tests.factories import make_run

pytestmark = pytest.mark.django_db

DAYS = [
    {"on": "2027-03-01", "starts": "09:00", "ends": "15:30"},
    {"on": "2027-03-02", "starts": "09:00", "ends": "15:00"},
]


def _programmes(school):
    return f"municipalities/{school.municipality.slug}/programmes"


@pytest.fixture
def cohort(school):
    return make_run(school.municipality, by=school.adviser, places=20)


def test_a_programme_and_its_cohort_are_made_once_each(ask, school):
    key = "0198c3a0-0000-7000-8000-000000000001"

    for _twice in range(2):
        made = ask("post", _programmes(school), {"name": "Ledelsesskolen", "key": key}, by=school.adviser)
    where = f"{_programmes(school)}/{made.json()['slug']}"
    run = ask("post", f"{where}/cohorts", {"name": "Kull 1", "places": 30}, by=school.adviser)

    assert (made.status_code, run.status_code) == (201, 201)
    assert (run.json()["state"], run.json()["places"], run.json()["gathering_count"]) == ("planned", 30, 0)
    assert (Programme.objects.count(), Cohort.objects.count()) == (1, 1)


def test_a_write_under_one_idempotency_key_is_done_once(ask, school):
    for _twice in range(2):
        made = ask(
            "post", _programmes(school), {"name": "Skolen"}, by=school.adviser, idempotency_key="samme-brev-to-ganger"
        )

    assert made.status_code == 201
    assert Programme.objects.count() == 1


def test_a_change_keeps_what_is_left_out_and_is_refused_on_an_old_version(ask, school, cohort):
    path = f"cohorts/{cohort.pk}"
    version = ask("get", path, by=school.adviser).json()["version"]

    changed = ask("patch", path, {"places": None, "version": version}, by=school.adviser).json()
    late = ask("patch", path, {"name": "Noe annet", "version": version}, by=school.adviser)
    nothing = ask("patch", path, {"name": None}, by=school.adviser)

    assert (changed["name"], changed["places"]) == ("Kull 1", None)
    assert (late.status_code, nothing.status_code) == (409, 422)
    assert Cohort.objects.get().name == "Kull 1"


def test_a_programme_is_changed_in_what_was_sent(ask, school, cohort):
    path = f"{_programmes(school)}/ledelsesskolen"

    changed = ask("patch", path, {"purpose": "Å lede sammen."}, by=school.adviser).json()

    assert (changed["name"], changed["purpose"], changed["is_open"]) == ("Ledelsesskolen", "Å lede sammen.", True)


def test_a_cohort_goes_its_way_and_is_copied(ask, school, cohort):
    path = f"cohorts/{cohort.pk}"

    begun = ask("post", f"{path}/steps/begin", by=school.adviser)
    again = ask("post", f"{path}/steps/begin", by=school.adviser)
    silent = ask("post", f"{path}/steps/cancel", by=school.adviser)
    copied = ask("post", f"{path}/copies", {"name": "Kull 2", "begins_on": "2027-09-01"}, by=school.adviser)

    assert (begun.json()["state"], again.status_code, silent.status_code) == ("running", 409, 422)
    assert (copied.status_code, copied.json()["state"]) == (201, "planned")


def test_a_gathering_is_made_moved_and_cancelled(ask, school, cohort):
    path = f"cohorts/{cohort.pk}/gatherings"
    sent = {"title": "Innovasjon", "is_about_innovation": True, "days": DAYS, "place": "Rådhuset"}

    made = ask("post", path, sent, by=school.adviser).json()
    twice = ask("post", path, {**sent, "topic": made["topic"]}, by=school.adviser)
    one = f"{path}/{made['topic']}"
    moved = ask("put", f"{one}/days", {"days": DAYS[:1], "version": made["version"]}, by=school.adviser).json()
    late = ask("put", f"{one}/days", {"days": DAYS, "version": made["version"]}, by=school.adviser)
    cancelled = ask("post", f"{one}/steps/cancel", {"reason": "Streik."}, by=school.adviser).json()
    back = ask("post", f"{one}/steps/put_back", by=school.adviser).json()

    assert (len(made["days"]), len(moved["days"]), moved["sequence"]) == (2, 1, made["sequence"] + 1)
    assert (twice.status_code, late.status_code) == (422, 409)
    assert (cancelled["is_cancelled"], cancelled["cancel_reason"], back["is_cancelled"]) == (True, "Streik.", False)


@pytest.mark.parametrize(
    ("days", "pointer"),
    [
        ([{"on": "2027-03-01", "starts": "15:00", "ends": "09:00"}], "/days"),
        ([DAYS[0], DAYS[0]], "/days"),
        ([], "/days"),
    ],
)
def test_a_gathering_with_days_that_cannot_be_is_refused(ask, school, cohort, days, pointer):
    sent = {"title": "Innovasjon", "days": days}

    answer = ask("post", f"cohorts/{cohort.pk}/gatherings", sent, by=school.adviser)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith(pointer)
    assert not Gathering.objects.exists()


def test_what_belongs_to_a_gathering_is_added_and_taken_away(ask, school, cohort):
    made = ask("post", f"cohorts/{cohort.pk}/gatherings", {"title": "Én", "days": DAYS}, by=school.adviser).json()
    one = f"cohorts/{cohort.pk}/gatherings/{made['topic']}"
    session = {"day": made["days"][0]["id"], "starts": "09:00", "ends": "10:00", "title": "Velkommen"}

    ask("post", f"{one}/sessions", session, by=school.adviser)
    ask("post", f"{one}/facilitators", {"email": school.nurse.email}, by=school.adviser)
    # Whoever leads the gathering may fill it; who leads it, the adviser says.
    ask("post", f"{one}/material", {"title": "Les", "url": "https://example.org/a"}, by=school.nurse)
    refused = ask("post", f"{one}/facilitators", {"name": "Noen"}, by=school.nurse)
    whole = ask("get", one, by=school.leader).json()

    assert refused.status_code == 403
    assert [each["title"] for each in whole["days"][0]["sessions"]] == ["Velkommen"]
    assert [each["name"] for each in whole["facilitators"]] == [school.nurse.name]
    assert [(each["title"], each["is_file"]) for each in whole["material"]] == [("Les", False)]
    left = ask("delete", f"{one}/material/{whole['material'][0]['id']}", by=school.nurse).json()
    assert left["material"] == []
    assert ask("delete", f"{one}/sessions/{cohort.pk}", by=school.nurse).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("outsider", 404)])
def test_running_it_is_for_the_adviser(ask, school, cohort, who, status):
    person = getattr(school, who)
    path = f"cohorts/{cohort.pk}"

    assert ask("patch", path, {"name": "Mitt"}, by=person).status_code == status
    assert ask("post", f"{path}/steps/cancel", {"reason": "Nei"}, by=person).status_code == status
    assert ask("post", f"{path}/gatherings", {"title": "En", "days": DAYS}, by=person).status_code == status
    assert ask("post", _programmes(school), {"name": "Mitt"}, by=person).status_code == 403
    assert ask("patch", path, {"name": "Mitt"}).status_code == 401
    reads = frozenset({"programmes:read"})
    assert ask("patch", path, {"name": "Mitt"}, by=school.adviser, scopes=reads).status_code == 403
    assert (Cohort.objects.get().name, Gathering.objects.count(), Programme.objects.count()) == ("Kull 1", 0, 1)
