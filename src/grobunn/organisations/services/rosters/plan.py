"""What a roster would do: the rows that are new, changed and unchanged, and what is wrong in which row."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

Words = str | Promise


class Action(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class RowError:
    """What is wrong in a row of the file; row 1 holds the headings. column is empty where it is the whole row."""

    row: int
    column: str
    message: Words


@dataclass(frozen=True)
class Change:
    """A value that would be another one."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class PlannedRow:
    """What becomes of one row. `target` is what `apply` writes; it is no part of what is shown."""

    row: int
    action: Action
    subject: str
    changes: tuple[Change, ...] = ()
    target: Any = None


@dataclass(frozen=True)
class Plan:
    """What becomes of a whole file: nothing of it while there is one error."""

    rows: Sequence[PlannedRow]
    errors: Sequence[RowError]
    unread_columns: Sequence[str] = ()

    def count(self, action: Action) -> int:
        """How many rows have an action."""
        return sum(row.action == action for row in self.rows)

    @property
    def new(self) -> int:
        return self.count(Action.NEW)

    @property
    def changed(self) -> int:
        return self.count(Action.CHANGED)

    @property
    def unchanged(self) -> int:
        return self.count(Action.UNCHANGED)

    @property
    def is_applicable(self) -> bool:
        """Whether there is something to do and nothing wrong."""
        return not self.errors and self.new + self.changed > 0

    @property
    def fingerprint(self) -> str:
        """Same fingerprint, same plan: what is done is what was shown."""
        shown = [(row.row, row.action.value, row.subject, row.changes) for row in self.rows]
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]
