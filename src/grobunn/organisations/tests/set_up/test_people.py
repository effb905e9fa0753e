"""The pages of people and their roles."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope
from pytest_django.fixtures import DjangoAssertNumQueries

from grobunn.accounts import delegation
from grobunn.accounts.events import InvitationAccepted
from grobunn.accounts.models import User
from grobunn.accounts.privacy import export_of
from grobunn.accounts.queries import open_invitations
from grobunn.accounts.services.invitations import accept_as_new
from grobunn.accounts.services.tokens import make_service_token
from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.organisations import handlers, queries
from grobunn.organisations.models import Municipality, Role, RoleAssignment, Unit
from grobunn.organisations.tests.factories import (
    AbsenceFactory,
    MunicipalityFactory,
    RoleAssignmentFactory,
    UnitFactory,
    adviser_of,
)
from grobunn.organisations.tests.set_up.steps import member, signed_in, url

pytestmark = pytest.mark.django_db


def role_sent(unit: Unit, email: str) -> dict[str, Any]:
    first_day = clock.today().isoformat()
    return {"name": "Liv", "email": email, "role": Role.UNIT_LEADER, "unit": str(unit.pk), "from_on": first_day}


def test_role_is_given_to_somebody_known_and_ended_and_goes_on(here: Municipality, adviser: Client) -> None:
    unit = UnitFactory(municipality=here)
    liv = UserFactory(email="liv@prove.example")

    adviser.post(url("new_role", here), role_sent(unit, "Liv@prove.example"))
    with scope(municipality=here.pk):
        given = RoleAssignment.objects.get(user=liv)
    again = adviser.post(url("new_role", here), role_sent(unit, "liv@prove.example"))
    assert (again.status_code, 'id="id_role_error"' in again.content.decode()) == (422, True)

    kwargs = {"person": liv.pk, "assignment": given.pk}
    adviser.post(url("end_role", here, **kwargs), {"last_day": clock.today().isoformat()})
    given.refresh_from_db()
    assert given.to_on == clock.today()
    adviser.post(url("go_on", here, **kwargs))
    given.refresh_from_db()
    assert given.to_on is None


def test_somebody_new_is_invited_and_gets_the_role_on_joining(here: Municipality, adviser: Client) -> None:
    unit = UnitFactory(municipality=here)

    adviser.post(url("new_role", here), role_sent(unit, "liv@prove.example"))
    page = adviser.get(url("people", here)).content.decode()
    assert "liv@prove.example" in page
    assert not User.objects.filter(email="liv@prove.example").exists()

    (invitation,) = open_invitations(here.pk)
    liv = accept_as_new(invitation, name="Liv", password="langt og hemmelig 1")
    run_jobs()
    assert queries.roles_of(liv).has(Role.UNIT_LEADER, municipality_id=here.pk)
    handlers.give_role_of_invitation(
        InvitationAccepted(
            invitation_id=invitation.pk,
            user_id=liv.pk,
            municipality_id=here.pk,
            invited_by_id=None,
            payload=invitation.payload,
        )
    )
    with scope(municipality=here.pk):
        assert RoleAssignment.objects.filter(user=liv).count() == 1


def test_invitation_is_withdrawn_here_and_not_from_elsewhere(here: Municipality, adviser: Client) -> None:
    adviser.post(url("new_role", here), role_sent(UnitFactory(municipality=here), "liv@prove.example"))
    (invitation,) = open_invitations(here.pk)
    elsewhere: Municipality = MunicipalityFactory()

    theirs = signed_in(adviser_of(elsewhere)).post(url("withdraw", elsewhere, invitation=invitation.pk))
    assert (theirs.status_code, open_invitations(here.pk).count()) == (404, 1)
    adviser.post(url("withdraw", here, invitation=invitation.pk))
    assert open_invitations(here.pk).count() == 0


def test_program_of_a_municipality_is_a_member_and_never_holds_work(here: Municipality, adviser: Client) -> None:
    adviser_user = User.objects.get(pk=adviser.session["_auth_user_id"])
    made = make_service_token(
        municipality_id=here.pk, name="Intranett", scopes=["organisations:read"], days=30, made_by=adviser_user
    )
    run_jobs()
    program = made.token.user

    assert queries.is_member(program, here.pk)
    with scope(municipality=here.pk):
        unit = RoleAssignment.objects.get(user=program).unit
    assert queries.holder_of(Role.EMPLOYEE, unit, municipality=here).user == adviser_user


def test_person_reads_what_is_held_about_them(here: Municipality) -> None:
    leader = RoleAssignmentFactory(unit=UnitFactory(municipality=here, name="Skole"), role=Role.UNIT_LEADER).user
    AbsenceFactory(municipality=here, user=leader)

    held = export_of(leader)["organisations"]

    assert [(each["unit"], each["role"], each["to"]) for each in held["roles"]] == [("Skole", "unit_leader", None)]
    assert [(each["municipality"], each["has_stand_in"]) for each in held["absences"]] == [("Prøvevik", False)]


def test_adviser_may_hand_out_access_for_own_municipality_only(here: Municipality) -> None:
    assert delegation.municipalities_of(adviser_of(here)) == {here.pk: "Prøvevik"}
    assert delegation.municipalities_of(member(Role.UNIT_LEADER)(here)) == {}


def test_role_in_another_municipalitys_unit_is_refused(here: Municipality, adviser: Client) -> None:
    theirs = UnitFactory()

    response = adviser.post(
        url("new_role", here),
        {"name": "A", "email": "a@b.example", "role": Role.EMPLOYEE, "unit": str(theirs.pk), "from_on": clock.today()},
    )

    assert response.status_code == 422
    assert not User.objects.filter(email="a@b.example").exists()


def test_people_are_found_by_name_unit_and_role(here: Municipality, adviser: Client) -> None:
    unit = UnitFactory(municipality=here)
    RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER, user=UserFactory(name="Berit Prøve"))
    RoleAssignmentFactory(unit=unit, role=Role.EMPLOYEE, user=UserFactory(name="Arne Prøve"))
    long_gone = clock.today() - timedelta(days=31)
    RoleAssignmentFactory(unit=unit, user=UserFactory(name="Gone"), from_on=long_gone, to_on=long_gone)

    def names(**chosen: Any) -> list[str]:
        found = adviser.get(url("people", here), chosen).context["found"]
        return [row.user.name for row in found.rows]

    assert names(unit=str(unit.pk)) == ["Arne Prøve", "Berit Prøve"]
    assert names(q="berit") == ["Berit Prøve"]
    assert names(unit=str(unit.pk), role=Role.EMPLOYEE) == ["Arne Prøve"]
    assert names(q="gone") == []
    assert adviser.get(url("people", here), {"cursor": "x"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_people_page_costs_the_same_for_one_and_three(
    here: Municipality, adviser: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count - 1):
        RoleAssignmentFactory(unit=UnitFactory(municipality=here))

    adviser.get(url("set_up", here))  # the municipality is known to the process

    with django_assert_num_queries(6):  # session, user, roles, units, people, invitations
        adviser.get(url("people", here))
