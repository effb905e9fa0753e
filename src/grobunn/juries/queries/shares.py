"""Who was given which entry, for whoever shares them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django_scopes import scope

from grobunn.juries.models import Assignment, Conflict, Entry, Member, Panel
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.queries.members import member_of


@dataclass(frozen=True)
class Share:
    """One entry, who has it, and who could have it besides."""

    entry: Entry
    given: Sequence[Member]
    could: Sequence[Member]


def shares_of(panel: Panel, reader: Any, *, first: int, most: int) -> list[Share]:
    """A part of the entries with their members, in order; without those that the reader may know nothing more of."""
    member = member_of(panel, reader)
    with scope(municipality=panel.municipality_id):
        entries = Entry.objects.judged().filter(panel=panel).order_by("position", "pk")
        barred = Conflict.objects.exclude(state=ConflictState.DISMISSED)
        if member is not None:
            entries = entries.exclude(pk__in=barred.filter(member=member).values("entry_id"))
        shown = list(entries[first : first + most])
        members = list(Member.objects.voting().filter(panel=panel).select_related("user").order_by("joined_at", "pk"))
        given = set(Assignment.objects.filter(entry__in=shown).values_list("entry_id", "member_id"))
        kept_out: set[tuple[UUID, UUID]] = set(barred.filter(entry__in=shown).values_list("entry_id", "member_id"))
    return [
        Share(
            entry=entry,
            given=[each for each in members if (entry.pk, each.pk) in given],
            could=[each for each in members if (entry.pk, each.pk) not in given | kept_out],
        )
        for entry in shown
    ]
