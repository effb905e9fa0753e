"""Alumni: who is on the list, who is invited by having completed, and the place that they may take next."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from grobunn.accounts.services.users import delete_user
from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.kernel.actors import SYSTEM
from grobunn.organisations.models import RoleAssignment
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of
from grobunn.programmes.answering import answer_page
from grobunn.programmes.models import Cohort, Enrolment, Programme
from grobunn.programmes.services import changing
from grobunn.programmes.services.programmes import make_cohort, make_programme
from grobunn.programmes.tests.conftest import signed_in
from grobunn.programmes.tests.factories import add_days, make_participant, was_there

pytestmark = pytest.mark.django_db

LIST = "ledelsesskolen/fullforte/"
OWN = "ledelsesskolen/kull-1/min-plass/"
INVITE = "videre/host/deltakere/inviter/fullforte/"


@pytest.fixture
def held(school, cohort):
    return add_days(cohort, "Laget", in_days=-9, by=school.adviser)


@pytest.fixture
def following(school, cohort):
    """A cohort that is open, of a programme that follows after Ledelsesskolen."""
    programme = make_programme(
        school.municipality, name="Videre", kind="follow_on", follows=cohort.programme, actor=school.adviser
    )
    made = make_cohort(programme, name="Høst", actor=school.adviser, places=1)
    changing.step(made, "open", actor=school.adviser)
    return made


def completed(school, held, user=None, **fields):
    place = make_participant(held.cohort, by=school.adviser, user=user, **fields)
    was_there(place, held, by=school.adviser)
    return place


def take(school, following, user=None):
    return school.send(user or school.leader, f"{OWN}videre/{following.pk}/")


def opened_to_alumni(following):
    Cohort.objects.filter(pk=following.pk).update(takes_alumni=True)


def test_alumni_are_those_who_completed_and_are_still_here(school, cohort, held):
    completed(school, held, school.leader, unit=school.unit)
    completed(school, held, school.nurse)
    gone = UserFactory()
    completed(school, held, gone)
    external = completed(school, held, school.outsider, is_external=True, organisation="NTNU")
    make_participant(cohort, by=school.adviser, user=school.adviser)
    RoleAssignment.objects.filter(user=school.nurse).update(to_on=clock.today() - timedelta(days=1))
    delete_user(gone, actor=SYSTEM)

    page = school.page(school.adviser, LIST).content.decode()
    csv = b"".join(school.page(school.adviser, f"{LIST}?format=csv").streaming_content).decode()

    for shown in (page, csv):
        assert school.leader.name in shown
        assert school.unit.name in shown
        assert external.name in shown
        assert school.nurse.name not in shown
        assert "deleted.invalid" not in shown
    assert csv.count("\n") == 3


def test_alumni_are_for_those_who_run_the_programme(school, cohort, held):
    completed(school, held, school.leader)
    other = MunicipalityFactory()
    with scope(municipality=other.pk):
        theirs = adviser_of(other)

    assert school.page(school.leader, LIST).status_code == 403
    assert school.page(None, LIST).status_code in (302, 403)
    assert school.page(theirs, LIST).status_code == 403
    assert signed_in(theirs).get(f"/{other.slug}/programmer/{LIST}").status_code == 404


def test_those_who_completed_are_invited_to_what_follows(school, cohort, held, following):
    completed(school, held, school.leader, unit=school.unit)
    make_participant(cohort, by=school.adviser, user=school.nurse)
    asked = f"programme={cohort.programme.pk}"

    offered = school.page(school.adviser, "videre/host/deltakere/inviter/").content.decode()
    shown = school.page(school.adviser, f"{INVITE}?{asked}").content.decode()
    school.send(school.adviser, INVITE, programme=cohort.programme.pk)
    again = school.page(school.adviser, f"{INVITE}?{asked}").content.decode()

    assert f'<option value="{cohort.programme.pk}" selected>' in offered
    assert school.leader.name in shown
    assert school.nurse.name not in shown
    assert "1 person would be invited." in shown
    (invited,) = Enrolment.objects.filter(cohort=following)
    assert (invited.user, invited.unit, invited.state) == (school.leader, school.unit, "invited")
    assert "1 has an invitation or a place already." in again
    assert school.send(school.leader, INVITE, programme=cohort.programme.pk).status_code == 403


def test_what_comes_next_stands_on_the_page_of_who_has_completed(school, cohort, held, following):
    completed(school, held, school.leader)
    make_participant(cohort, by=school.adviser, user=school.nurse)

    told = school.page(school.leader, OWN).content.decode()
    opened_to_alumni(following)
    offered = school.page(school.leader, OWN).content.decode()
    not_completed = school.page(school.nurse, OWN).content.decode()
    school.send(school.adviser, INVITE, programme=cohort.programme.pk)
    invited = school.page(school.leader, OWN).content.decode()

    assert "Videre: Høst" in told
    assert "For those who are invited" in told
    assert "Take a place" in offered
    assert "Videre: Høst" not in not_completed
    assert "Answer the invitation" in invited
    assert "Take a place" not in invited


def test_alumni_take_a_place_once_and_stand_in_line_where_none_is_left(school, held, following):
    completed(school, held, school.leader)
    completed(school, held, school.nurse)
    opened_to_alumni(following)

    for _pressed_twice in range(2):
        answer = take(school, following)
    take(school, following, school.nurse)

    assert answer.url == school.at("videre/host/min-plass/")
    states = Enrolment.objects.filter(cohort=following).values_list("user", "state")
    assert dict(states) == {school.leader.pk: "enrolled", school.nurse.pk: "waiting"}


def test_a_place_is_not_taken_where_alumni_are_invited_or_by_who_has_not_completed(school, cohort, held, following):
    completed(school, held, school.leader)
    make_participant(cohort, by=school.adviser, user=school.nurse)

    closed = take(school, following)
    opened_to_alumni(following)
    unfinished = take(school, following, school.nurse)
    Programme.objects.filter(pk=following.programme_id).update(follows=None)
    unrelated = take(school, following)

    assert {each.url for each in (closed, unfinished, unrelated)} == {school.at(OWN)}
    assert take(school, following, school.outsider).status_code == 404
    assert not Enrolment.objects.filter(cohort=following).exists()


def test_who_has_no_account_takes_a_place_by_their_own_link(school, held, following):
    place = completed(school, held)
    Enrolment.objects.filter(pk=place.pk).update(user=None)
    opened_to_alumni(following)
    link = answer_page(place)

    shown = signed_in(None).get(link).content.decode()
    answer = signed_in(None).post(f"{link}videre/{following.pk}/")

    assert f"{link}videre/{following.pk}/" in shown
    taken = Enrolment.objects.get(cohort=following)
    assert (taken.email, taken.state) == (place.email, "enrolled")
    assert answer.url == answer_page(taken)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(school, held, count):
    for _number in range(count):
        completed(school, held, unit=school.unit, is_external=True)
    client = signed_in(school.adviser)

    with CaptureQueriesContext(connection) as queries:
        assert client.get(school.at(LIST)).status_code == 200

    assert len(queries) == 7
