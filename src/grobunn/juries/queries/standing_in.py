"""Where somebody is disqualified, and who can stand in."""

from dataclasses import dataclass
from typing import Any

from django_scopes import scope

from grobunn.juries.grounds import Standing
from grobunn.juries.models import Entry, Member, Panel, StandIn
from grobunn.juries.queries.overview import members_in_order
from grobunn.juries.queries.standing import standings
from grobunn.juries.states import PanelPart
from grobunn.kernel import permissions


@dataclass(frozen=True)
class Lacking:
    """A member who does not judge an entry. Takes: stand_in, who does instead, None for nobody yet; substitutes, who
    could."""

    entry: Entry
    member: Member
    stand_in: StandIn | None
    substitutes: tuple[Member, ...]


def lacking_of(panel: Panel, reader: Any) -> list[Lacking]:
    """Members who are disqualified, entry by entry, for whoever runs the panel and may handle the entry."""
    if not permissions.is_allowed("juries.run", reader, panel):
        return []
    members = members_in_order(panel)
    with scope(municipality=panel.municipality_id):
        entries = list(Entry.objects.judged().filter(panel=panel).defer("text", "reasons", "feedback"))
        rows = StandIn.objects.filter(entry__in=entries).select_related("substitute__user")
        stand_ins = {(row.entry_id, row.instead_of_id): row for row in rows}
    known = standings(panel, members, entries)
    voting = [member for member in members if member.part in (PanelPart.CHAIR, PanelPart.MEMBER)]
    substitutes = [member for member in members if member.part == PanelPart.SUBSTITUTE]
    found = []
    for entry in entries:
        entry.panel = panel
        barred = [member for member in voting if known[(member.pk, entry.pk)] == Standing.DISQUALIFIED]
        if not barred or not permissions.is_allowed("juries.handle", reader, entry):
            continue
        free = tuple(member for member in substitutes if known[(member.pk, entry.pk)] == Standing.IMPARTIAL)
        found += [Lacking(entry, member, stand_ins.get((entry.pk, member.pk)), free) for member in barred]
    return found
