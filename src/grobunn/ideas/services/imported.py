"""What an import brings, and what became of it."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from hashlib import blake2b
from operator import attrgetter
from uuid import UUID

from grobunn.ideas.states import IdeaState


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedIdea:
    """A row that can be kept.

    Takes: row, its number in the file; external_id, its id where it comes from; reference, the one that it was
           exported under; submitted_at and state_since, None where the file does not say; merged_into, the external id
           or reference of another.
    """

    row: int
    external_id: str
    reference: str = ""
    title: str = ""
    text: str
    kind: str = ""
    state: str = IdeaState.RECEIVED
    visibility: str
    unit_id: UUID | None = None
    language: str = "nb"
    submitted_at: datetime | None = None
    state_since: datetime | None = None
    reason: str = ""
    parked_until: date | None = None
    parked_condition: str = ""
    solution: str = ""
    merged_into: str = ""
    is_synthetic: bool = False

    def digest(self) -> str:
        """What tells whether the row is as it was at an earlier import."""
        return blake2b(repr(_CONTENT(self)).encode(), digest_size=12).hexdigest()


_CONTENT = attrgetter(*(each.name for each in fields(ImportedIdea) if each.name != "row"))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not kept: its number in the file, the field, and why."""

    row: int
    field: str
    message: str


@dataclass(slots=True)
class Outcome:
    """What became of rows."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Count another batch's rows along."""
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.refused += other.refused
