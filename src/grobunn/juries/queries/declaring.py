"""What a member is asked of every entry: its title and who is behind it, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django_scopes import scope

from grobunn.juries.grounds import Standing
from grobunn.juries.models import Declaration, Entry, Member
from grobunn.juries.queries.parties import PartySeen, parties_by_entry
from grobunn.juries.queries.standing import standings


@dataclass(frozen=True)
class AskedOf:
    """What one member is asked. Takes: said, by entry, what was declared before; hidden, the ids of entries of which
    the member sees the title alone: they are being assessed for it, or disqualified."""

    entries: Sequence[Entry]
    parties: Mapping[UUID, Sequence[PartySeen]]
    said: Mapping[UUID, Declaration]
    hidden: frozenset[UUID]


def asked_of(member: Member) -> AskedOf:
    """The entries of a member's panel, as they are asked about them."""
    panel = member.panel
    with scope(municipality=panel.municipality_id):
        entries = list(Entry.objects.judged().filter(panel=panel).defer("text", "reasons", "feedback"))
        said = {row.entry_id: row for row in Declaration.objects.filter(member=member)}
    known = standings(panel, [member], entries)
    hidden = frozenset(
        entry.pk for entry in entries if known[(member.pk, entry.pk)] in (Standing.ASSESSED, Standing.DISQUALIFIED)
    )
    shown = [entry for entry in entries if entry.pk not in hidden]
    return AskedOf(entries=entries, parties=parties_by_entry(shown), said=said, hidden=hidden)
