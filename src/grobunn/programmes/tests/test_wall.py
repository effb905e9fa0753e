"""The code on the wall: shown, opened, pressed; by whom, when, and by nobody else."""

from datetime import timedelta

import pytest

from grobunn.kernel import clock
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.programmes.answering import answer_page
from grobunn.programmes.models import Attendance, Day, Enrolment, Gathering, Mark
from grobunn.programmes.models.attendance import Via
from grobunn.programmes.services.enrolling import withdraw
from grobunn.programmes.services.programmes import make_cohort
from grobunn.programmes.tests.conftest import signed_in
from grobunn.programmes.tests.factories import add_days, make_participant
from grobunn.programmes.wall import code_of, day_of_code, here_page

pytestmark = pytest.mark.django_db

RUN = "ledelsesskolen/kull-1/"


@pytest.fixture
def day(cohort, school):
    add_days(cohort, "Innovasjon", in_days=2, by=school.adviser)
    return Day.objects.select_related("gathering__cohort__programme__municipality").order_by("on").first()


@pytest.fixture
def place(cohort, school):
    return make_participant(cohort, by=school.adviser, user=school.leader)


def during(day):
    """The clock at ten o'clock of the day."""
    return clock.moved_to(clock.at(day.on, day.starts) + timedelta(hours=1))


def words(answer):
    return answer.content.decode()


def test_code_is_shown_large_to_who_leads_it_and_to_nobody_else(school, day, place, settings):
    page = f"{RUN}oppmote/kode/{day.pk}/"

    shown = words(school.page(school.adviser, page))

    assert code_of(day) in shown
    assert "<svg" in shown
    assert f"{settings.SITE_URL}{here_page(day)}" in shown
    assert school.page(school.leader, page).status_code == 403
    assert school.page(school.outsider, page).status_code == 404
    assert f"oppmote/kode/{day.pk}/" in words(school.page(school.adviser, f"{RUN}oppmote/?dag={day.pk}"))
    assert f"oppmote/kode/{day.pk}/" in words(school.page(school.adviser, f"{RUN}samlinger/innovasjon/"))
    assert f"oppmote/kode/{day.pk}/" not in words(school.page(school.leader, f"{RUN}samlinger/innovasjon/"))


def test_code_of_another_cohorts_day_is_not_found(school, cohort, day):
    make_cohort(cohort.programme, name="Kull 2", actor=school.adviser)

    assert school.page(school.adviser, f"ledelsesskolen/kull-2/oppmote/kode/{day.pk}/").status_code == 404


def test_pressing_puts_one_on_the_list_once(school, day, place):
    with during(day):
        client = signed_in(school.leader)
        assert "I am here" in words(client.get(here_page(day)))
        assert not Mark.objects.exists()

        for _pressed in range(2):
            assert client.post(here_page(day))["Location"] == here_page(day)

        assert "You are on the list." in words(client.get(here_page(day)))
    mark = Mark.objects.get()
    assert (mark.enrolment_id, mark.via, mark.made_by_id) == (place.pk, Via.CODE, school.leader.pk)
    assert Attendance.objects.get().is_present


def test_who_is_not_signed_in_signs_in_and_comes_back(school, day, place):
    with during(day):
        client = signed_in(None)
        page = words(client.get(here_page(day)))
        assert f"?next={here_page(day)}" in page
        assert f"next={here_page(day)}" in client.post(here_page(day))["Location"]

    assert not Mark.objects.exists()


def test_an_external_is_known_by_the_link_that_they_answered_with(school, cohort, day):
    place = Enrolment.objects.create(
        municipality=school.municipality, cohort=cohort, name="Ane Ekstern", email="ane@example.org", state="enrolled"
    )
    link = answer_page(place)
    client = signed_in(None)
    with during(day):
        assert "Are you at the gathering today?" in words(client.get(link))
        assert "sessionid" not in client.cookies  # Reading writes nothing.

        to_code = client.post(f"{link}her/", {"kode": code_of(day).lower().replace("-", " ")})
        to_day = client.get(to_code["Location"])
        assert to_day["Location"] == here_page(day)
        assert "Ane Ekstern" in words(client.get(here_page(day)))
        client.post(here_page(day))

    mark = Mark.objects.get()
    assert (mark.enrolment_id, mark.made_by_id) == (place.pk, None)
    assert client.post(f"{link}x/her/").status_code == 404


