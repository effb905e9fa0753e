"""News of organisations. What listens looks up again who has it, with `queries.holder_of`."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from grobunn.kernel.events import Event, register


@register
@dataclass(frozen=True, kw_only=True)
class RoleEnded(Event):
    """Somebody no longer has a role in a unit; told when the last day has passed."""

    name: ClassVar[str] = "organisations.role_ended"
    municipality_id: UUID
    unit_id: UUID
    user_id: UUID
    role: str
    last_day: date


@register
@dataclass(frozen=True, kw_only=True)
class AbsenceSet(Event):
    """Somebody is away from now on; told when the absence begins, not when it is planned."""

    name: ClassVar[str] = "organisations.absence_set"
    municipality_id: UUID
    user_id: UUID
    stand_in_id: UUID | None
    from_on: date
    to_on: date


@register
@dataclass(frozen=True, kw_only=True)
class UnitClosed(Event):
    """A unit takes nothing more; what it holds falls to the innovation adviser."""

    name: ClassVar[str] = "organisations.unit_closed"
    municipality_id: UUID
    unit_id: UUID
