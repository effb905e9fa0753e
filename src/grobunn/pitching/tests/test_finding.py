"""How pitch days are found: in one's own work, on the lists of programmes and panels, and on a list of their own."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.pitching.models import PitchDay
from grobunn.pitching.queries.days import slots_of
from grobunn.pitching.queries.own_work import pitch_days_of
from grobunn.pitching.services.days import make_day
from grobunn.pitching.states import DayState, SlotState
from grobunn.pitching.tests.conftest import Town
from grobunn.pitching.tests.factories import begun, make_pitch_day, seat
from grobunn.programmes.models import TeamMember


def later_day(day: PitchDay, town: Town, *, days: int) -> PitchDay:
    on = clock.today() + timedelta(days=days)
    return make_day(day.cohort, name=f"Om {days} dager", actor=town.adviser, on=on, starts="09:00")


def test_own_days_are_those_one_judges_or_pitches_on_while_they_are_to_come(town: Town) -> None:
    day, slots = make_pitch_day(town.municipality, by=town.adviser, teams=2)
    judge, stranger = UserFactory(), UserFactory()
    seat(day, judge, by=town.adviser)
    lead = TeamMember.objects.get(team=slots[0].team).enrolment.user
    skipped = TeamMember.objects.get(team=slots[1].team).enrolment.user
    type(slots[1]).objects.filter(pk=slots[1].pk).update(state=SlotState.SKIPPED)
    assert lead is not None
    assert skipped is not None

    found = {person: [each.judges for each in pitch_days_of(person)] for person in (judge, lead, skipped, stranger)}

    assert found == {judge: [True], lead: [False], skipped: [], stranger: []}
    PitchDay.objects.update(state=DayState.ENDED)
    assert pitch_days_of(judge) == []


def test_own_days_are_read_outside_of_any_municipality(client: Client, db: None) -> None:
    client.force_login(UserFactory())

    assert client.get(reverse("web:my_work")).status_code == 200


def test_own_work_leads_to_the_day(client: Client, town: Town) -> None:
    day, _slots = make_pitch_day(town.municipality, by=town.adviser)
    seat(day, town.director, by=town.adviser)
    client.force_login(town.director)

    page = client.get(reverse("web:my_work")).content.decode()

    assert f'href="/{town.municipality.slug}/pitchdag/{day.slug}/"' in page
    assert "Du sitter i panelet" in page


@pytest.mark.parametrize("name", ["programmes:list", "juries:list"])
def test_lists_name_the_days_to_come_to_who_works_there(client: Client, town: Town, name: str) -> None:
    day, _slots = make_pitch_day(town.municipality, by=town.adviser)
    begun(day, by=town.adviser)
    gone = later_day(day, town, days=9)
    PitchDay.objects.filter(pk=gone.pk).update(state=DayState.CANCELLED)
    where = reverse(name, kwargs={"municipality": town.municipality.slug})

    signed_out = client.get(where)
    client.force_login(town.adviser)
    page = client.get(where).content.decode()

    assert "/pitchdag/" not in signed_out.content.decode()
    assert day.name in page
    assert f"/{town.municipality.slug}/pitchdag/ny/" in page
    assert f"/pitchdag/{gone.slug}/" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_finding_costs_the_same_for_one_day_and_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, town: Town, count: int
) -> None:
    day, _slots = make_pitch_day(town.municipality, by=town.adviser)
    seat(day, town.adviser, by=town.adviser)
    for number in range(1, count):
        seat(later_day(day, town, days=number), town.adviser, by=town.adviser)
    assert len(slots_of(day)) == 3
    client.force_login(town.adviser)

    with django_assert_num_queries(1):
        assert len(pitch_days_of(town.adviser)) == count
    with django_assert_num_queries(6):
        client.get(reverse("pitching:list", kwargs={"municipality": town.municipality.slug}))
    with django_assert_num_queries(6):
        client.get(reverse("programmes:list", kwargs={"municipality": town.municipality.slug}))
