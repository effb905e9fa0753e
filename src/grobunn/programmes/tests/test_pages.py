"""The pages of programmes, cohorts and gatherings: who sees what, and what is made there."""

from datetime import date, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from grobunn.kernel import clock
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of
from grobunn.programmes.models import Cohort, Day, Facilitator, Gathering, Material, Programme, Session
from grobunn.programmes.services.programmes import make_cohort, make_programme
from grobunn.programmes.tests.conftest import signed_in
from grobunn.programmes.tests.factories import add_days, make_participant, make_run

pytestmark = pytest.mark.django_db

RUN = "ledelsesskolen/kull-1/"


def test_an_open_programme_is_read_by_everybody_without_who_takes_part(school):
    cohort = make_run(school.municipality, by=school.adviser, gatherings=1)
    make_participant(cohort, by=school.adviser, user=school.leader)

    answer = school.page(None, "ledelsesskolen/")

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Samling 1" in text
    assert school.leader.name not in text
    assert school.page(school.outsider, RUN).status_code == 404


def test_a_closed_programme_is_for_colleagues(school):
    make_programme(school.municipality, name="Internt", actor=school.adviser, is_open=False)

    assert "Internt" not in school.page(None).content.decode()
    assert school.page(None, "internt/").status_code == 404
    assert school.page(school.nurse, "internt/").status_code == 200


def test_an_external_sees_their_own_cohort_and_no_other(school):
    cohort = make_run(school.municipality, by=school.adviser)
    make_cohort(cohort.programme, name="Kull 2", actor=school.adviser)
    make_participant(cohort, by=school.adviser, user=school.outsider, is_external=True)

    assert school.page(school.outsider, RUN).status_code == 200
    assert school.page(school.outsider, "ledelsesskolen/kull-2/").status_code == 404


def test_the_adviser_makes_a_programme_a_cohort_and_a_gathering(school):
    begins = clock.today() + timedelta(days=30)

    school.send(
        school.adviser, "ny/", name="Ledelsesskolen", kind="programme", guiding_question="Hva vil det si?", is_open="on"
    )
    school.send(school.adviser, "ledelsesskolen/ny/", name="Kull 1", most_missed_days="0", places="20")
    school.send(
        school.adviser,
        f"{RUN}ny-samling/",
        title="Om innovasjon",
        first_on=begins.isoformat(),
        day_count="2",
        starts="09:00",
        ends="15:00",
        is_about_innovation="on",
        is_required="on",
    )

    gathering = Gathering.objects.get()
    assert Programme.objects.get().guiding_question == "Hva vil det si?"
    assert (Cohort.objects.get().places, gathering.is_about_innovation, gathering.topic) == (20, True, "om-innovasjon")
    assert [day.on for day in Day.objects.all()] == [begins, begins + timedelta(days=1)]


def test_a_colleague_may_look_and_not_change(school):
    make_run(school.municipality, by=school.adviser, gatherings=1)

    assert school.page(school.nurse, f"{RUN}samlinger/samling-1/").status_code == 200
    assert school.send(school.nurse, f"{RUN}samlinger/samling-1/avlys/", reason="Nei").status_code == 403
    assert school.send(school.nurse, "ny/", name="Mitt", kind="programme").status_code == 403

    assert Gathering.objects.get().cancelled_at is None
    assert Programme.objects.count() == 1


def test_another_municipality_does_not_find_the_cohort(school):
    make_run(school.municipality, by=school.adviser)
    other = MunicipalityFactory()
    with scope(municipality=other.pk):
        theirs = adviser_of(other)

    answer = school.send(theirs, f"{RUN}endre/", name="Vårt")

    assert answer.status_code == 404
    assert Cohort.objects.get().name == "Kull 1"


def test_a_programme_changed_by_two_at_once_keeps_the_first(school):
    make_run(school.municipality, by=school.adviser)
    given = {"kind": "programme", "version": "1", "is_open": "on"}

    first = school.send(school.adviser, "ledelsesskolen/endre/", name="Lederskolen", **given)
    second = school.send(school.adviser, "ledelsesskolen/endre/", name="Skolen", **given)

    assert (first.status_code, second.status_code) == (302, 422)
    assert Programme.objects.get().name == "Lederskolen"


def test_a_cohort_takes_its_steps(school):
    cohort = make_run(school.municipality, by=school.adviser)

    school.send(school.adviser, f"{RUN}steg/begin/", version=str(cohort.version))
    refused = school.send(school.adviser, f"{RUN}steg/cancel/", version=str(cohort.version + 1), reason="")

    assert refused.status_code == 422
    assert Cohort.objects.get().state == "running"


