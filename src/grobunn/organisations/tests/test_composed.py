"""What the kernel composes once reads what the models read; held here, where rows are joined."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django_scopes import scopes_disabled
from pytest_django import DjangoAssertNumQueries

from grobunn.kernel import clock, ids
from grobunn.kernel.composed import Composed
from grobunn.kernel.models import ActorKind, StateChange
from grobunn.organisations.models import Role, RoleAssignment
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory

pytestmark = pytest.mark.django_db


def _held(*, municipality: Any, role: Any, on: Any) -> QuerySet[RoleAssignment]:
    return (
        RoleAssignment.objects.filter(municipality_id=municipality, role=role, from_on__lte=on)
        .select_related("user", "unit__parent")
        .annotate(name_of_unit=RawSQL("SELECT name FROM organisations_unit WHERE id = unit_id", ()))
        .order_by("from_on")
    )


_HELD = Composed(
    lambda municipality, role, on: _held(municipality=municipality, role=role, on=on),
    municipality=UUID,
    role=str,
    on=date,
)


def test_rows_are_what_the_models_read_with_whatever_values(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    places = [MunicipalityFactory(), MunicipalityFactory()]
    for place in places:
        above = UnitFactory(municipality=place)
        for days in (1, 3):
            unit = UnitFactory(municipality=place, parent=above)
            RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER, from_on=clock.today() - timedelta(days=days))

    for place in places:
        for on in (clock.today(), clock.today() - timedelta(days=2)):
            values = {"municipality": place.pk, "role": Role.UNIT_LEADER, "on": on}
            with django_assert_num_queries(1):
                found = [_told(each) for each in _HELD.rows(**values)]
            with django_assert_num_queries(1), scopes_disabled():
                expected = [_told(each) for each in _held(**values)]

            assert found == expected
            assert len(found) == (2 if on == clock.today() else 1)
    assert _HELD.first(municipality=ids.new_id(), role=Role.UNIT_LEADER, on=clock.today()) is None


def _told(held: Any) -> tuple[Any, ...]:
    """Everything that was read of a role; asking for what was not would cost a statement."""
    rows = (held, held.user, held.unit, held.unit.parent)
    read = [(type(row), {name: value for name, value in vars(row).items() if name != "_state"}) for row in rows]
    return (*read, held.name_of_unit, [row._state.adding for row in rows], [row._state.db for row in rows])


def test_values_of_json_are_read_as_the_models_read_them() -> None:
    subject = ids.new_id()
    StateChange.objects.create(
        machine="idea",
        subject_id=subject,
        municipality_id=ids.new_id(),
        edge="create",
        to_state="received",
        actor_kind=ActorKind.SYSTEM,
        data={"by": ["a", 1]},
        at=clock.now(),
    )
    steps = Composed(lambda of: StateChange.objects.filter(subject_id=of), of=UUID)

    assert [each.data for each in steps.rows(of=subject)] == [{"by": ["a", 1]}]


def test_two_days_of_one_query_are_told_apart() -> None:
    place = MunicipalityFactory()
    today = clock.today()
    held = RoleAssignmentFactory(unit=UnitFactory(municipality=place), from_on=today - timedelta(days=5))
    begun = Composed(
        lambda municipality, since, until: RoleAssignment.objects.filter(
            municipality_id=municipality, from_on__gt=since, from_on__lte=until
        ),
        municipality=UUID,
        since=date,
        until=date,
    )

    assert begun.rows(municipality=place.pk, since=today - timedelta(days=9), until=today) == [held]
    assert begun.rows(municipality=place.pk, since=today, until=today - timedelta(days=9)) == []


def test_a_value_that_the_query_does_not_use_is_refused() -> None:
    lost = Composed(lambda of, role: StateChange.objects.filter(subject_id=of or role), of=UUID, role=str)

    with pytest.raises(ValueError, match="does not use role"):
        lost.rows(of=ids.new_id(), role="")
