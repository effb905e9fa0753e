"""What is decided of each entry, and what is missing, as one reader may know it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django_scopes import scope

from grobunn.juries.models import Entry, Member, Panel
from grobunn.juries.occasions import Outcome, occasion_of
from grobunn.juries.queries.members import member_of
from grobunn.juries.queries.pairwise import order_of_comparisons
from grobunn.juries.queries.results import results_of
from grobunn.juries.queries.standing import open_entries
from grobunn.juries.shown.numbers import whole


@dataclass(frozen=True)
class Decision:
    """An entry with what is decided of it. Takes: place, in the order that counts, as it is written."""

    entry: Entry
    outcome: Outcome | None
    place: str

    @property
    def is_decided(self) -> bool:
        """Whether it has an outcome and reasons."""
        return bool(self.outcome and self.entry.reasons)


@dataclass(frozen=True)
class Decisions:
    """All that a reader sees of the decision. Takes: barred, titles of entries in which the reader takes no part."""

    rows: Sequence[Decision]
    barred: Sequence[str]

    @property
    def lacking(self) -> list[Decision]:
        """Those on which there is something left to do: undecided, or decided and not told."""
        return [row for row in self.rows if not row.is_decided or row.entry.feedback_at is None]

    @property
    def undecided(self) -> int:
        """How many lack an outcome or reasons."""
        return sum(not row.is_decided for row in self.rows)

    @property
    def untold(self) -> int:
        """How many entrants have not been told."""
        return sum(row.entry.feedback_at is None for row in self.rows)


def decisions_of(panel: Panel, reader: Any) -> Decisions:
    """The entries that somebody may open, in the order that counts, and the titles of the others."""
    member = member_of(panel, reader)
    occasion = occasion_of(panel)
    with scope(municipality=panel.municipality_id):
        entries = {entry.pk: entry for entry in Entry.objects.judged().filter(panel=panel).defer("text")}
    opened = set(entries) if member is None else {entry.pk for entry in open_entries(member)}
    rows = [
        Decision(entry=entries[pk], outcome=occasion.outcome(entries[pk].outcome), place=place)
        for pk, place in _places(panel, member).items()
        if pk in opened and pk in entries
    ]
    return Decisions(rows=rows, barred=[entry.title for pk, entry in entries.items() if pk not in opened])


def _places(panel: Panel, member: Member | None) -> dict[UUID, str]:
    """The place of each entry, as it is written, in the order that counts."""
    if panel.is_pairwise:
        return {row.entry.pk: str(row.place) for row in order_of_comparisons(panel, member)}
    results = results_of(panel, member)
    order = results.order(panel.ranking)
    return {results.entries[row].id: whole(order.places[row]) for row in order.sequence}
