"""The order that follows from comparisons, as one reader may know it; what cannot be told apart shares a place."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django_scopes import scope

from grobunn.juries.grounds import Standing
from grobunn.juries.maths.pairwise import Compared, strengths
from grobunn.juries.models import Comparison, Entry, Member, Panel
from grobunn.juries.queries.standing import standings

# Two strengths nearer than so many standard errors of their difference share a place.
_TOLD_APART = 1.0


@dataclass(frozen=True)
class ComparedEntry:
    """An entry in the order of comparisons. Takes: count, how often it was compared."""

    entry: Entry
    place: int
    count: int
    is_shared: bool


def order_of_comparisons(panel: Panel, reader: Member | None) -> Sequence[ComparedEntry]:
    """The entries that somebody may know, best first; comparisons with others are as if they had not been made."""
    with scope(municipality=panel.municipality_id):
        entries = list(Entry.objects.judged().filter(panel=panel).defer("text"))
        members = list(Member.objects.voting().filter(panel=panel))
        rows = list(Comparison.objects.filter(panel=panel, counts=True))
    asked = members if reader is None or reader in members else [*members, reader]
    known = standings(panel, asked, entries)
    if reader is not None:
        entries = [entry for entry in entries if known[(reader.pk, entry.pk)] == Standing.IMPARTIAL]
    number = {entry.pk: place for place, entry in enumerate(entries)}
    compared = [
        Compared(number[row.left_id], number[row.right_id], row.left_share)
        for row in rows
        if row.left_id in number
        and row.right_id in number
        and all(known.get((row.member_id, pk)) == Standing.IMPARTIAL for pk in (row.left_id, row.right_id))
    ]
    found = strengths(compared, entries=len(entries))
    order = np.argsort(-found.values, kind="stable")
    places: dict[int, int] = {}
    first = 0
    for position, row in enumerate(order):
        apart = found.values[order[first]] - found.values[row]
        if apart > _TOLD_APART * np.hypot(found.errors[order[first]], found.errors[row]):
            first = position
        places[int(row)] = first + 1
    held = list(places.values())
    return [
        ComparedEntry(entries[row], place, int(found.counts[row]), held.count(place) > 1)
        for row, place in places.items()
    ]
