"""Shares a panel's entries out to its members: proposed by the mathematics, taken as it is or changed by hand."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_scopes import scope

from grobunn.juries.events import StandingChanged
from grobunn.juries.grounds import Standing
from grobunn.juries.maths.assignment import JurorGiven, Wish, share_out
from grobunn.juries.models import Assignment, Conflict, Entry, Member, Panel, Tap
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.queries.members import member_of
from grobunn.juries.queries.standing import standing_of
from grobunn.juries.services.composing import locked
from grobunn.juries.states import PanelState
from grobunn.kernel import events, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import TransitionRefused

# Taken while members declare, and while they score: what is new then is given to those who can.
_WHEN = (PanelState.PREPARING, PanelState.DECLARING, PanelState.SCORING)


class NotTheirs(TransitionRefused):
    """An entry cannot be given to this member, or not be taken from them."""


@dataclass(frozen=True)
class Load:
    """What one member gets. Takes: entries, how many; bridges, how many of them outside their own field."""

    member: Member
    entries: int
    bridges: int


@dataclass(frozen=True)
class Proposal:
    """How entries could be shared out. Takes: pairs, (entry's id, member's id); lacks, in words what cannot be."""

    pairs: Sequence[tuple[UUID, UUID]]
    bridges: frozenset[tuple[UUID, UUID]]
    loads: Sequence[Load]
    lacks: Sequence[str]


def propose(panel: Panel, wish: Wish, *, actor: Actor) -> Proposal:
    """How a panel's entries would be shared out best; the same again until something changes. Raises: PermissionDenied.

    Who is disqualified or being assessed for an entry does not get it. Before everybody has declared, what conflicts
    show later is given anew by hand or by another proposal.
    """
    permissions.check("juries.run", actor, panel)
    with scope(municipality=panel.municipality_id):
        members = list(Member.objects.voting().filter(panel=panel).select_related("user").order_by("joined_at", "pk"))
        entries = list(Entry.objects.judged().filter(panel=panel).only("pk", "title", "topics", "panel_id"))
        barred = set(
            Conflict.objects.filter(member__in=members)
            .exclude(state=ConflictState.DISMISSED)
            .values_list("entry_id", "member_id")
        )
    place = {entry.pk: number for number, entry in enumerate(entries)}
    seat = {member.pk: number for number, member in enumerate(members)}
    shared = share_out(
        [frozenset(entry.topics) for entry in entries],
        [JurorGiven(frozenset(each.expertise), each.is_senior, each.most_entries) for each in members],
        conflicts=frozenset((place[entry], seat[member]) for entry, member in barred if entry in place),
        wish=wish,
    )
    hidden = _barred_for(panel, actor)

    def told(entry: int) -> bool:
        return entries[entry].pk not in hidden

    load = Counter(juror for _entry, juror in shared.pairs)
    bridging = Counter(juror for _entry, juror in shared.bridges)
    return Proposal(
        pairs=[(entries[entry].pk, members[juror].pk) for entry, juror in shared.pairs],
        bridges=frozenset((entries[entry].pk, members[juror].pk) for entry, juror in shared.bridges),
        loads=[Load(member, load[number], bridging[number]) for number, member in enumerate(members)],
        lacks=[
            *(_short(entries[entry], left) for entry, left in shared.short.items() if told(entry)),
            *(
                _without_senior(entries[entry])
                for entry in shared.lacks_senior
                if entry not in shared.short and told(entry)
            ),
            *(_underused(members[juror]) for juror in shared.underused),
        ],
    )


def _barred_for(panel: Panel, actor: Actor) -> set[UUID]:
    """The entries that somebody on the panel is to learn nothing more of."""
    member = member_of(panel, actor)
    if member is None:
        return set()
    with scope(municipality=panel.municipality_id):
        conflicts = Conflict.objects.filter(member=member).exclude(state=ConflictState.DISMISSED)
        return set(conflicts.values_list("entry_id", flat=True))


def take_proposal(panel: Panel, proposal: Proposal, *, actor: Actor) -> None:
    """Share entries out as proposed. What somebody has scored already stays theirs; repeated, it changes nothing.

    Raises:  CompositionClosed; PermissionDenied.
    Effects: rows; from now on each scores only what was given to them.
    """
    permissions.check("juries.run", actor, panel)
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, *_WHEN)
        begun = set(Tap.objects.filter(member__panel=panel).values_list("entry_id", "member_id").distinct())
        wanted = {*proposal.pairs, *begun}
        had = {(row.entry_id, row.member_id): row for row in Assignment.objects.filter(member__panel=panel)}
        Assignment.objects.filter(pk__in=[row.pk for pair, row in had.items() if pair not in wanted]).delete()
        Assignment.objects.bulk_create(
            Assignment(
                municipality_id=panel.municipality_id,
                entry_id=entry,
                member_id=member,
                is_bridge=(entry, member) in proposal.bridges,
            )
            for entry, member in sorted(wanted - set(had))
        )
        Panel.objects.filter(pk=panel.pk).update(is_shared_out=True)
        panel.is_shared_out = True
        _tell(panel, Member.objects.voting().filter(panel=panel))


def give(member: Member, entry: Entry, *, actor: Actor) -> None:
    """Give an entry to a member by hand. Repeated, it does nothing.

    Raises: NotTheirs where a conflict is open or confirmed; CompositionClosed; PermissionDenied.
    """
    panel = member.panel
    permissions.check("juries.run", actor, panel)
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, *_WHEN)
        is_barred = standing_of(member, entry) in (Standing.DISQUALIFIED, Standing.ASSESSED)
        if is_barred or member.left_at is not None or entry.panel_id != panel.pk:
            raise NotTheirs(_("This entry cannot go to them. Choose somebody else."))
        Assignment.objects.get_or_create(
            member=member, entry=entry, defaults={"municipality_id": panel.municipality_id}
        )
        _tell(panel, [member])


def take_away(member: Member, entry: Entry, *, actor: Actor) -> None:
    """Take an entry from a member again. Repeated, it does nothing.

    Raises: NotTheirs where they have begun to score it; CompositionClosed; PermissionDenied.
    """
    panel = member.panel
    permissions.check("juries.run", actor, panel)
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, *_WHEN)
        if Tap.objects.filter(member=member, entry=entry).exists():
            raise NotTheirs(_("They have begun to score it: what was given stays."))
        Assignment.objects.filter(member=member, entry=entry).delete()
        _tell(panel, [member])


def share_with_all(panel: Panel, *, actor: Actor) -> None:
    """Let everybody score everything again. Raises: CompositionClosed; PermissionDenied."""
    permissions.check("juries.run", actor, panel)
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, *_WHEN)
        Assignment.objects.filter(member__panel=panel).delete()
        Panel.objects.filter(pk=panel.pk).update(is_shared_out=False)
        panel.is_shared_out = False
        _tell(panel, Member.objects.voting().filter(panel=panel))


def _tell(panel: Panel, members: Iterable[Member]) -> None:
    for member in members:
        events.publish(StandingChanged(panel_id=panel.pk, municipality_id=panel.municipality_id, member_id=member.pk))


def _short(entry: Entry, left: int) -> str:
    words = ngettext(
        "“%(entry)s” lacks %(count)d review: too few can take it.",
        "“%(entry)s” lacks %(count)d reviews: too few can take it.",
        left,
    )
    return words % {"entry": entry.title, "count": left}


def _without_senior(entry: Entry) -> str:
    return _("“%(entry)s” gets nobody senior.") % {"entry": entry.title}


def _underused(member: Member) -> str:
    name = member.user.name if member.user else "–"
    return _("%(name)s gets fewer than the others, because of conflicts.") % {"name": name}
