"""The sheet on which one entry is scored, and what a form that was sent changed on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django_scopes import scope

from grobunn.juries.models import Criterion, Entry, Member, Score
from grobunn.juries.models.scores import NOTE_LENGTH
from grobunn.juries.queries.lines import LineToScore
from grobunn.juries.queries.scoring import entries_to_score
from grobunn.juries.services.scoring import TapGiven
from grobunn.kernel import clock, ids


@dataclass(frozen=True)
class Levels:
    """The figures that a criterion may be given, each with its words. Takes: chosen, the one that is given."""

    code: str
    levels: tuple[tuple[int, str], ...]
    chosen: int | None


@dataclass(frozen=True)
class Row:
    """One criterion on a sheet, with what the member has given."""

    criterion: Criterion
    value: int | None
    note: str

    @property
    def levels(self) -> Levels:
        """The figures to choose among."""
        offered = tuple((level["value"], level["text"]) for level in self.criterion.levels)
        return Levels(self.criterion.code, offered, self.value)


@dataclass(frozen=True)
class ScoreSheet:
    """One entry with its criteria. Takes: note, on the whole entry; key, of the form: sent twice, it is kept once."""

    entry: Entry
    rows: Sequence[Row]
    note: str
    key: UUID

    @property
    def is_done(self) -> bool:
        """Whether every figure is given."""
        return all(row.value is not None for row in self.rows)


def sheets_of(member: Member, entries: Sequence[UUID]) -> list[ScoreSheet]:
    """The sheets of some of a member's entries, in order; what is not theirs to score is left out."""
    with scope(municipality=member.municipality_id):
        return _sheets(member, list(entries_to_score(member).filter(pk__in=entries)))


def sheets_of_lines(member: Member, lines: Sequence[LineToScore]) -> list[ScoreSheet]:
    """The sheets of lines of `lines_to_score`, which has asked what is theirs: it is not asked again."""
    with scope(municipality=member.municipality_id):
        wanted = Entry.objects.judged().filter(panel=member.panel_id, pk__in=[line.id for line in lines])
        return _sheets(member, list(wanted.order_by("position", "pk")))


def _sheets(member: Member, found: Sequence[Entry]) -> list[ScoreSheet]:
    with scope(municipality=member.municipality_id):
        criteria = list(Criterion.objects.filter(panel=member.panel_id))
        given = {
            (score.entry_id, score.criterion_id): score
            for score in Score.objects.filter(member=member, entry__in=found)
        }
    sheets = []
    for entry in found:
        rows = []
        for criterion in criteria:
            score = given.get((entry.pk, criterion.pk))
            rows.append(Row(criterion, score.value if score else None, score.note if score else ""))
        whole = given.get((entry.pk, None))
        sheets.append(ScoreSheet(entry=entry, rows=rows, note=whole.note if whole else "", key=ids.new_id()))
    return sheets


def taps_of_form(posted: Mapping[str, str], sheet: ScoreSheet) -> list[TapGiven]:
    """What somebody changed on a sheet; what they left as it was shown is no tap: a stale page overwrites nothing."""
    try:
        key = UUID(posted.get("key", ""))
    except ValueError:
        key = ids.new_id()
    now = clock.now()
    taps = []
    for code in ("", *(row.criterion.code for row in sheet.rows)):
        figure, note = posted.get(f"value-{code}", ""), posted.get(f"note-{code}", "").replace("\r\n", "\n").strip()
        if code and figure.isascii() and figure.isdigit() and figure != posted.get(f"was-value-{code}", ""):
            taps.append(
                TapGiven(uuid5(key, f"value-{code}"), sheet.entry.pk, now, criterion=code, value=int(figure[:4]))
            )
        if f"note-{code}" in posted and note != posted.get(f"was-note-{code}", "").replace("\r\n", "\n").strip():
            taps.append(
                TapGiven(uuid5(key, f"note-{code}"), sheet.entry.pk, now, criterion=code, note=note[:NOTE_LENGTH])
            )
    return taps
