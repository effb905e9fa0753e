"""A kind of object that exists only in these tests: places, which are units that the actor may see."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
import rules
from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.discussion import registry
from grobunn.discussion.registry import Attachable
from grobunn.kernel import permissions
from grobunn.kernel.permissions import Permission
from grobunn.organisations.models import Role, Unit
from grobunn.organisations.queries import roles_of
from grobunn.organisations.tests.factories import RoleAssignmentFactory, UnitFactory

KIND = "place"


@dataclass
class Place:
    """A place, the people of its municipality, and ids that its feature hides."""

    unit: Unit
    attachable: Attachable
    hidden: set[UUID] = field(default_factory=set)

    def person(self, role: str = Role.EMPLOYEE, **fields: Any) -> User:
        assignment = RoleAssignmentFactory(unit=self.unit, role=role, **fields)
        user: User = assignment.user
        return user


@rules.predicate
def _is_member(actor: Any, unit: Unit | None) -> bool:
    return unit is None or unit.municipality_id in roles_of(actor).municipality_ids


@rules.predicate
def _is_adviser(actor: Any, unit: Unit | None) -> bool:
    return unit is None or roles_of(actor).has(Role.INNOVATION_ADVISER, municipality_id=unit.municipality_id)


@pytest.fixture
def place(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setitem(permissions._declared, "place.comment", Permission(_is_member, "members"))
    monkeypatch.setitem(permissions._declared, "place.moderate", Permission(_is_adviser, "advisers"))
    unit = UnitFactory()
    hidden: set[UUID] = set()

    def get_subject(object_id: UUID, actor: Any) -> Unit | None:
        with scopes_disabled():
            found = Unit.objects.select_related("municipality").filter(pk=object_id).first()
        return found if found is not None and found.pk not in hidden else None

    attachable = registry.register(
        Attachable(
            kind=KIND,
            get_subject=get_subject,
            url_of=lambda unit: f"/{unit.municipality.slug}/sted/{unit.slug}",
            comment_permission="place.comment",
            moderate_permission="place.moderate",
        )
    )
    with scope(municipality=unit.municipality_id):
        yield Place(unit=unit, attachable=attachable, hidden=hidden)
    registry.unregister(KIND)
