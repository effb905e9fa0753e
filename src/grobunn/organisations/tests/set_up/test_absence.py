"""The pages of absence and stand-ins."""

from datetime import timedelta

import pytest
from django.test import Client
from django_scopes import scope

from grobunn.kernel import clock
from grobunn.organisations import queries
from grobunn.organisations.models import Absence, Municipality, Role
from grobunn.organisations.tests.factories import (
    RoleAssignmentFactory,
    UnitFactory,
)
from grobunn.organisations.tests.set_up.steps import member, signed_in, url

pytestmark = pytest.mark.django_db


def test_everybody_sets_and_removes_their_own_absence(here: Municipality) -> None:
    unit = UnitFactory(municipality=here)
    leader = RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER).user
    stand_in = RoleAssignmentFactory(unit=unit).user
    client = signed_in(leader)
    today = clock.today()

    sent = {"from_on": today, "to_on": today + timedelta(days=7), "stand_in": stand_in.email.upper()}
    page = client.post(url("absence", here), sent, follow=True).content.decode()
    assert stand_in.name in page
    with scope(municipality=here.pk):
        absence = Absence.objects.get(user=leader)
    assert absence.stand_in == stand_in

    other = signed_in(stand_in)
    assert other.post(url("back", here, absence=absence.pk)).status_code == 403
    client.post(url("back", here, absence=absence.pk))
    with scope(municipality=here.pk):
        assert not Absence.objects.exists()


def test_adviser_sets_absence_for_somebody_who_fell_ill(here: Municipality, adviser: Client) -> None:
    leader = RoleAssignmentFactory(unit=UnitFactory(municipality=here), role=Role.UNIT_LEADER).user
    today = clock.today()

    adviser.post(url("absence_of", here, person=leader.pk), {"from_on": today, "to_on": today, "stand_in": ""})

    with scope(municipality=here.pk):
        assert [row.user for row in queries.away_today(here.pk)] == [leader]


def test_stand_in_from_elsewhere_is_refused_beside_the_field(here: Municipality) -> None:
    client = signed_in(member(Role.EMPLOYEE)(here))
    outsider = RoleAssignmentFactory().user
    today = clock.today()

    response = client.post(url("absence", here), {"from_on": today, "to_on": today, "stand_in": outsider.email})

    assert response.status_code == 422
    assert 'id="id_stand_in_error"' in response.content.decode()
