"""Who is to score what, when, and how far they have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django_scopes import scope

from grobunn.juries.grounds import Standing
from grobunn.juries.models import Assignment, Criterion, Entry, Member, Panel, Score, StandIn
from grobunn.juries.queries.standing import barring, declared_members, standing_of
from grobunn.juries.states import MACHINE, PanelPart, PanelState
from grobunn.kernel.devices import NETWORK_DELAY
from grobunn.kernel.models import StateChange

_OPENS = ("open_scoring", "reopen_scoring")
_CLOSES = ("release", "cancel")
# What comes now is kept, and changes nothing.
SETTLED = frozenset({PanelState.DECIDED, PanelState.CLOSED, PanelState.CANCELLED})


@dataclass(frozen=True)
class Window:
    """A time in which scores were taken. Takes: closed_at, None while it is open."""

    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class Progress:
    """How far somebody has come. Takes: done, entries with every figure in; of, those that are theirs to score."""

    done: int
    of: int

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return self.done >= self.of


def is_to_score(member: Member, entry: Entry) -> bool:
    """Whether an entry is a member's to score: impartial, and it goes to everyone, to them, or they stand in for it."""
    if standing_of(member, entry) != Standing.IMPARTIAL or entry.withdrawn_at is not None:
        return False
    with scope(municipality=member.municipality_id):
        return _of_part(Entry.objects.filter(pk=entry.pk), member).exists()


def entries_to_score(member: Member) -> QuerySet[Entry]:
    """The entries that are a member's to score, in order. Asked within the panel's scope."""
    entries = Entry.objects.judged().filter(panel=member.panel_id).order_by("position", "pk")
    if member.left_at is not None or not declared_members(member.panel, [member.pk]):
        return entries.none()
    return _of_part(entries.exclude(Exists(barring(member=member.pk, entry=OuterRef("pk")))), member)


def scoring_windows(panel: Panel) -> list[Window]:
    """When scores were taken, from the panel's history; the last may be open still."""
    steps = StateChange.objects.filter(
        machine=MACHINE.name, subject_id=panel.pk, edge__in=(*_OPENS, *_CLOSES)
    ).order_by("at", "pk")
    windows: list[Window] = []
    opened: datetime | None = None
    for edge, at in steps.values_list("edge", "at"):
        if edge in _OPENS:
            opened = at
        elif opened is not None:
            windows.append(Window(opened, at))
            opened = None
    return windows if opened is None else [*windows, Window(opened, None)]


def window_at(windows: Sequence[Window], moment: datetime) -> Window | None:
    """The time for scores in which something was given. At its start a device's clock may be a bit behind."""
    for window in windows:
        if window.opened_at - NETWORK_DELAY <= moment and (window.closed_at is None or moment < window.closed_at):
            return window
    return None


def progress_of(member: Member) -> Progress:
    """How far a member has come with what is theirs to score."""
    with scope(municipality=member.municipality_id):
        theirs = list(entries_to_score(member).values_list("pk", flat=True))
        return Progress(done=len(entries_done(member, theirs)), of=len(theirs))


def entries_done(member: Member, entries: list[UUID]) -> set[UUID]:
    """Of some entries, those for which a member has given every figure. Asked within the panel's scope."""
    criteria = Criterion.objects.filter(panel=member.panel_id).count()
    given = Score.objects.filter(member=member, entry__in=entries, value__isnull=False)
    complete = given.order_by().values("entry_id").annotate(given=Count("pk")).filter(given__gte=criteria)
    return set(complete.values_list("entry_id", flat=True))


def _of_part(entries: QuerySet[Entry], member: Member) -> QuerySet[Entry]:
    """Of some entries, those that go to somebody in their part."""
    if member.part == PanelPart.SECRETARY:
        return entries.none()
    if member.part == PanelPart.SUBSTITUTE:
        return entries.filter(Exists(StandIn.objects.filter(entry=OuterRef("pk"), substitute=member)))
    if not member.panel.is_shared_out:
        return entries
    return entries.filter(Exists(Assignment.objects.filter(entry=OuterRef("pk"), member=member)))


class OwnFigure(NamedTuple):
    """What somebody has given on a criterion. Takes: criterion, its code, empty for the whole entry."""

    entry: UUID
    criterion: str
    value: int | None
    note: str


def own_figures(member: Member) -> list[OwnFigure]:
    """All that a member has given, of what is theirs to score."""
    with scope(municipality=member.municipality_id):
        theirs = entries_to_score(member).order_by().values("pk")
        given = Score.objects.filter(member=member, entry__in=theirs).order_by("entry_id", "criterion_id")
        rows = given.values_list("entry_id", Coalesce("criterion__code", Value("")), "value", "note")
        return [OwnFigure(*row) for row in rows]
