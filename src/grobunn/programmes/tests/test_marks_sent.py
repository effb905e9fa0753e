"""What a device sends from a list: kept once, each tick by itself, and by nobody who may not."""

import json
from datetime import timedelta

import pytest

from grobunn.kernel import clock, ids
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.programmes.models import Attendance, Day, Mark
from grobunn.programmes.services.enrolling import withdraw
from grobunn.programmes.services.programmes import make_cohort
from grobunn.programmes.tests.conftest import signed_in
from grobunn.programmes.tests.factories import add_days, make_participant

pytestmark = pytest.mark.django_db

RUN = "ledelsesskolen/kull-1/"


@pytest.fixture
def day(cohort, school):
    return Day.objects.filter(gathering=add_days(cohort, "Innovasjon", in_days=0, by=school.adviser)).first()


@pytest.fixture
def place(cohort, school):
    return make_participant(cohort, by=school.adviser)


def milliseconds(moment):
    return round(moment.timestamp() * 1000)


def tick(day, place, *, present=True, at=None):
    made_at = milliseconds(at or clock.now())
    return {"id": str(ids.new_id()), "day": str(day.pk), "person": str(place.pk), "present": present, "at": made_at}


def send(school, items, *, by=None, owner=None, run=RUN, sent_at=None):
    user = by or school.adviser
    parcel = {"owner": str((owner or user).pk), "sent_at": milliseconds(sent_at or clock.now()), "items": items}
    return signed_in(user).post(school.at(f"{run}oppmote/send/"), json.dumps(parcel), content_type="application/json")


def test_ticks_sent_twice_are_kept_once(school, day, place):
    on, off = tick(day, place, at=clock.now() - timedelta(seconds=9)), tick(day, place, present=False)

    for items in ([off], [on, off], [on]):
        answer = send(school, items).json()
        assert answer == {"kept": [each["id"] for each in items], "void": [], "refused": [], "offset": 0}

    assert Mark.objects.count() == 2
    assert not Attendance.objects.get().is_present


def test_one_that_is_not_on_the_list_keeps_back_no_other(school, cohort, day, place):
    other = make_cohort(cohort.programme, name="Kull 2", actor=school.adviser)
    other_day = Day.objects.filter(gathering=add_days(other, "Innovasjon", in_days=0, by=school.adviser)).first()
    elsewhere = tick(other_day, place)
    unreadable = {**tick(day, place), "present": 1}
    good = tick(day, place)

    answer = send(school, [elsewhere, unreadable, good]).json()

    assert answer["kept"] == [good["id"]]
    assert answer["refused"] == [elsewhere["id"], unreadable["id"]]
    assert Mark.objects.get().day_id == day.pk


def test_a_wrong_clock_is_told_to_the_device_and_set_right(school, day, place):
    wrong = clock.now() - timedelta(hours=3)

    answer = send(school, [tick(day, place, at=wrong - timedelta(minutes=1))], sent_at=wrong).json()

    assert round(answer["offset"] / 60_000) == 180
    assert abs(Mark.objects.get().made_at - (clock.now() - timedelta(minutes=1))) < timedelta(minutes=1)


def test_who_withdrew_yesterday_is_off_the_list_and_a_late_tick_is_kept(school, cohort, day, place):
    withdraw(place, actor=place.user)
    late = tick(day, place, at=clock.now() - timedelta(days=1))

    assert send(school, [late]).json()["kept"] == [late["id"]]

    assert Mark.objects.count() == 1
    assert place.name not in school.page(school.adviser, f"{RUN}oppmote/?dag={day.pk}").content.decode()


def test_another_who_has_signed_in_sends_nothing_of_the_owners(school, day, place):
    answer = send(school, [tick(day, place)], owner=school.leader)

    assert answer.status_code == 409
    assert not Mark.objects.exists()


def test_only_who_leads_or_runs_it_sends(school, cohort, day, place):
    items = [tick(day, place)]

    assert send(school, items, by=place.user).status_code == 403
    assert send(school, items, by=school.outsider).status_code == 404
    assert send(school, items, run="ledelsesskolen/kull-9/").status_code == 404
    elsewhere = MunicipalityFactory()
    answer = signed_in(school.adviser).get(f"/{elsewhere.slug}/programmer/{RUN}oppmote/send/")
    assert answer.status_code == 404
    assert not Mark.objects.exists()


def test_what_is_no_parcel_is_refused_and_a_fresh_token_is_given(school, cohort):
    client, at = signed_in(school.adviser), school.at(f"{RUN}oppmote/send/")

    assert client.post(at, "{", content_type="application/json").status_code == 400
    assert client.get(at).json()["owner"] == str(school.adviser.pk)
    assert signed_in(None).get(at).status_code == 302


def test_a_device_hears_who_others_have_ticked(school, cohort, day, place):
    away = make_participant(cohort, by=school.adviser)
    send(school, [tick(day, place), tick(day, away), tick(day, away, present=False)])
    client, at = signed_in(school.adviser), school.at(f"{RUN}oppmote/send/")

    assert client.get(at, {"dag": str(day.pk)}).json()["present"] == [str(place.pk)]
    for other in ("", "x", str(ids.new_id())):
        assert client.get(at, {"dag": other}).json()["present"] == []


def test_list_tells_the_device_whose_it_is_and_where_to_send(school, day, place):
    page = school.page(school.adviser, f"{RUN}oppmote/").content.decode()

    assert f'data-owner="{school.adviser.pk}"' in page
    assert f'data-address="{school.at(RUN)}oppmote/send/"' in page
    assert f'data-day="{day.pk}"' in page
