"""Which scores somebody may see: the one read that pages, results, API, exports and the protocol use.

What a reader may not know is not in the answer at all: entries that are not open to them, scores of members who are not
impartial for an entry, and others' scores before their time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django_scopes import scope

from grobunn.juries.models import Criterion, Entry, Member, Panel, Score
from grobunn.juries.queries.standing import barring, declared_members
from grobunn.juries.states import RELEASED, PanelPart, Peek

_Rows = TypeVar("_Rows", Entry, Score)


class EntryLine(NamedTuple):
    """What a list needs of an entry."""

    id: UUID
    position: int
    title: str


class Column(NamedTuple):
    """One member's figures for one criterion. Takes: positions, of the entries; values, as many."""

    member_id: UUID
    criterion_id: UUID
    positions: Sequence[int]
    values: Sequence[int]


@dataclass(frozen=True)
class VisibleScores:
    """The scores that a reader may see.

    Takes: entries, those open to the reader, in order; members, those whose scores are here; criteria, in order;
           columns, the figures, packed so that a hundred thousand cost little.
    """

    entries: Sequence[EntryLine]
    members: Sequence[Member]
    criteria: Sequence[Criterion]
    columns: Sequence[Column]

    def __iter__(self) -> Iterator[tuple[UUID, UUID, UUID, int]]:
        """Figure by figure: entry's id, member's id, criterion's id, value."""
        ids = {entry.position: entry.id for entry in self.entries}
        for column in self.columns:
            for position, value in zip(column.positions, column.values, strict=True):
                yield ids[position], column.member_id, column.criterion_id, value


def visible_scores(panel: Panel, reader: Member | None) -> VisibleScores:
    """The figures that somebody may see.

    Takes:   reader, a member of the panel; None for whoever runs it without being on it, and for the installation.
    Returns: one's own for what is open to one; others' when the scores are released, or, as the panel says, for the
             entries for which one's own are in. Nothing by or about anybody who is not impartial.
    """
    with scope(municipality=panel.municipality_id):
        reading = _reading(panel, reader)
        criteria = list(Criterion.objects.filter(panel=panel))
        entries = [EntryLine(*row) for row in reading.entries().values_list("pk", "position", "title")]
        columns = _columns(reading.scores(criteria=len(criteria)).filter(value__isnull=False))
        seen = {column.member_id for column in columns}
        members = list(Member.objects.filter(pk__in=seen).select_related("user").order_by("joined_at", "pk"))
    return VisibleScores(entries=entries, members=members, criteria=criteria, columns=columns)


def sees_all_scores(panel: Panel, reader: Member | None) -> bool:
    """Whether `visible_scores` has the same for a reader as for whoever runs the panel. At most two SQL."""
    if reader is None:
        return True
    if panel.state not in RELEASED or reader.left_at is not None:
        return False
    with scope(municipality=panel.municipality_id):
        barred = barring(member=reader.pk, entry=OuterRef("pk"))
        if Entry.objects.judged().filter(Exists(barred), panel=panel).exists():
            return False
        return bool(declared_members(panel, [reader.pk]))


def visible_notes(panel: Panel, reader: Member | None, *, entries: Sequence[UUID]) -> list[Score]:
    """The notes on some entries that somebody may see, with member and criterion; the same rules as for figures."""
    with scope(municipality=panel.municipality_id):
        count = Criterion.objects.filter(panel=panel).count()
        notes = _reading(panel, reader).scores(criteria=count).filter(entry__in=entries).exclude(note="")
        return list(
            notes.select_related("member__user", "criterion").order_by(
                "entry__position", F("criterion__position").asc(nulls_last=True), "member__joined_at", "member_id"
            )
        )


def own_scores(member: Member) -> list[Score]:
    """What a member has given for the entries that are open to them, figures and notes."""
    with scope(municipality=member.municipality_id):
        return list(_reading(member.panel, member).own().order_by("entry_id", "criterion_id"))


@dataclass(frozen=True)
class _Reading:
    """One reader of one panel. Takes: declared, the members who have declared for every entry."""

    panel: Panel
    reader: Member | None
    declared: set[UUID]

    def entries(self) -> QuerySet[Entry]:
        """The entries that are open to the reader."""
        entries = Entry.objects.judged().filter(panel=self.panel).order_by("position", "pk")
        return self._open_to_reader(entries, entry="pk")

    def own(self) -> QuerySet[Score]:
        """The reader's own scores."""
        return self._of_open_entries(Score.objects.filter(member=self.reader))

    def scores(self, *, criteria: int) -> QuerySet[Score]:
        """The scores that the reader may see. Takes: criteria, how many there are."""
        everybodys = self._of_open_entries(self._counting())
        if self.panel.state in RELEASED:
            return everybodys
        if self.reader is None:
            return Score.objects.none()
        if self.panel.peek != Peek.OWN_IN or not self.reader.scores:
            return self.own()
        figures = self.own().filter(value__isnull=False).order_by().values("entry_id")
        complete = figures.annotate(given=Count("pk")).filter(given=criteria).values("entry_id")
        return everybodys.filter(Q(member=self.reader) | Q(entry__in=complete))

    def _of_open_entries(self, scores: QuerySet[Score]) -> QuerySet[Score]:
        """Of some scores, those for `entries`. Joined: of a list of ids, PostgreSQL guesses badly how much it finds."""
        return self._open_to_reader(
            scores.filter(entry__panel=self.panel, entry__withdrawn_at__isnull=True), entry="entry_id"
        )

    def _open_to_reader(self, rows: QuerySet[_Rows], *, entry: str) -> QuerySet[_Rows]:
        """Of rows of entries, those that are open to the reader. Takes: entry, the column with the entry's id."""
        if self.reader is None:
            return rows
        if self.reader.left_at is not None or self.reader.pk not in self.declared:
            return rows.none()
        return rows.exclude(Exists(barring(member=self.reader.pk, entry=OuterRef(entry))))

    def _counting(self) -> QuerySet[Score]:
        """By members who score and are impartial for the entry."""
        scores = Score.objects.filter(
            member__in=self.declared, member__panel=self.panel, member__left_at__isnull=True
        ).exclude(member__part=PanelPart.SECRETARY)
        return scores.exclude(Exists(barring(member=OuterRef("member_id"), entry=OuterRef("entry_id"))))


def _reading(panel: Panel, reader: Member | None) -> _Reading:
    present = Member.objects.present().filter(panel=panel)
    return _Reading(panel, reader, declared_members(panel, present.values_list("pk", flat=True)))


def _columns(scores: QuerySet[Score]) -> list[Column]:
    grouped = (
        scores.order_by()
        .values_list("member_id", "criterion_id")
        .annotate(
            positions=ArrayAgg("entry__position", order_by="entry__position"),
            values=ArrayAgg("value", order_by="entry__position"),
        )
        .order_by("member__joined_at", "member_id", "criterion__position")
    )
    return [Column(*row) for row in grouped]
