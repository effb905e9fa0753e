"""How far everybody has come with their scores, for whoever leads the panel or keeps its papers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django_scopes import scope

from grobunn.juries.models import Assignment, Conflict, Criterion, Entry, Member, Panel, Score, StandIn
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.queries.scoring import Progress
from grobunn.juries.queries.standing import declared_members, open_entries
from grobunn.juries.states import PanelPart

Pairs = set[tuple[UUID, UUID]]


@dataclass(frozen=True)
class MemberProgress:
    """How far one member has come."""

    member: Member
    progress: Progress


def progress_of_members(panel: Panel, reader: Member | None) -> list[MemberProgress]:
    """How far each has come who has something to score, in the order in which they joined; never by how far.

    Takes:   reader, whose own barred entries are left out of every count, so that nothing about them can be inferred;
             None for whoever runs the panel without being on it, and for the installation.
    """
    with scope(municipality=panel.municipality_id):
        present = Member.objects.present().filter(panel=panel).exclude(part=PanelPart.SECRETARY)
        members = list(present.select_related("user").order_by("joined_at", "pk"))
        theirs = _theirs(panel, members, _known_to(panel, reader))
        done = Counter(member_id for member_id, _entry in _complete(panel, members) & theirs)
    number = Counter(member_id for member_id, _entry in theirs)
    return [
        MemberProgress(member, Progress(done=done[member.pk], of=number[member.pk]))
        for member in members
        if number[member.pk]
    ]


def _known_to(panel: Panel, reader: Member | None) -> set[UUID]:
    if reader is not None:
        return {entry.pk for entry in open_entries(reader)}
    return set(Entry.objects.judged().filter(panel=panel).values_list("pk", flat=True))


def _theirs(panel: Panel, members: Iterable[Member], entries: set[UUID]) -> Pairs:
    """Who is to score what, by (member, entry)."""
    members = list(members)
    declared = declared_members(panel, [member.pk for member in members])
    barred: Pairs = set(
        Conflict.objects.filter(member__in=members)
        .exclude(state=ConflictState.DISMISSED)
        .values_list("member_id", "entry_id")
    )
    standing_in: Pairs = set(StandIn.objects.filter(substitute__in=members).values_list("substitute_id", "entry_id"))
    shared: Pairs = set()
    if panel.is_shared_out:
        shared = set(Assignment.objects.filter(member__in=members).values_list("member_id", "entry_id"))
    theirs: Pairs = set()
    for member in members:
        if member.part == PanelPart.SUBSTITUTE:
            own = {pair for pair in standing_in if pair[0] == member.pk}
        elif panel.is_shared_out:
            own = {pair for pair in shared if pair[0] == member.pk}
        else:
            own = {(member.pk, entry) for entry in entries}
        if member.pk in declared:
            theirs |= {pair for pair in own if pair[1] in entries}
    return theirs - barred


def _complete(panel: Panel, members: Iterable[Member]) -> Pairs:
    """The pairs for which every figure is given."""
    criteria = Criterion.objects.filter(panel=panel).count()
    given = Score.objects.filter(member__in=list(members), value__isnull=False).order_by()
    complete = given.values("member_id", "entry_id").annotate(given=Count("pk")).filter(given__gte=criteria)
    return set(complete.values_list("member_id", "entry_id"))