def test_a_guest_from_another_cohort_counts_too(school, cohort, day):
    other = make_cohort(cohort.programme, name="Kull 2", actor=school.adviser)
    guest = Enrolment.objects.create(
        municipality=school.municipality, cohort=other, user=school.nurse, name="Kari", email="k@example.org",
        state="enrolled",
    )  # fmt: skip
    with during(day):
        client = signed_in(school.nurse)
        assert "Your place is in Kull 2." in words(client.get(here_page(day)))
        client.post(here_page(day))

    assert Attendance.objects.get().enrolment_id == guest.pk


def test_who_has_no_place_is_told_and_is_not_put_on_the_list(school, day):
    with during(day):
        for user in (school.nurse, school.outsider):
            client = signed_in(user)
            assert "You have no place in Ledelsesskolen." in words(client.get(here_page(day)))
            assert client.post(here_page(day)).status_code == 409

    assert not Mark.objects.exists()


def test_who_gave_up_their_place_yesterday_is_refused(school, day, place):
    withdraw(place, actor=school.leader)
    with during(day):
        assert signed_in(school.leader).post(here_page(day)).status_code == 409

    assert not Mark.objects.exists()


@pytest.mark.parametrize(
    ("hours", "said"), [(-2, "The code works from"), (7, "The day is over"), (24 * 40, "The day is over")]
)
def test_outside_of_the_day_the_code_does_nothing(school, day, place, hours, said):
    with clock.moved_to(clock.at(day.on, day.starts) + timedelta(hours=hours)):
        client = signed_in(school.leader)
        assert said in words(client.get(here_page(day)))
        answer = client.post(here_page(day))

    assert answer.status_code == 409
    assert "Ask whoever leads the gathering" in words(answer)
    assert not Mark.objects.exists()


def test_code_of_a_cancelled_gathering_says_so(school, day, place):
    Gathering.objects.update(cancelled_at=clock.now())
    with during(day):
        answer = signed_in(school.leader).post(here_page(day))

    assert answer.status_code == 409
    assert "This gathering is cancelled." in words(answer)
    assert not Mark.objects.exists()


def test_days_of_a_gathering_have_codes_of_their_own(school, day):
    codes = {code_of(each) for each in Day.objects.select_related("gathering")}

    assert len(codes) == 2
    assert code_of(day) in codes


def test_a_new_code_ends_the_old_one(school, day, place):
    old = here_page(day)
    assert school.send(school.leader, f"{RUN}oppmote/kode/{day.pk}/ny/").status_code == 403
    assert school.send(school.adviser, f"{RUN}oppmote/kode/{day.pk}/ny/").status_code == 302
    day.gathering.refresh_from_db()
    with during(day):
        client = signed_in(school.leader)
        assert client.post(old).status_code == 404
        assert client.post(here_page(day)).status_code == 302

    assert Mark.objects.count() == 1


def test_codes_outlive_a_change_of_the_installations_key(day, settings):
    code = code_of(day)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10

    assert code_of(day) != code
    assert day_of_code(code, day.municipality) == day


def test_code_of_another_municipality_is_not_known(school, day, place):
    elsewhere = MunicipalityFactory()

    with during(day):
        answer = signed_in(school.leader).post(f"/{elsewhere.slug}/her/{code_of(day)}/")

    assert answer.status_code == 404
    assert "We do not know this code." in words(answer)
    assert not Mark.objects.exists()


@pytest.mark.parametrize("typed", ["", "hei", "0000-0000-0000"])
def test_what_is_no_code_is_told_kindly(school, typed):
    client = signed_in(None)
    at = f"/{school.municipality.slug}/her/"

    answer = client.get(at, {"kode": typed}, follow=True)

    assert answer.status_code == {"": 200, "hei": 422}.get(typed, 404)
    assert ("We do not know this code." in words(answer)) == bool(typed)


def test_code_page_costs_the_same_for_few_and_many_days(school, cohort, day, place, django_assert_num_queries):
    client = signed_in(school.leader)
    client.get(here_page(day))
    for number in range(3):
        with django_assert_num_queries(7):
            client.get(here_page(day))
        add_days(cohort, f"Samling {number}", in_days=20 + 7 * number, by=school.adviser)
