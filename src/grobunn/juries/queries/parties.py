"""Who and what is behind entries, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django_scopes import scope

from grobunn.juries.models import Entry, Party


@dataclass(frozen=True)
class PartySeen:
    """A party as a page names it. Takes: how, in what way it is behind the entry."""

    name: str
    how: str


def parties_of(entry: Entry) -> list[PartySeen]:
    """The parties behind an entry, in words."""
    return parties_by_entry([entry])[entry.pk]


def parties_by_entry(entries: Iterable[Entry]) -> Mapping[UUID, list[PartySeen]]:
    """The parties behind some entries of one municipality, by the entry's id. One SQL."""
    entries = list(entries)
    found: dict[UUID, list[PartySeen]] = {entry.pk: [] for entry in entries}
    if entries:
        with scope(municipality=entries[0].municipality_id):
            rows = Party.objects.filter(entry__in=entries).select_related("user", "unit").order_by("kind", "pk")
            for row in rows:
                found[row.entry_id].append(PartySeen(party_name(row), row.get_kind_display()))
    return found


def party_name(party: Party) -> str:
    """What a party is called: the person, the unit, or the name that was written."""
    if party.user is not None:
        return party.user.name
    return party.unit.name if party.unit is not None else party.name
