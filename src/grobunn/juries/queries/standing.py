"""What a member may do with an entry: the one answer that pages, API, exports, feeds and notices ask for.

Undeclared until there is a declaration for *every* entry that is judged; then by the conflicts: confirmed disqualifies,
open waits, and only nothing of either opens.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Func, IntegerField, QuerySet, Subquery
from django_scopes import scope

from grobunn.juries.grounds import Standing
from grobunn.juries.models import Conflict, Declaration, Entry, Member, Panel
from grobunn.juries.models.impartiality import ConflictState

Standings = Mapping[tuple[UUID, UUID], Standing]


def standings(panel: Panel, members: Iterable[Member], entries: Iterable[Entry]) -> Standings:
    """The standing of members for entries, by (member's id, entry's id). Two or three SQL whatever their number."""
    members, entries = list(members), list(entries)
    with scope(municipality=panel.municipality_id):
        declared = declared_members(panel, [member.pk for member in members])
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


def members_who_declared(panel: Panel, members: Iterable[Member]) -> set[UUID]:
    """The ids of those of some members who have declared for every entry that is judged. One SQL, two for nobody."""
    with scope(municipality=panel.municipality_id):
        return declared_members(panel, [member.pk for member in members])


def declared_members(panel: Panel, members: Iterable[UUID]) -> set[UUID]:
    """Of some members of a panel, by id, those who have declared for every entry that is judged.

    Opens no scope of its own. A member declares for entries of their own panel only, so it is enough to leave out what
    is withdrawn: thousands of declarations are then counted from their index alone.
    """
    asked = list(members)
    entries = Entry.objects.filter(panel=panel)
    judged = entries.filter(withdrawn_at__isnull=True)
    declarations = Declaration.objects.filter(member__in=asked).exclude(
        entry__in=entries.filter(withdrawn_at__isnull=False)
    )
    by_member = declarations.order_by().values("member_id").annotate(count=Count("pk"))
    declared = set(by_member.filter(count__gte=_counted(judged)).values_list("member_id", flat=True))
    return declared if declared or judged.exists() else set(asked)


def _counted(rows: QuerySet[Any]) -> Subquery:
    """How many rows there are, as part of another question; a plain function, so that nothing is grouped by it."""
    return Subquery(rows.order_by().values_list(Func("pk", function="COUNT", output_field=IntegerField())))


def barring(*, member: Any, entry: Any) -> QuerySet[Conflict]:
    """What keeps a member from an entry: conflicts that are open or confirmed. Takes: ids, or references to them."""
    return Conflict.objects.filter(member_id=member, entry_id=entry).exclude(state=ConflictState.DISMISSED)


def _standing(
    pair: tuple[UUID, UUID], declared: set[UUID], confirmed: set[tuple[UUID, UUID]], waiting: set[tuple[UUID, UUID]]
) -> Standing:
    if pair in confirmed:
        return Standing.DISQUALIFIED
    if pair[0] not in declared:
        return Standing.UNDECLARED
    return Standing.ASSESSED if pair in waiting else Standing.IMPARTIAL