def test_a_gathering_is_moved_cancelled_and_held_after_all(school):
    make_run(school.municipality, by=school.adviser, gatherings=1)
    to = clock.today() + timedelta(days=60)
    page = f"{RUN}samlinger/samling-1/"

    school.send(school.adviser, f"{page}flytt/", version="1", on_1=to.isoformat(), starts_1="10:00", ends_1="14:00")
    moved = Gathering.objects.get()
    school.send(school.adviser, f"{page}avlys/", reason="Sykdom")
    cancelled = Gathering.objects.get()
    school.send(school.adviser, f"{page}hold-likevel/")
    held = Gathering.objects.get()

    assert list(Day.objects.values_list("on", "starts", "ends")) == [(to, time(10), time(14))]
    assert [each.sequence for each in (moved, cancelled, held)] == [1, 2, 3]
    assert cancelled.cancel_reason == "Sykdom"
    assert held.cancelled_at is None


def test_what_is_on_a_day_goes_along_when_it_is_moved(school):
    make_run(school.municipality, by=school.adviser, gatherings=1)
    day = Day.objects.first()
    page = f"{RUN}samlinger/samling-1/"
    school.send(
        school.adviser, f"{page}program/ny/", day=day.pk, starts="09:00", ends="10:00", title="Velkommen", who="Rektor"
    )

    # The second day becomes the first one's date: nothing collides on the way.
    next_day = day.on + timedelta(days=1)
    days = {"on_1": next_day, "on_2": next_day + timedelta(days=1)}
    times = {f"{name}_{n}": value for n in (1, 2) for name, value in (("starts", "09:00"), ("ends", "15:00"))}
    school.send(school.adviser, f"{page}flytt/", version="1", **{k: v.isoformat() for k, v in days.items()}, **times)

    assert Session.objects.get().day.on == next_day


def test_facilitators_and_material_are_added_and_taken_away(school):
    make_run(school.municipality, by=school.adviser, gatherings=1)
    page = f"{RUN}samlinger/samling-1/"

    school.send(school.adviser, f"{page}prosessledere/ny/", email=school.leader.email)
    school.send(school.leader, f"{page}materiell/ny/", title="Les dette", url="https://example.org/les")
    file = SimpleUploadedFile("ark.txt", b"Hei")
    school.send(school.leader, f"{page}materiell/ny/", title="Ark", file=file)

    link, kept = Material.objects.order_by("title").reverse()
    answer = school.page(school.nurse, f"{page}materiell/{kept.pk}/")
    assert b"".join(answer.streaming_content) == b"Hei"
    assert answer["Content-Disposition"] == 'attachment; filename="ark.txt"'
    school.send(school.leader, f"{page}materiell/{link.pk}/fjern/")
    assert list(Material.objects.all()) == [kept]
    assert school.send(school.leader, f"{page}prosessledere/ny/", name="Ola").status_code == 403
    assert Facilitator.objects.get().user == school.leader


def test_a_cohort_is_copied_with_its_days_moved(school):
    cohort = make_run(school.municipality, by=school.adviser, gatherings=2)
    make_participant(cohort, by=school.adviser)
    first = Day.objects.order_by("on").first().on
    key = "0190b5a4-7c3e-7d2a-8f00-000000000001"

    for _sent_twice in range(2):
        school.send(
            school.adviser, f"{RUN}kopier/", name="Kull 2", begins_on=(first + timedelta(days=365)).isoformat(), key=key
        )

    made = Cohort.objects.get(slug="kull-2")
    days = Day.objects.filter(gathering__cohort=made).order_by("on")
    assert [day.on for day in days] == [
        day.on + timedelta(days=365) for day in Day.objects.filter(gathering__cohort=cohort).order_by("on")
    ]
    assert list(Gathering.objects.filter(cohort=made).values_list("topic", flat=True)) == ["samling-1", "samling-2"]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_one_and_three(school, count):
    cohort = make_run(school.municipality, by=school.adviser)
    for number in range(count):
        make_programme(school.municipality, name=f"Program {number}", actor=school.adviser)
        add_days(cohort, f"Samling {number}", in_days=7 * number + 1, by=school.adviser)
        make_cohort(cohort.programme, name=f"Kull {number + 2}", actor=school.adviser)
    client = signed_in(school.adviser)

    costs = []
    for path in ("", "ledelsesskolen/", f"{RUN}samlinger/"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(school.at(path)).status_code == 200
        costs.append(len(queries))

    assert costs == [9, 6, 11]


def test_a_gathering_says_its_days_in_few_words(school):
    cohort = make_run(school.municipality, by=school.adviser)
    gathering = add_days(cohort, "Samling", in_days=1, by=school.adviser)
    for day, on in zip(Day.objects.filter(gathering=gathering), (date(2027, 3, 3), date(2027, 3, 4)), strict=True):
        Day.objects.filter(pk=day.pk).update(on=on)

    assert "3–4 March 2027" in school.page(school.leader, f"{RUN}samlinger/").content.decode()
