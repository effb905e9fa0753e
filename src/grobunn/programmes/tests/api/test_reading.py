"""Programmes in the API: the lists, a cohort with its gatherings, and who may see who takes part."""

import pytest

from grobunn.programmes.models import Cohort
from grobunn.programmes.services.programmes import make_programme
from grobunn.programmes.tests.factories import make_participant, make_run

pytestmark = pytest.mark.django_db


def _programmes(school):
    return f"municipalities/{school.municipality.slug}/programmes"


def test_programmes_are_listed_and_closed_ones_for_colleagues(ask, school):
    make_run(school.municipality, by=school.adviser)
    make_programme(school.municipality, name="Internt", actor=school.adviser, is_open=False)

    colleague = ask("get", _programmes(school), by=school.nurse).json()
    outsider = ask("get", _programmes(school), by=school.outsider).json()

    assert [each["name"] for each in colleague["items"]] == ["Internt", "Ledelsesskolen"]
    assert [each["name"] for each in outsider["items"]] == ["Ledelsesskolen"]


def test_a_cohort_shows_its_gatherings(ask, school):
    cohort = make_run(school.municipality, by=school.adviser, gatherings=2)

    (listed,) = ask("get", f"{_programmes(school)}/ledelsesskolen/cohorts", by=school.nurse).json()
    shown = ask("get", f"cohorts/{cohort.pk}", by=school.nurse).json()

    assert (listed["gathering_count"], listed["state"]) == (2, "open")
    assert [len(each["days"]) for each in shown["gatherings"]] == [2, 2]
    assert ask("get", f"cohorts/{cohort.pk}", by=school.outsider).status_code == 404


def test_who_takes_part_is_for_those_who_run_it(ask, school):
    cohort = make_run(school.municipality, by=school.adviser)
    make_participant(cohort, by=school.adviser, user=school.leader, unit=school.unit)
    address = f"cohorts/{cohort.pk}/participants"

    (row,) = ask("get", f"{address}?state=enrolled", by=school.adviser).json()["items"]

    assert (row["email"], row["unit"]) == (school.leader.email, school.unit.name)
    assert ask("get", address, by=school.leader).status_code == 403
    assert ask("get", address, by=school.outsider).status_code == 404
    assert ask("get", address, by=school.adviser, scopes=frozenset({"ideas:read"})).status_code == 403
    assert Cohort.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_one_and_three(ask, school, django_assert_num_queries, count):
    cohort = make_run(school.municipality, by=school.adviser)
    for number in range(count):
        make_programme(school.municipality, name=f"Program {number}", actor=school.adviser)
        make_participant(cohort, by=school.adviser, unit=school.unit)
    ask("get", _programmes(school), by=school.adviser)

    with django_assert_num_queries(4):
        ask("get", _programmes(school), by=school.adviser)
    with django_assert_num_queries(7):
        ask("get", f"cohorts/{cohort.pk}/participants", by=school.adviser)
