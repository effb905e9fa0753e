"""What a member may do with an entry: the one answer that pages, API, exports, feeds and notices ask for.

Undeclared until there is a declaration for *every* entry that is judged; then by the conflicts: confirmed disqualifies,
open waits, and only nothing of either opens.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django_scopes import scope

from grobunn.juries.grounds import Standing
from grobunn.juries.models import Conflict, Declaration, Entry, Member, Panel
from grobunn.juries.models.impartiality import ConflictState

Standings = Mapping[tuple[UUID, UUID], Standing]


def standings(panel: Panel, members: Iterable[Member], entries: Iterable[Entry]) -> Standings:
    """The standing of members for entries, by (member's id, entry's id). Three SQL whatever their number."""
    members, entries = list(members), list(entries)
    with scope(municipality=panel.municipality_id):
        declared = _declared_members(panel, members)
        conflicts = Conflict.objects.filter(member__in=members, entry__in=entries).values_list(
            "member_id", "entry_id", "state"
        )
        confirmed, waiting = set(), set()
        for member_id, entry_id, state in conflicts:
            if state == ConflictState.CONFIRMED:
                confirmed.add((member_id, entry_id))
            elif state == ConflictState.OPEN:
                waiting.add((member_id, entry_id))
    return {
        pair: _standing(pair, declared, confirmed, waiting)
        for pair in ((member.pk, entry.pk) for member in members for entry in entries)
    }


def standing_of(member: Member, entry: Entry) -> Standing:
    """The standing of one member for one entry. One who has left, or an entry of another panel: undeclared."""
    if member.left_at is not None or entry.panel_id != member.panel_id:
        return Standing.UNDECLARED
    return standings(member.panel, [member], [entry])[(member.pk, entry.pk)]


def open_entries(member: Member) -> list[Entry]:
    """The entries that a member may open, in order."""
    with scope(municipality=member.municipality_id):
        entries = list(Entry.objects.judged().filter(panel=member.panel_id).select_related("panel"))
    known = standings(member.panel, [member], entries)
    return [entry for entry in entries if known[(member.pk, entry.pk)] == Standing.IMPARTIAL]


def entries_nobody_may_judge(panel: Panel) -> list[Entry]:
    """Entries for which no member who scores is impartial."""
    with scope(municipality=panel.municipality_id):
        members = list(Member.objects.voting().filter(panel=panel))
        entries = list(Entry.objects.judged().filter(panel=panel))
    known = standings(panel, members, entries)
    return [
        entry for entry in entries if not any(known[(member.pk, entry.pk)] == Standing.IMPARTIAL for member in members)
    ]


def _declared_members(panel: Panel, members: list[Member]) -> set[UUID]:
    """The members who have declared for every entry that is judged."""
    judged = set(Entry.objects.judged().filter(panel=panel).values_list("pk", flat=True))
    by_member: dict[UUID, set[UUID]] = {member.pk: set() for member in members}
    for member_id, entry_id in Declaration.objects.filter(member__in=members).values_list("member_id", "entry_id"):
        by_member[member_id].add(entry_id)
    return {member_id for member_id, entries in by_member.items() if judged <= entries}


def _standing(
    pair: tuple[UUID, UUID], declared: set[UUID], confirmed: set[tuple[UUID, UUID]], waiting: set[tuple[UUID, UUID]]
) -> Standing:
    if pair in confirmed:
        return Standing.DISQUALIFIED
    if pair[0] not in declared:
        return Standing.UNDECLARED
    return Standing.ASSESSED if pair in waiting else Standing.IMPARTIAL
