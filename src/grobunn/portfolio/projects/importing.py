"""Looks a project list through, and imports it: the preview is the import itself, taken back at the end.

So what is shown is what happens, also when rows compete for the same capacity.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.core.cache import caches
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.capacity.errors import CapacityExceeded, Shortfall
from grobunn.capacity.words import measured
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.services.start import start_initiative
from grobunn.kernel import audit, ids, permissions
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.methods.shapes import Method
from grobunn.organisations.models import Municipality
from grobunn.organisations.services.rosters.reading import Roster, RosterRow, RosterUnreadable, read_roster
from grobunn.portfolio.projects.columns import COLUMNS, LABELS, REQUIRED, mapped
from grobunn.portfolio.projects.rows import Known, RowIsWrong, beginning_of, external_id_of, known_of

MOST_ROWS = 500
_KEPT_SECONDS = 24 * 3600


class Becomes(StrEnum):
    """What a row becomes."""

    NEW = "new"
    WITHOUT_ROOM = "without_room"
    HERE_ALREADY = "here_already"
    WRONG = "wrong"


@dataclass(frozen=True)
class Outcome:
    """What becomes of a row. Takes: column and message, what is wrong, or what there is no room for."""

    row: int
    title: str
    becomes: Becomes
    column: str | Promise = ""
    message: str | Promise = ""


@dataclass(frozen=True)
class Preview:
    """What an import would do now. Takes: headings, of the file; chosen, which of them is which column."""

    outcomes: Sequence[Outcome]
    headings: Sequence[str]
    chosen: Mapping[str, str]
    missing: Sequence[str | Promise] = ()

    def count(self, becomes: str) -> int:
        return sum(each.becomes == becomes for each in self.outcomes)

    @property
    def is_applicable(self) -> bool:
        """Whether there is something to import."""
        return not self.missing and self.count(Becomes.NEW) + self.count(Becomes.WITHOUT_ROOM) > 0

    @property
    def fingerprint(self) -> str:
        """Same fingerprint, same outcome: what is done is what was shown."""
        shown = [(each.row, each.title, each.becomes.value) for each in self.outcomes]
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class ProjectList:
    """A file between its preview and its import; forgotten after a day."""

    content: bytes
    file_name: str


def keep_list(municipality: Municipality, *, content: bytes, file_name: str, actor: User) -> str:
    """Keep a file for its preview. Returns: its key. Raises: RosterUnreadable; PermissionDenied."""
    permissions.check("initiatives.import", actor, municipality)
    roster = read_roster(content, file_name=file_name, columns=COLUMNS)
    if len(roster.rows) > MOST_ROWS:
        raise RosterUnreadable(_("The list has more than 500 rows. Divide it into several."))
    key = str(ids.new_id())
    caches["default"].set(_kept_as(municipality, actor, key), ProjectList(content, file_name), _KEPT_SECONDS)
    return key


def kept_list(municipality: Municipality, *, key: str, actor: User) -> ProjectList | None:
    """A kept file of the same person in the same municipality; None when it is forgotten."""
    found = caches["default"].get(_kept_as(municipality, actor, key))
    return found if isinstance(found, ProjectList) else None


def import_list(
    municipality: Municipality,
    projects: ProjectList,
    *,
    method: Method,
    chosen: Mapping[str, str],
    takes_without_room: bool,
    actor: User,
    fingerprint: str | None = None,
) -> Preview:
    """Import a list, or only look what that would do. All of it happens, or nothing.

    Takes:   chosen, headings by column where the file's own are not understood; takes_without_room, whether what there
             is no room for comes in without holding capacity; fingerprint, of the preview that was shown, None to look.
    Returns: what happened, or would happen; where the fingerprint is another one, nothing has happened.
    Raises:  RosterUnreadable; PermissionDenied.
    Effects: as `start_initiative` for each new row; audit.
    """
    permissions.check("initiatives.import", actor, municipality)
    roster = read_roster(projects.content, file_name=projects.file_name, columns=mapped(chosen))
    headings = _headings(projects)
    missing = [LABELS[name] for name in REQUIRED if name not in roster.columns]
    if missing:
        return Preview([], headings, chosen, missing)
    with transaction.atomic(), scope(municipality=municipality.pk):
        outcomes = _outcomes(municipality, roster, method=method, without_room=takes_without_room, actor=actor)
        preview = Preview(outcomes, headings, chosen)
        if fingerprint != preview.fingerprint:
            transaction.set_rollback(True)
        else:
            counts = {each.value: preview.count(each) for each in Becomes}
            audit.record(
                "initiatives.import", actor=actor, subject=municipality, municipality_id=municipality.pk, data=counts
            )
    return preview


def _outcomes(
    municipality: Municipality, roster: Roster, *, method: Method, without_room: bool, actor: User
) -> list[Outcome]:
    known = known_of(municipality, method=method)
    wrong = {error.row: error for error in reversed(roster.errors)}
    seen = set(
        Initiative.objects.filter(municipality=municipality)
        .exclude(external_id="")
        .values_list("external_id", flat=True)
    )
    outcomes = []
    for row in roster.rows:
        if row.number in wrong:
            error = wrong[row.number]
            outcomes.append(Outcome(row.number, row["title"], Becomes.WRONG, error.column, error.message))
        elif external_id_of(row) in seen:
            outcomes.append(Outcome(row.number, row["title"], Becomes.HERE_ALREADY))
        else:
            outcome = _begun(municipality, row, known=known, without_room=without_room, actor=actor)
            outcomes.append(outcome)
            if outcome.becomes != Becomes.WRONG:
                seen.add(external_id_of(row))
    return outcomes


def _begun(municipality: Municipality, row: RosterRow, *, known: Known, without_room: bool, actor: User) -> Outcome:
    """One row, in a transaction of its own inside the whole."""
    try:
        try:
            with transaction.atomic():
                beginning = beginning_of(row, known=known, reserves=True)
                start_initiative(municipality, beginning=beginning, actor=actor)
        except CapacityExceeded as refused:
            words = _no_room_words(refused.shortfalls[0])
            if not without_room:
                return Outcome(row.number, row["title"], Becomes.WRONG, "", words)
            with transaction.atomic():
                beginning = beginning_of(row, known=known, reserves=False)
                start_initiative(municipality, beginning=beginning, actor=actor)
            return Outcome(row.number, row["title"], Becomes.WITHOUT_ROOM, "", words)
    except RowIsWrong as error:
        return Outcome(row.number, row["title"], Becomes.WRONG, LABELS[error.column], error.message)
    except TransitionRefused as refused:
        return Outcome(row.number, row["title"], Becomes.WRONG, "", str(refused))
    return Outcome(row.number, row["title"], Becomes.NEW)


def _no_room_words(where: Shortfall) -> str:
    given = {"source": where.source.name, "quarter": where.quarter}
    if where.over:
        words = _("There is no room: of %(source)s, %(over)s too much is promised in %(quarter)s already.")
        return words % {**given, "over": measured(where.over, where.source.kind)}
    words = _("There is no room: %(source)s has %(left)s left in %(quarter)s.")
    return words % {**given, "left": measured(where.left, where.source.kind)}


def _headings(projects: ProjectList) -> list[str]:
    """The headings of the file, as they stand there."""
    return list(read_roster(projects.content, file_name=projects.file_name, columns=()).unread_columns)


def _kept_as(municipality: Municipality, actor: User, key: str) -> str:
    return f"portfolio.projects.{municipality.pk}.{actor.pk}.{key}"
