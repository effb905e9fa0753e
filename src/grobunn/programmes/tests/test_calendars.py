"""Calendars, notices of changes and reminders follow what happens to gatherings."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.programmes.models import Day, Gathering
from grobunn.programmes.services.enrolling import withdraw
from grobunn.programmes.services.gatherings import cancel_gathering, move_gathering, put_back_gathering
from grobunn.programmes.services.programmes import DayGiven
from grobunn.programmes.services.reminders import remind_of_gatherings
from grobunn.programmes.tests.conftest import signed_in
from grobunn.programmes.tests.factories import make_participant, make_run

pytestmark = pytest.mark.django_db


def _events(school, key, **headers):
    answer = signed_in(None).get(school.at(f"kalender/{key}.ics"), headers=headers)
    assert answer.status_code == 200
    calendar = Calendar.from_ical(answer.content)
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Oslo"]
    return answer, calendar.walk("VEVENT")


def test_a_moved_and_a_cancelled_gathering_is_told_as_such(school):
    cohort = make_run(school.municipality, by=school.adviser, gatherings=1)
    enrolment = make_participant(cohort, by=school.adviser, user=school.leader)
    gathering = Gathering.objects.get()
    _answer, before = _events(school, enrolment.feed_key)

    days = [DayGiven(on=day.on + timedelta(days=7), starts=day.starts, ends=day.ends) for day in Day.objects.all()]
    move_gathering(gathering, days, version=None, actor=school.adviser)
    _answer, moved = _events(school, enrolment.feed_key)
    cancel_gathering(gathering, reason="Sykdom", actor=school.adviser)
    _answer, cancelled = _events(school, enrolment.feed_key)

    assert [str(event["UID"]) for event in moved] == [str(event["UID"]) for event in before]
    assert moved[0]["DTSTART"].dt - before[0]["DTSTART"].dt == timedelta(days=7)
    assert moved[0]["DTSTART"].params["TZID"] == "Europe/Oslo"
    assert [event[0]["SEQUENCE"] for event in (before, moved, cancelled)] == [0, 1, 2]
    assert [event[0]["STATUS"] for event in (before, moved, cancelled)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_a_feed_is_not_sent_again_while_it_says_the_same(school):
    cohort = make_run(school.municipality, by=school.adviser, gatherings=1)
    answer, _events_there = _events(school, cohort.feed_key)
    address = school.at(f"kalender/{cohort.feed_key}.ics")
    same = signed_in(None).get(address, headers={"if-none-match": answer["ETag"]})

    cancel_gathering(Gathering.objects.get(), reason="Sykdom", actor=school.adviser)
    other = signed_in(None).get(address, headers={"if-none-match": answer["ETag"]})

    assert (same.status_code, same.content, other.status_code) == (304, b"", 200)


def test_a_feed_ends_with_the_place_and_in_line_it_is_tentative(school):
    cohort = make_run(school.municipality, by=school.adviser, gatherings=1, places=1)
    first = make_participant(cohort, by=school.adviser, user=school.leader)
    second = make_participant(cohort, by=school.adviser, user=school.nurse)
    _answer, waiting = _events(school, second.feed_key)

    withdraw(first, actor=school.leader)

    assert waiting[0]["STATUS"] == "TENTATIVE"
    assert _events(school, first.feed_key)[1] == []
    assert _events(school, second.feed_key)[1][0]["STATUS"] == "CONFIRMED"


def test_the_words_are_in_the_readers_language(school):
    cohort = make_run(school.municipality, by=school.adviser, gatherings=1)
    school.leader.language = "en"
    school.leader.save(update_fields=["language"])
    enrolment = make_participant(cohort, by=school.adviser, user=school.leader)

    assert _events(school, enrolment.feed_key)[1][0]["SUMMARY"] == "Samling 1 (day 1 of 2)"


def test_a_secret_that_is_nobodys_is_not_found(school):
    assert signed_in(None).get(school.at("kalender/gjettet.ics")).status_code == 404


def test_those_who_come_are_told_of_changes_once_and_others_not(school):
    cohort = make_run(school.municipality, by=school.adviser, gatherings=1)
    make_participant(cohort, by=school.adviser, user=school.leader)
    gone = make_participant(cohort, by=school.adviser, user=school.nurse)
    withdraw(gone, actor=school.nurse)
    gathering = Gathering.objects.get()

    cancel_gathering(gathering, reason="Sykdom", actor=school.adviser)
    cancel_gathering(gathering, reason="Sykdom", actor=school.adviser)
    put_back_gathering(gathering, actor=school.adviser)
    run_jobs()

    told = Notice.objects.filter(kind="programmes.gathering").order_by("created_at", "id")
    assert [(row.recipient, row.data["what"]) for row in told] == [
        (school.leader, "cancelled"),
        (school.leader, "put_back"),
    ]


def test_reminders_come_a_week_and_a_day_before_once_each(school):
    with clock.moved_to(datetime(2027, 3, 1, 8, tzinfo=UTC)):
        cohort = make_run(school.municipality, by=school.adviser, gatherings=1)
        make_participant(cohort, by=school.adviser, user=school.leader)

    for day in range(1, 16):
        with clock.moved_to(datetime(2027, 3, day, 8, tzinfo=UTC)):
            remind_of_gatherings()
            remind_of_gatherings()

    told = Notice.objects.filter(kind="programmes.soon").order_by("id")
    assert [row.data["when"] for row in told] == ["week", "tomorrow"]
