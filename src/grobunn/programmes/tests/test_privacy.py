"""What is held about people in programmes, and until when: each promise of the README."""

from datetime import timedelta

import pytest

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock, ids
from grobunn.programmes.holdings import held_about
from grobunn.programmes.models import Attendance, Day, Diploma, Enrolment, MakeUp, Mark, TeamMember
from grobunn.programmes.queries.completion import completion_of
from grobunn.programmes.services.attending import MarkGiven, record_marks
from grobunn.programmes.services.changing import step
from grobunn.programmes.services.completing import hand_in_make_up, settle
from grobunn.programmes.services.retention import forget_attendance
from grobunn.programmes.services.teams import make_team
from grobunn.programmes.tests.factories import add_days, make_participant, make_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(school):
    """The leader's place, completed: there on the one day, and the cohort is finished."""
    cohort = make_run(school.municipality, by=school.adviser)
    gathering = add_days(cohort, "Én", in_days=-3, by=school.adviser, days=1)
    enrolment = make_participant(cohort, by=school.adviser, user=school.leader)
    make_team(cohort, name="Laget", members=[enrolment], actor=school.adviser)
    mark = MarkGiven(ids.new_id(), Day.objects.get().pk, enrolment.pk, is_present=True, made_at=clock.now())
    record_marks(cohort, [mark], sent_at=clock.now(), actor=school.adviser)
    hand_in_make_up(enrolment, gathering, text="Leste boka.", actor=school.leader)
    settle(enrolment)
    step(cohort, "begin", actor=school.adviser)
    step(cohort, "finish", actor=school.adviser)
    return Enrolment.objects.select_related("cohort").get(pk=enrolment.pk)


def test_what_is_held_is_told_to_the_person_and_to_nobody_else(place, school):
    held = held_about(school.leader)

    assert [row["state"] for row in held["places"]] == ["completed"]
    assert [(row["gathering"], row["present"]) for row in held["attendance"]] == [("Én", True)]
    assert [(row["text"], row["accepted"]) for row in held["make_ups"]] == [("Leste boka.", False)]
    assert held["teams"] == ["Laget"]
    assert not any(held_about(UserFactory()).values())


def test_attendance_ends_two_years_after_the_cohort_and_completion_stays(place):
    with clock.moved_to(clock.now() + timedelta(days=720)):
        assert forget_attendance() == 0
    with clock.moved_to(clock.now() + timedelta(days=740)):
        assert forget_attendance() == 1
        settle(place)
        place.refresh_from_db()
        assert completion_of(place.cohort, [place])[place.pk].is_complete is True

    assert place.state == "completed"
    assert not any(kind.objects.exists() for kind in (Mark, Attendance, MakeUp))
    assert Diploma.objects.get().withdrawn_at is None


def test_a_deleted_account_leaves_neither_name_nor_words(place, school):
    school.leader.delete()

    place.refresh_from_db()
    assert (place.name, place.user, place.organisation) == ("–", None, "")
    assert school.leader.email not in place.email
    assert MakeUp.objects.get().text == "–"
    assert place.state == "completed"
    assert TeamMember.objects.filter(enrolment=place).exists()
