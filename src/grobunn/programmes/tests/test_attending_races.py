"""Two at once: one person on two devices, a press and a withdrawal, two who tick the same list."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope

from grobunn.kernel import clock, ids
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of
from grobunn.programmes.models import Attendance, Day, Mark
from grobunn.programmes.services.attending import MarkGiven, attend_by_code, keep_marks
from grobunn.programmes.services.enrolling import withdraw
from grobunn.programmes.tests.factories import add_days, make_participant, make_run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cohort():
    municipality = MunicipalityFactory()
    with scope(municipality=municipality.pk):
        adviser = adviser_of(municipality)
        made = make_run(municipality, by=adviser)
        add_days(made, "Innovasjon", in_days=0, by=adviser, days=1)
        yield made


def at_once(municipality_id: Any, acts: Sequence[Callable[[], Any]], *, moment: Any) -> list[Any]:
    """What acts give, or what they refuse, when they are done at the same moment."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            with scope(municipality=municipality_id), clock.moved_to(moment):
                barrier.wait()
                return act()
        except TransitionRefused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def opening(day):
    return clock.at(day.on, day.starts) + timedelta(minutes=5)


def test_pressed_at_once_on_two_devices_is_one_mark(cohort):
    place = make_participant(cohort, by=adviser_of(cohort.municipality))
    day = Day.objects.select_related("gathering__cohort").get()

    made = at_once(
        cohort.municipality_id, [lambda: attend_by_code(day, place, actor=place.user)] * 4, moment=opening(day)
    )

    assert sorted(made) == [0, 0, 0, 1]
    assert Mark.objects.count() == 1


def test_pressing_while_the_place_is_given_up_is_before_it_or_refused(cohort):
    place = make_participant(cohort, by=adviser_of(cohort.municipality))
    day = Day.objects.select_related("gathering__cohort").get()

    pressed, _withdrawn = at_once(
        cohort.municipality_id,
        [lambda: attend_by_code(day, place, actor=place.user), lambda: withdraw(place, actor=place.user)],
        moment=opening(day),
    )

    place.refresh_from_db()
    assert place.state == "withdrawn"
    assert Mark.objects.count() == (pressed if pressed == 1 else 0)


def test_ticked_by_two_at_once_the_last_made_counts(cohort):
    adviser = adviser_of(cohort.municipality)
    people = [make_participant(cohort, by=adviser) for _number in range(3)]
    day = Day.objects.get()
    now = opening(day)

    def ticks(is_present: bool, seconds: int) -> list[MarkGiven]:
        made_at = now - timedelta(seconds=seconds)
        return [MarkGiven(ids.new_id(), day.pk, person.pk, is_present, made_at) for person in people]

    first, last = ticks(True, 20), ticks(False, 10)
    became = at_once(
        cohort.municipality_id,
        [
            lambda: keep_marks(cohort, first, sent_at=now, actor=adviser),
            lambda: keep_marks(cohort, list(reversed(last)), sent_at=now, actor=adviser),
            lambda: keep_marks(cohort, first, sent_at=now, actor=adviser),
        ],
        moment=now,
    )

    assert all(len(each.kept) == 3 for each in became)
    assert Mark.objects.count() == 6
    assert list(Attendance.objects.values_list("is_present", flat=True)) == [False] * 3
