"""Being there over the API, by the code on the wall."""

from datetime import timedelta

import pytest

from grobunn.kernel import clock
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.programmes.models import Day, Mark
from grobunn.programmes.tests.factories import add_days, make_participant, make_run
from grobunn.programmes.wall import code_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(school):
    cohort = make_run(school.municipality, by=school.adviser)
    make_participant(cohort, by=school.adviser, user=school.leader)
    add_days(cohort, "Innovasjon", in_days=0, by=school.adviser, days=1)
    return Day.objects.select_related("gathering").get()


def test_who_has_a_place_is_put_on_the_list_once(ask, school, day):
    path = f"municipalities/{school.municipality.slug}/here/{code_of(day)}"

    with clock.moved_to(clock.at(day.on, day.starts) + timedelta(hours=1)):
        told = [ask("put", path, by=school.leader).json() for _twice in range(2)]

    assert [each["new"] for each in told] == [1, 0]
    assert (told[0]["gathering"], told[0]["is_guest"]) == ("innovasjon", False)
    assert Mark.objects.count() == 1


def test_without_a_place_at_another_time_or_elsewhere_nobody_is(ask, school, day):
    elsewhere = MunicipalityFactory()
    path = f"municipalities/{school.municipality.slug}/here/{code_of(day)}"

    with clock.moved_to(clock.at(day.on, day.starts) + timedelta(hours=1)):
        assert ask("put", path, by=school.nurse).status_code == 409
        assert ask("put", f"{path[:-1]}!", by=school.leader).status_code == 404
        assert ask("put", f"municipalities/{elsewhere.slug}/here/{code_of(day)}", by=school.leader).status_code == 404
    with clock.moved_to(clock.at(day.on, day.ends) + timedelta(minutes=1)):
        assert ask("put", path, by=school.leader).status_code == 409
    assert not Mark.objects.exists()
