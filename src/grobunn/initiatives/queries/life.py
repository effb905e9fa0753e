"""The life of an initiative in plain sentences: steps, lines of the log, reports, milestones; the latest first."""

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_scopes import scopes_disabled

from grobunn.ideas.queries.life import day_phrase, holder_phrase
from grobunn.initiatives.models import Entry, Initiative, Milestone, MilestoneMove, Report
from grobunn.kernel.models import StateChange
from grobunn.kernel.paging import BadCursor

PAGE_SIZE = 20
_ACTOR_NAME = RawSQL("SELECT name FROM accounts_user WHERE id = kernel_statechange.actor_id", ())


@dataclass(frozen=True)
class LifeLine:
    """One thing that happened: a sentence, and the words that somebody wrote with it.

    Takes: kind, "step", "entry", "report", "milestone" or "move"; signal, of a report; is_decision, of a step.
    """

    id: UUID
    kind: str
    at: datetime
    sentence: str
    words: str = ""
    signal: str = ""

    @property
    def place(self) -> tuple[datetime, str]:
        """Where it stands among the others."""
        return (self.at, str(self.id))


@dataclass(frozen=True)
class LifePage:
    """A page of a life, and the cursor of the next one (None on the last)."""

    lines: list[LifeLine]
    next_cursor: str | None


def life_page(initiative: Initiative, *, cursor: str | None = None, size: int = PAGE_SIZE) -> LifePage:
    """One page of the life of an initiative, the latest first; five SQL. Raises: BadCursor."""
    before = _opened(cursor) if cursor else None
    at = before[0] if before else None
    with scopes_disabled():
        found = [
            line
            for source in _SOURCES
            for line in source(initiative, at, size + 1)
            if before is None or line.place < before
        ]
    found.sort(key=lambda line: line.place, reverse=True)
    lines = found[:size]
    return LifePage(lines=lines, next_cursor=_sealed(lines[-1]) if len(found) > size else None)


def _steps(initiative: Initiative, at: datetime | None, most: int) -> Iterable[LifeLine]:
    changes = StateChange.objects.filter(subject_id=initiative.pk, edge__in=_SENTENCES)
    rows = _until(changes, "at", at).annotate(actor_name=_ACTOR_NAME).order_by("-at", "-id")[:most]
    return [
        LifeLine(
            id=change.pk,
            kind="step",
            at=change.at,
            sentence=capfirst(_SENTENCES[change.edge](change, _who(change))),
            words=change.reason,
        )
        for change in rows
    ]


def _entries(initiative: Initiative, at: datetime | None, most: int) -> Iterable[LifeLine]:
    rows = _until(Entry.objects.filter(initiative=initiative), "made_at", at).select_related("made_by")
    return [
        LifeLine(id=row.pk, kind="entry", at=row.made_at, sentence=row.text, words="")
        for row in rows.order_by("-made_at", "-id")[:most]
    ]


def _reports(initiative: Initiative, at: datetime | None, most: int) -> Iterable[LifeLine]:
    rows = _until(Report.objects.filter(initiative=initiative), "made_at", at).order_by("-made_at", "-id")[:most]
    return [
        LifeLine(
            id=row.pk,
            kind="report",
            at=row.made_at,
            sentence=_("Report: %(status)s") % {"status": row.status},
            words=row.done,
            signal=row.signal,
        )
        for row in rows
    ]


def _reached(initiative: Initiative, at: datetime | None, most: int) -> Iterable[LifeLine]:
    rows = Milestone.objects.filter(initiative=initiative, reached_on__isnull=False)
    if at is not None:
        rows = rows.filter(reached_on__lte=timezone.localdate(at))
    return [
        LifeLine(
            id=row.pk,
            kind="milestone",
            at=timezone.make_aware(datetime.combine(row.reached_on, time(12))) if row.reached_on else row.made_at,
            sentence=_("Milestone reached: %(title)s") % {"title": row.title},
        )
        for row in rows.order_by("-reached_on", "-id")[:most]
    ]


def _moves(initiative: Initiative, at: datetime | None, most: int) -> Iterable[LifeLine]:
    rows = _until(MilestoneMove.objects.filter(initiative=initiative), "made_at", at).select_related("milestone")
    return [
        LifeLine(
            id=row.pk,
            kind="move",
            at=row.made_at,
            sentence=_("The milestone “%(title)s” was moved from %(before)s to %(after)s.")
            % {"title": row.milestone.title, "before": day_phrase(row.from_on), "after": day_phrase(row.to_on)},
            words=row.reason,
        )
        for row in rows.order_by("-made_at", "-id")[:most]
    ]


Source = Callable[[Initiative, datetime | None, int], Iterable[LifeLine]]
_SOURCES: tuple[Source, ...] = (_steps, _entries, _reports, _reached, _moves)


def _until(rows: Any, field: str, at: datetime | None) -> Any:
    return rows.filter(**{f"{field}__lte": at}) if at is not None else rows


def _who(change: StateChange) -> str:
    """Who took a step: the person and the role, as colleagues read it."""
    name = getattr(change, "actor_name", None) or ""
    role = holder_phrase(change.data["by"], change.data.get("by_unit", "")) if change.data.get("by") else ""
    if name and role:
        return _("%(name)s (%(role)s)") % {"name": name, "role": role}
    return name or role or pgettext("life of an initiative", "somebody")


def _said(message: Callable[[], str]) -> Callable[[StateChange, str], str]:
    def sentence(_change: StateChange, who: str) -> str:
        return message() % {"who": who}

    return sentence


# Every edge of the table, and the beginning; a test holds them against each other.
_SENTENCES: Mapping[str, Callable[[StateChange, str], str]] = {
    "create": _said(lambda: _("%(who)s started the initiative.")),
    "ask_decision": _said(lambda: _("%(who)s asked for the decision.")),
    "pass_gate": _said(lambda: _("%(who)s decided: go on.")),
    "send_back": _said(lambda: _("%(who)s decided: not yet.")),
    "change_phase": _said(lambda: _("%(who)s went to another phase.")),
    "switch_method": _said(lambda: _("%(who)s chose another method.")),
    "replan": _said(lambda: _("%(who)s planned it anew.")),
    "change_owner": _said(lambda: _("%(who)s gave it another owner.")),
    "accept_owner": _said(lambda: _("%(who)s said yes to owning it.")),
    "lose_owner": _said(lambda: _("The owner left, and the next leader was asked to take it over.")),
    "pause": _said(lambda: _("%(who)s put it on hold.")),
    "resume": _said(lambda: _("%(who)s took it up again.")),
    "put_in_operation": _said(lambda: _("%(who)s said that it is in operation.")),
    "finish_learned": _said(lambda: _("%(who)s stopped it, and told what was learned.")),
    "reopen": _said(lambda: _("%(who)s opened it again.")),
}


def told_edges() -> frozenset[str]:
    """The steps that the life has a sentence for."""
    return frozenset(_SENTENCES)


def _sealed(line: LifeLine) -> str:
    text = json.dumps([line.at.isoformat(), str(line.id)])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _opened(cursor: str) -> tuple[datetime, str]:
    try:
        at, line_id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return datetime.fromisoformat(at), str(line_id)
    except (ValueError, TypeError) as error:
        raise BadCursor(cursor) from error
