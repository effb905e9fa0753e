"""Who gets in, who stands in line, who moves up."""

import pytest
from django.core.exceptions import PermissionDenied

from grobunn.accounts.tests.factories import UserFactory
from grobunn.programmes.models import Day, Enrolment
from grobunn.programmes.services.enrolling import Invitee, NotTakingIn, accept, invite, withdraw
from grobunn.programmes.services.programmes import make_cohort, make_programme
from grobunn.programmes.states import EnrolmentState
from grobunn.programmes.tests.factories import make_participant, make_run

pytestmark = pytest.mark.django_db


def test_invited_twice_is_invited_once(municipality, adviser):
    cohort = make_run(municipality, by=adviser)

    assert len(invite(cohort, [Invitee(name="Kari", email="Kari@test.example")], actor=adviser)) == 1
    assert invite(cohort, [Invitee(name="Kari N", email="kari@test.example")], actor=adviser) == []

    assert Enrolment.objects.get(cohort=cohort).name == "Kari"


def test_only_the_adviser_invites(municipality, adviser):
    cohort = make_run(municipality, by=adviser)

    with pytest.raises(PermissionDenied):
        invite(cohort, [Invitee(name="Kari", email="kari@test.example")], actor=UserFactory())

    assert not Enrolment.objects.exists()


def test_the_line_moves_up_in_the_order_in_which_people_came(municipality, adviser):
    cohort = make_run(municipality, by=adviser, places=1)
    first, second, third = (make_participant(cohort, by=adviser) for _number in range(3))
    assert [each.state for each in (first, second, third)] == ["enrolled", "waiting", "waiting"]

    withdraw(first, actor=first.user)

    second.refresh_from_db()
    third.refresh_from_db()
    assert second.state == EnrolmentState.ENROLLED
    assert third.state == EnrolmentState.WAITING


def test_nobody_gets_in_before_it_is_open(municipality, adviser):
    programme = make_programme(municipality, name="Ledelsesskolen", actor=adviser)
    cohort = make_cohort(programme, name="Kull 1", actor=adviser)
    person = UserFactory()
    (enrolment,) = invite(cohort, [Invitee(name=person.name, email=person.email)], actor=adviser)

    with pytest.raises(NotTakingIn):
        accept(enrolment, actor=person)

    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.INVITED


def test_five_gatherings_of_two_days(municipality, adviser):
    cohort = make_run(municipality, by=adviser, gatherings=5)

    assert Day.objects.filter(gathering__cohort=cohort).count() == 10
