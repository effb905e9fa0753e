"""Who sees an initiative: the permission says of one what SQL says of all."""

from itertools import product

import pytest

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.ideas.models import Visibility
from grobunn.initiatives import rules
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.initiatives import for_user, initiative_by_reference
from grobunn.initiatives.services.helping import add_helper
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel import permissions
from grobunn.organisations.models import LEADER_LINE, Role
from grobunn.organisations.tests.factories import RoleAssignmentFactory


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(town.ward, owner=town.leader, by=town.adviser)


def _everybody(town: Town) -> dict[str, User]:
    """People of every sort: two colleagues who lead nobody, the chief executive, that of another municipality."""
    people = {name: getattr(town, name) for name in ("nurse", "leader", "adviser", "director", "outsider")}
    for name, role, unit in (
        ("clerk", Role.EMPLOYEE, town.office),
        ("chief", Role.CHIEF_EXEC, town.office),
        ("helper", Role.EMPLOYEE, town.ward),
    ):
        people[name] = UserFactory()
        RoleAssignmentFactory(user=people[name], role=role, unit=unit)
    people["stranger"] = UserFactory()
    RoleAssignmentFactory(user=people["stranger"], role=Role.CHIEF_EXEC)
    return people


@pytest.mark.parametrize("visibility", Visibility.values)
def test_permission_and_sql_say_the_same(town: Town, initiative: Initiative, visibility: str) -> None:
    people = _everybody(town)
    add_helper(initiative, user=people["helper"], kind="it", actor=town.adviser)

    for role, unit in product(LEADER_LINE, (town.ward, town.office)):
        Initiative.objects.filter(pk=initiative.pk).update(visibility=visibility, owner_role=role, owner_unit=unit)
        initiative.refresh_from_db()
        by_sql = [name for name, user in people.items() if for_user(user).filter(pk=initiative.pk).exists()]
        by_rule = [name for name, user in people.items() if rules.may_view.test(user, initiative)]
        fetched = [name for name, user in people.items() if initiative_by_reference(initiative.reference, actor=user)]

        assert (role, unit, by_rule, fetched) == (role, unit, by_sql, by_sql)


def test_a_colleague_is_not_above_the_chief_executive(town: Town, initiative: Initiative) -> None:
    people = _everybody(town)
    Initiative.objects.filter(pk=initiative.pk).update(
        owner_role=Role.CHIEF_EXEC, owner_unit=town.office, owner=people["chief"], visibility=Visibility.INTERNAL
    )
    initiative.refresh_from_db()

    may = [name for name, user in people.items() if permissions.is_allowed("initiatives.decide", user, initiative)]

    assert may == ["chief"]
