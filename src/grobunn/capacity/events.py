"""News of capacity."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from grobunn.kernel import events


@events.register
@dataclass(frozen=True, kw_only=True)
class CapacityFreed(events.Event):
    """There is more left of a source than before: something was released, or more was declared."""

    name: ClassVar[str] = "capacity.freed"
    municipality_id: UUID
    source_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class CapacityRaised(events.Event):
    """Somebody raised a source because a claim needed it; its owner and the leader above are told."""

    name: ClassVar[str] = "capacity.raised"
    municipality_id: UUID
    source_id: UUID
    declared_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class RoomFound(events.Event):
    """There is room for one in the queue, begun in a quarter (its code): whoever owns the claim is asked."""

    name: ClassVar[str] = "capacity.room_found"
    municipality_id: UUID
    claim_sort: str
    claim_id: UUID
    quarter: str
