"""What the first page of a panel shows: who is on it, what is judged, who has declared; as one reader may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django_scopes import scope

from grobunn.juries.grounds import Standing
from grobunn.juries.models import Entry, Member, Panel
from grobunn.juries.queries.members import member_of
from grobunn.juries.queries.standing import members_who_declared, standings
from grobunn.juries.states import PanelPart

_PARTS = (PanelPart.CHAIR, PanelPart.MEMBER, PanelPart.SUBSTITUTE, PanelPart.SECRETARY)


@dataclass(frozen=True)
class EntrySeen:
    """An entry in a list. Takes: standing, the reader's own, None for who runs the panel and is not on it."""

    entry: Entry
    standing: Standing | None

    @property
    def is_open(self) -> bool:
        """Whether the reader may open it."""
        return self.standing in (None, Standing.IMPARTIAL)


@dataclass(frozen=True)
class MemberSeen:
    """Somebody on the panel. Takes: has_declared, for every entry; None where nobody is asked to yet."""

    member: Member
    has_declared: bool


def entries_seen(panel: Panel, reader: Any) -> list[EntrySeen]:
    """The entries that are judged, in order, each with the reader's own standing."""
    with scope(municipality=panel.municipality_id):
        entries = list(Entry.objects.judged().filter(panel=panel).defer("text", "reasons", "feedback"))
    member = member_of(panel, reader)
    known = standings(panel, [member], entries) if member is not None else {}
    return [EntrySeen(entry, known[(member.pk, entry.pk)] if member is not None else None) for entry in entries]


def members_seen(panel: Panel) -> list[MemberSeen]:
    """Who is on the panel, by part and name, and whether they have declared."""
    members = members_in_order(panel)
    declared = members_who_declared(panel, members)
    return [MemberSeen(member, member.pk in declared) for member in members]


def members_in_order(panel: Panel) -> Sequence[Member]:
    """Who is on the panel, by part and name."""
    with scope(municipality=panel.municipality_id):
        members = list(Member.objects.present().filter(panel=panel).select_related("user"))
    for member in members:
        member.panel = panel
    return sorted(members, key=lambda each: (_PARTS.index(PanelPart(each.part)), name_of(each).casefold()))


def name_of(member: Member) -> str:
    """What a member is called; "" where the account is gone."""
    return member.user.name if member.user is not None else ""
