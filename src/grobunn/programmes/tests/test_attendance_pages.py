"""The list of a day, who has completed, and what was done instead."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grobunn.kernel import ids
from grobunn.kernel.testing import run_jobs
from grobunn.programmes.models import Attendance, Day, Enrolment, MakeUp, Mark
from grobunn.programmes.services.programmes import make_cohort
from grobunn.programmes.tests.conftest import signed_in
from grobunn.programmes.tests.factories import add_days, make_participant

pytestmark = pytest.mark.django_db

RUN = "ledelsesskolen/kull-1/"


@pytest.fixture
def gathering(cohort, school):
    return add_days(cohort, "Innovasjon", in_days=-10, by=school.adviser)


def send_list(school, day, listed, *, present=(), before=(), by=None, key=None, **more):
    given = {"listed": [each.pk for each in listed], "present": [each.pk for each in present], **more}
    given |= {"before": [each.pk for each in before], "key": key or ids.new_id()}
    return school.send(by or school.adviser, f"{RUN}oppmote/?dag={day.pk}", **given)


def test_ticks_become_marks_once_however_often_the_list_is_sent(school, cohort, gathering):
    here, away = make_participant(cohort, by=school.adviser), make_participant(cohort, by=school.adviser)
    day = Day.objects.first()
    key = ids.new_id()

    for _sent in range(2):
        assert send_list(school, day, [here, away], present=[here], key=key).status_code == 302

    assert Mark.objects.get().enrolment_id == here.pk
    assert Attendance.objects.get().is_present
    assert "checked" in school.page(school.adviser, f"{RUN}oppmote/?dag={day.pk}").content.decode()


def test_two_who_mark_at_once_do_not_undo_each_other(school, cohort, gathering):
    one, other = make_participant(cohort, by=school.adviser), make_participant(cohort, by=school.adviser)
    day = Day.objects.first()

    send_list(school, day, [one, other], present=[one])
    send_list(school, day, [one, other], present=[other])  # Shown before the first was saved.
    assert Attendance.objects.filter(is_present=True).count() == 2

    send_list(school, day, [one, other], present=[other], before=[one, other])
    assert Attendance.objects.get(is_present=True).enrolment_id == other.pk


def test_a_guest_is_found_by_name_and_ticked(school, cohort, gathering):
    other = make_cohort(cohort.programme, name="Kull 2", actor=school.adviser)
    guest = Enrolment.objects.create(
        municipality=school.municipality, cohort=other, name="Kari Gjest", email="kari@example.org", state="enrolled"
    )
    day = Day.objects.first()

    found = send_list(school, day, [], guest="kari")
    page = signed_in(school.adviser).get(found["Location"]).content.decode()
    assert "Kari Gjest" in page
    send_list(school, day, [guest], present=[guest])

    assert Attendance.objects.get().enrolment_id == guest.pk
    assert "Kari Gjest" in school.page(school.adviser, f"{RUN}oppmote/?dag={day.pk}").content.decode()


def test_only_who_leads_or_runs_it_sees_lists(school, cohort, gathering):
    place = make_participant(cohort, by=school.adviser, user=school.leader)

    for path in ("oppmote/", "gjennomforing/"):
        assert school.page(school.leader, RUN + path).status_code == 403
        assert school.page(school.outsider, RUN + path).status_code == 404
    assert send_list(school, Day.objects.first(), [place], present=[place], by=school.leader).status_code == 403
    assert not Mark.objects.exists()


def test_a_list_that_is_not_one_is_refused(school, cohort, gathering):
    answer = school.send(school.adviser, f"{RUN}oppmote/", listed=["x"], present=["x"])

    assert answer.status_code == 422
    assert not Mark.objects.exists()


def test_a_make_up_is_handed_in_waits_and_counts(school, cohort, gathering):
    place = make_participant(cohort, by=school.adviser, user=school.leader)
    assert "Lacks Innovasjon" in school.page(school.leader, RUN).content.decode()

    school.send(school.leader, f"{RUN}samlinger/innovasjon/erstatning/", text="Jeg leste boka.")
    page = school.page(school.adviser, f"{RUN}gjennomforing/").content.decode()
    assert "Jeg leste boka." in page
    made = MakeUp.objects.get()
    assert school.send(school.leader, f"{RUN}gjennomforing/{made.pk}/godta/").status_code == 403
    for _pressed in range(2):
        school.send(school.adviser, f"{RUN}gjennomforing/{made.pk}/godta/")
    run_jobs()

    place.refresh_from_db()
    assert place.state == "completed"
    assert "you have completed" in school.page(school.leader, RUN).content.decode()


def test_who_has_no_place_hands_in_nothing(school, cohort, gathering):
    assert school.send(school.nurse, f"{RUN}samlinger/innovasjon/erstatning/", text="Hei").status_code == 403
    assert not MakeUp.objects.exists()


def test_who_has_not_completed_is_chosen_in_the_address_and_taken_out_as_a_file(school, cohort, gathering):
    done, lacks = make_participant(cohort, by=school.adviser), make_participant(cohort, by=school.adviser)
    for day in Day.objects.all():
        send_list(school, day, [done, lacks], present=[done])

    page = school.page(school.adviser, f"{RUN}gjennomforing/?vis=mangler").content.decode()
    assert lacks.name in page
    assert done.name not in page
    file = school.page(school.adviser, f"{RUN}gjennomforing/?vis=mangler&format=csv")
    text = b"".join(file.streaming_content).decode()
    assert lacks.name in text
    assert "Lacks Innovasjon" in text
    assert done.name not in text
    workbook = school.page(school.adviser, f"{RUN}gjennomforing/?format=xlsx")
    assert b"".join(workbook.streaming_content).startswith(b"PK")
    workbook.close()


@pytest.mark.parametrize(("people", "is_counted"), [(4, False), (5, True)])
def test_a_unit_is_counted_from_five_people(school, cohort, gathering, people, is_counted):
    for _number in range(people):
        make_participant(cohort, by=school.adviser, unit=school.unit)

    page = school.page(school.adviser, f"{RUN}gjennomforing/").content.decode()

    assert (f"{school.unit.name}: 0 of {people}" in page) == is_counted


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_one_and_three(school, cohort, count):
    for number in range(count):
        add_days(cohort, f"Samling {number}", in_days=7 * number - 30, by=school.adviser)
        make_participant(cohort, by=school.adviser, unit=school.unit)
    client = signed_in(school.adviser)

    costs = []
    for path in ("oppmote/", "gjennomforing/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(school.at(RUN + path)).status_code == 200
        costs.append(len(queries))

    assert costs == [15, 16]
