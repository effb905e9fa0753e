"""Who may: every permission on cases against every kind of person, in every state."""

import pytest
from django.contrib.auth.models import AnonymousUser

from grobunn.cases.models import Case, CoAuthor
from grobunn.cases.rules import PERMISSIONS
from grobunn.cases.states import CaseState
from grobunn.cases.tests.conftest import Neighbour, Town
from grobunn.cases.tests.factories import make_case
from grobunn.kernel.actors import SYSTEM, Actor
from grobunn.kernel.permissions import is_allowed
from grobunn.organisations.models import Role, RoleAssignment
from grobunn.organisations.queries import forget_roles
from grobunn.organisations.tests.factories import RoleAssignmentFactory

PEOPLE = (
    *("anonymous", "system", "writer", "co_author", "nurse", "leader", "director", "adviser", "outsider"),
    *("neighbour", "neighbours_nurse"),
)
STAFF = {"writer", "co_author", "nurse", "leader", "director", "adviser"}
AUTHORS = {"writer", "co_author", "adviser"}
OF_A_CASE = {
    "cases.view": AUTHORS,
    "cases.edit": AUTHORS,
    "cases.share_work": {"writer", "adviser"},
    "cases.review": {"adviser"},
    "cases.publish": {"adviser"},
    "cases.keep": {"writer", "adviser"},
}
OF_A_MUNICIPALITY = {
    "cases.write": STAFF,
    "cases.adopt": {"leader", "director", "adviser"},
}
# Held against tables of their own, beside adoptions, questions, visits and following.
HELD_ELSEWHERE = {
    *("cases.move_adoption", "cases.view_adoption", "cases.ask", "cases.answer"),
    *("cases.receive_visit", "cases.close_visit", "cases.follow"),
}


@pytest.fixture
def people(town: Town, neighbour: Neighbour) -> dict[str, Actor]:
    return {
        "anonymous": AnonymousUser(),
        "system": SYSTEM,
        "writer": town.writer,
        "co_author": town.nurse,
        "nurse": _another_nurse(town),
        "leader": town.leader,
        "director": town.director,
        "adviser": town.adviser,
        "outsider": town.outsider,
        "neighbour": neighbour.adviser,
        "neighbours_nurse": neighbour.nurse,
    }


def _another_nurse(town: Town) -> Actor:
    user: Actor = RoleAssignmentFactory(municipality=town.municipality, unit=town.ward, role=Role.EMPLOYEE).user
    return user


def _case(town: Town, state: str) -> Case:
    case = make_case(town.municipality, state=state, owner=town.writer, editor=town.adviser)
    CoAuthor.objects.create(municipality=town.municipality, case=case, user=town.nurse)
    return case


def test_tables_name_every_permission() -> None:
    assert {*OF_A_CASE, *OF_A_MUNICIPALITY, *HELD_ELSEWHERE} == set(PERMISSIONS)


@pytest.mark.parametrize("state", CaseState.values)
@pytest.mark.parametrize("permission", sorted(OF_A_CASE))
def test_permission_on_a_case(town: Town, people: dict[str, Actor], permission: str, state: str) -> None:
    case = _case(town, state)
    is_read_by_all = permission == "cases.view" and state == CaseState.PUBLISHED

    allowed = {name for name, person in people.items() if is_allowed(permission, person, case)}

    assert allowed == (set(PEOPLE) if is_read_by_all else OF_A_CASE[permission])


@pytest.mark.parametrize("permission", sorted(OF_A_MUNICIPALITY))
def test_permission_in_a_municipality(town: Town, people: dict[str, Actor], permission: str) -> None:
    allowed = {name for name, person in people.items() if is_allowed(permission, person, town.municipality)}

    assert allowed == OF_A_MUNICIPALITY[permission]


def test_owner_who_has_left_is_no_author_any_more(town: Town) -> None:
    case = _case(town, CaseState.DRAFT)
    RoleAssignment.objects.filter(user=town.writer).delete()
    forget_roles(town.writer)

    assert not is_allowed("cases.edit", town.writer, case)
    assert not is_allowed("cases.keep", town.writer, case)
