"""Who assesses a possible conflict, and what there is to assess for one reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django_scopes import scope

from grobunn.juries.grounds import Standing
from grobunn.juries.models import Assessment, Conflict, Member, Panel
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.queries.members import member_of
from grobunn.juries.queries.standing import standings
from grobunn.juries.states import PanelPart

_BARRED = (Standing.DISQUALIFIED, Standing.ASSESSED)


@dataclass(frozen=True)
class ConflictSeen:
    """A conflict as somebody who may read it sees it. Takes: may_assess, whether they lead it; takers, who may take
    part; history, what was decided, oldest first."""

    conflict: Conflict
    may_assess: bool
    takers: tuple[Member, ...]
    history: tuple[Assessment, ...]


def takers_of(conflict: Conflict) -> list[Member]:
    """Who may take part in assessing a conflict: on the panel, not the member concerned, not disqualified.

    Who is being assessed for the same entry takes no part either, unless nobody would be left
    (forvaltningsloven § 8, second paragraph).
    """
    panel = conflict.member.panel
    with scope(municipality=panel.municipality_id):
        members = [
            member
            for member in Member.objects.present()
            .filter(panel=panel)
            .select_related("user")
            .order_by("joined_at", "pk")
            if member.pk != conflict.member_id and member.part != PanelPart.SUBSTITUTE
        ]
        open_ones, barred = _pairs(conflict)
    for member in members:
        member.panel = panel
    unbarred = [member for member in members if member.pk not in barred]
    return [member for member in unbarred if member.pk not in open_ones] or unbarred


def _pairs(conflict: Conflict) -> tuple[set[UUID], set[UUID]]:
    """The ids of members with an open and with a confirmed conflict for the same entry."""
    rows = Conflict.objects.filter(entry_id=conflict.entry_id).values_list("member_id", "state")
    found = list(rows)
    return (
        {member_id for member_id, state in found if state == ConflictState.OPEN},
        {member_id for member_id, state in found if state == ConflictState.CONFIRMED},
    )


def conflicts_seen(panel: Panel, reader: Any) -> list[ConflictSeen]:
    """The conflicts that a reader may know of, those to be assessed first.

    Never one's own, and none of an entry that one is disqualified or being assessed for, unless one must lead it.
    """
    with scope(municipality=panel.municipality_id):
        rows = list(
            Conflict.objects.filter(member__panel=panel, member__left_at=None, entry__withdrawn_at=None)
            .select_related("member__user", "entry", "decided_by")
            .order_by("entry__position", "member__joined_at", "found_at", "pk")
        )
        history: dict[UUID, list[Assessment]] = {row.pk: [] for row in rows}
        for line in Assessment.objects.filter(conflict__in=rows).select_related("made_by"):
            history[line.conflict_id].append(line)
    own = member_of(panel, reader)
    known = standings(panel, [own], [row.entry for row in rows]) if own is not None else {}
    seen = []
    for row in rows:
        row.member.panel = row.entry.panel = panel
        if own is not None and row.member_id == own.pk:
            continue
        takers = tuple(takers_of(row))
        takes_part = own is None or own.pk in {member.pk for member in takers}
        if own is not None and known[(own.pk, row.entry_id)] in _BARRED and not takes_part:
            continue
        seen.append(ConflictSeen(row, leads_assessment(row, own, takers), takers, tuple(history[row.pk])))
    return sorted(seen, key=lambda each: each.conflict.state != ConflictState.OPEN)


def members_named(panel: Panel, member_ids: list[UUID]) -> list[Member]:
    """Members of a panel by their ids, those who have left too."""
    with scope(municipality=panel.municipality_id):
        return list(Member.objects.filter(panel=panel, pk__in=member_ids).select_related("user"))


def leads_assessment(conflict: Conflict, member: Member | None, takers: Sequence[Member]) -> bool:
    """Whether a member leads it, of those who may take part: the chair; without the chair, any who scores."""
    if member is None or member.pk not in {taker.pk for taker in takers}:
        return False
    chairs = [taker for taker in takers if taker.part == PanelPart.CHAIR]
    scoring = [taker for taker in takers if taker.part == PanelPart.MEMBER]
    return member.pk in {taker.pk for taker in chairs or scoring or takers}
