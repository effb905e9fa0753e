"""Marks of attendance, and what follows from them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django_scopes import scope
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock, ids
from grobunn.kernel.testing import run_jobs
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of
from grobunn.programmes.models import Attendance, Day, Diploma, Gathering, Mark
from grobunn.programmes.queries.completion import completion_of
from grobunn.programmes.services.attending import CodeIsClosed, MarkGiven, NotOnTheList, attend_by_code, record_marks
from grobunn.programmes.services.completing import accept_make_up, hand_in_make_up
from grobunn.programmes.services.programmes import make_cohort
from grobunn.programmes.states import EnrolmentState
from grobunn.programmes.tests.factories import add_days, make_participant, make_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(municipality, adviser):
    return make_run(municipality, by=adviser)


def mark(day, enrolment, is_present=True, made_at=None, mark_id=None):
    return MarkGiven(mark_id or ids.new_id(), day.pk, enrolment.pk, is_present, made_at or clock.now())


def attend(cohort, enrolment, *days, by, is_present=True):
    marks = [mark(day, enrolment, is_present) for day in days]
    record_marks(cohort, marks, sent_at=clock.now(), actor=by)
    run_jobs()
    enrolment.refresh_from_db()


def days_of(gathering):
    return list(Day.objects.filter(gathering=gathering))


def test_a_mark_sent_twice_is_kept_once(cohort, adviser):
    enrolment = make_participant(cohort, by=adviser)
    day = days_of(add_days(cohort, "Innovasjon", in_days=0, by=adviser))[0]
    one = mark(day, enrolment)

    assert record_marks(cohort, [one], sent_at=clock.now(), actor=adviser) == 1
    assert record_marks(cohort, [one], sent_at=clock.now(), actor=adviser) == 0

    assert Mark.objects.count() == 1
    assert Attendance.objects.get().is_present


def test_a_wrong_clock_is_set_right(cohort, adviser):
    enrolment = make_participant(cohort, by=adviser)
    day = days_of(add_days(cohort, "Innovasjon", in_days=0, by=adviser))[0]
    wrong = clock.now() - timedelta(days=400)

    record_marks(cohort, [mark(day, enrolment, made_at=wrong)], sent_at=wrong, actor=adviser)

    assert abs(Mark.objects.get().made_at - clock.now()) < timedelta(minutes=5)


def test_marks_of_another_list_are_refused_and_none_is_kept(cohort, adviser, municipality):
    enrolment = make_participant(cohort, by=adviser)
    day = days_of(add_days(cohort, "Innovasjon", in_days=0, by=adviser))[0]
    other = make_cohort(cohort.programme, name="Kull 2", actor=adviser)
    other_day = days_of(add_days(other, "Innovasjon", in_days=0, by=adviser))[0]

    with pytest.raises(NotOnTheList):
        record_marks(cohort, [mark(day, enrolment), mark(other_day, enrolment)], sent_at=clock.now(), actor=adviser)

    assert not Mark.objects.exists()


def test_participants_do_not_mark_each_other(cohort, adviser):
    enrolment = make_participant(cohort, by=adviser)
    day = days_of(add_days(cohort, "Innovasjon", in_days=0, by=adviser))[0]

    with pytest.raises(PermissionDenied):
        record_marks(cohort, [mark(day, enrolment)], sent_at=clock.now(), actor=enrolment.user)

    assert not Mark.objects.exists()


def test_code_on_the_wall_is_for_the_day_itself(cohort, adviser):
    enrolment = make_participant(cohort, by=adviser)
    day = days_of(add_days(cohort, "Innovasjon", in_days=3, by=adviser))[0]

    with pytest.raises(CodeIsClosed):
        attend_by_code(day, enrolment, actor=enrolment.user)
    with clock.moved_to(clock.at(day.on, day.starts)):
        assert attend_by_code(day, enrolment, actor=enrolment.user) == 1
        assert attend_by_code(day, enrolment, actor=enrolment.user) == 0


def test_who_missed_gathering_three_is_told_what_remains(cohort, adviser):
    gatherings = [add_days(cohort, f"Samling {number}", in_days=-30 + 3 * number, by=adviser) for number in range(1, 6)]
    enrolment = make_participant(cohort, by=adviser)
    for gathering in gatherings:
        if gathering != gatherings[2]:
            attend(cohort, enrolment, *days_of(gathering), by=adviser)

    (left,) = completion_of(cohort)[enrolment.pk].remains

    assert left.gathering == gatherings[2]
    assert left.missed == 2
    assert enrolment.state == EnrolmentState.ENROLLED


def test_same_topic_in_another_cohort_makes_up(cohort, adviser):
    add_days(cohort, "Innovasjon", in_days=-10, by=adviser, topic="innovasjon")
    enrolment = make_participant(cohort, by=adviser)
    other = make_cohort(cohort.programme, name="Kull 2", actor=adviser)
    elsewhere = days_of(add_days(other, "Innovasjon", in_days=-5, by=adviser, topic="innovasjon"))

    attend(other, enrolment, elsewhere[0], by=adviser)
    assert enrolment.state == EnrolmentState.ENROLLED

    attend(other, enrolment, elsewhere[1], by=adviser)
    assert enrolment.state == EnrolmentState.COMPLETED


def test_make_up_counts_when_it_is_accepted(cohort, adviser):
    gathering = add_days(cohort, "Innovasjon", in_days=-10, by=adviser)
    enrolment = make_participant(cohort, by=adviser)

    made = hand_in_make_up(enrolment, gathering, text="Jeg prøvde metoden med teamet mitt.", actor=enrolment.user)
    run_jobs()
    assert completion_of(cohort)[enrolment.pk].remains[0].waits

    accept_make_up(made, actor=adviser)
    run_jobs()
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.COMPLETED
    assert Diploma.objects.get(enrolment=enrolment).withdrawn_at is None


def test_a_mark_put_right_takes_the_diploma_back_and_gives_it_again(cohort, adviser):
    days = days_of(add_days(cohort, "Innovasjon", in_days=-10, by=adviser))
    enrolment = make_participant(cohort, by=adviser)
    attend(cohort, enrolment, *days, by=adviser)
    number = Diploma.objects.get().number

    attend(cohort, enrolment, days[1], by=adviser, is_present=False)
    assert enrolment.state == EnrolmentState.ENROLLED
    assert Diploma.objects.get().withdrawn_at is not None

    attend(cohort, enrolment, days[1], by=adviser)
    assert enrolment.state == EnrolmentState.COMPLETED
    assert (Diploma.objects.get().number, Diploma.objects.get().withdrawn_at) == (number, None)


def test_a_cancelled_gathering_is_not_asked_for(cohort, adviser):
    gathering = add_days(cohort, "Innovasjon", in_days=-10, by=adviser)
    enrolment = make_participant(cohort, by=adviser)
    Gathering.objects.filter(pk=gathering.pk).update(cancelled_at=clock.now())

    assert completion_of(cohort)[enrolment.pk].is_complete


def test_completion_costs_the_same_for_few_and_many(cohort, adviser, django_assert_num_queries):
    for number in range(3):
        add_days(cohort, f"Samling {number}", in_days=-30 + 3 * number, by=adviser)
    people = [make_participant(cohort, by=adviser) for _number in range(4)]

    for some in (people[:1], people):
        with django_assert_num_queries(4):
            assert len(completion_of(cohort, some)) == len(some)


class AnyOrder(TestCase):
    """Whatever order marks come in, and however often, the same stands there."""

    @settings(max_examples=12)
    @given(st.data())
    def test_last_made_counts(self, data):
        municipality = MunicipalityFactory()
        with scope(municipality=municipality.pk):
            adviser = adviser_of(municipality)
            cohort = make_run(municipality, by=adviser)
            enrolment = make_participant(cohort, by=adviser, user=UserFactory())
            day = days_of(add_days(cohort, "Innovasjon", in_days=0, by=adviser))[0]
            now = clock.now()
            minutes = data.draw(st.lists(st.integers(1, 500), min_size=1, max_size=6, unique=True))
            said = data.draw(st.lists(st.booleans(), min_size=len(minutes), max_size=len(minutes)))
            marks = [
                mark(day, enrolment, is_present, now - timedelta(minutes=minute))
                for minute, is_present in zip(minutes, said, strict=True)
            ]
            sent = data.draw(st.permutations([*marks, *data.draw(st.lists(st.sampled_from(marks), max_size=4))]))
            for one in sent:
                record_marks(cohort, [one], sent_at=now, actor=adviser)

            assert Mark.objects.filter(day=day).count() == len(marks)
            assert Attendance.objects.get(day=day).is_present == said[minutes.index(min(minutes))]
