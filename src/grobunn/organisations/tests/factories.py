"""Municipalities, units and people with roles, for tests of every feature."""

from datetime import timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.organisations import queries
from grobunn.organisations.models import Absence, Municipality, Role, RoleAssignment, Unit


class MunicipalityFactory(DjangoModelFactory[Municipality]):
    class Meta:
        model = Municipality

    slug = factory.Sequence(lambda number: f"kommune-{number}")
    name = factory.Sequence(lambda number: f"Kommune {number}")
    is_in_use = True


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    municipality = factory.SubFactory(MunicipalityFactory)
    slug = factory.Sequence(lambda number: f"enhet-{number}")
    name = factory.Sequence(lambda number: f"Enhet {number}")


class RoleAssignmentFactory(DjangoModelFactory[RoleAssignment]):
    """A role from yesterday on; `RoleAssignmentFactory(unit=unit, role=...)` takes the unit's municipality."""

    class Meta:
        model = RoleAssignment

    unit = factory.SubFactory(UnitFactory)
    municipality = factory.SelfAttribute("unit.municipality")
    user = factory.SubFactory(UserFactory)
    role = Role.EMPLOYEE
    from_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=1))

    @classmethod
    def _after_postgeneration(cls, instance: RoleAssignment, *_args: Any, **_kwargs: Any) -> None:
        queries.forget_roles(instance.user)


class AbsenceFactory(DjangoModelFactory[Absence]):
    """Somebody away today and tomorrow."""

    class Meta:
        model = Absence

    municipality = factory.SubFactory(MunicipalityFactory)
    user = factory.SubFactory(UserFactory)
    from_on = factory.LazyFunction(clock.today)
    to_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=1))

    @classmethod
    def _after_postgeneration(cls, instance: Absence, *_args: Any, **_kwargs: Any) -> None:
        if instance.stand_in is not None:
            queries.forget_roles(instance.stand_in)


def adviser_of(municipality: Municipality) -> User:
    """An innovation adviser of a municipality."""
    unit = UnitFactory(municipality=municipality)
    assignment: RoleAssignment = RoleAssignmentFactory(unit=unit, role=Role.INNOVATION_ADVISER)
    return assignment.user
