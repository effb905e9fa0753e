"""The life of an initiative in plain sentences: steps, lines of the log, reports, milestones; the latest first."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grobunn.ideas.queries.life import day_phrase, holder_phrase
from grobunn.initiatives.models import Initiative
from grobunn.kernel.paging import BadCursor

PAGE_SIZE = 20


@dataclass(frozen=True)
class LifeLine:
    """One thing that happened: a sentence, and the words that somebody wrote with it.

    Takes: kind, "step", "entry", "report", "milestone" or "move"; signal, of a report.
    """

    id: UUID
    kind: str
    at: datetime
    sentence: str
    words: str = ""
    signal: str = ""


@dataclass(frozen=True)
class LifePage:
    """A page of a life, and the cursor of the next one (None on the last)."""

    lines: list[LifeLine]
    next_cursor: str | None


def life_page(initiative: Initiative, *, cursor: str | None = None, size: int = PAGE_SIZE) -> LifePage:
    """One page of the life of an initiative, the latest first; one SQL. Raises: BadCursor."""
    at, line_id = _opened(cursor) if cursor else (None, None)
    wanted: dict[str, Any] = {
        "initiative": initiative.pk,
        "edges": list(_SENTENCES),
        "zone": timezone.get_current_timezone_name(),
        "at": at,
        "id": line_id,
        "most": size + 1,
    }
    with connection.cursor() as rows:
        rows.execute(_LINES, wanted)
        found = [_line(*row) for row in rows.fetchall()]
    lines = found[:size]
    return LifePage(lines=lines, next_cursor=_sealed(lines[-1]) if len(found) > size else None)


# Five kinds of rows, of each no more than the page holds. A milestone was reached at noon, for want of an hour.
_LINES = """
WITH line AS (
    (SELECT 'step' AS kind, id, at, edge AS text, reason AS words, '' AS signal,
            data || jsonb_build_object('name', (SELECT name FROM accounts_user WHERE id = actor_id)) AS facts
       FROM kernel_statechange
      WHERE subject_id = %(initiative)s AND edge = ANY(%(edges)s)
        AND (%(at)s::timestamptz IS NULL OR at <= %(at)s)
      ORDER BY at DESC, id DESC LIMIT %(most)s)
    UNION ALL
    (SELECT 'entry', id, made_at, text, '', '', NULL
       FROM initiatives_entry
      WHERE initiative_id = %(initiative)s AND removed_at IS NULL
        AND (%(at)s::timestamptz IS NULL OR made_at <= %(at)s)
      ORDER BY made_at DESC, id DESC LIMIT %(most)s)
    UNION ALL
    (SELECT 'report', id, made_at, status, done, signal, NULL
       FROM initiatives_report
      WHERE initiative_id = %(initiative)s AND (%(at)s::timestamptz IS NULL OR made_at <= %(at)s)
      ORDER BY made_at DESC, id DESC LIMIT %(most)s)
    UNION ALL
    (SELECT 'milestone', id, (reached_on + time '12:00') AT TIME ZONE %(zone)s, title, '', '', NULL
       FROM initiatives_milestone
      WHERE initiative_id = %(initiative)s AND removed_at IS NULL AND reached_on IS NOT NULL)
    UNION ALL
    (SELECT 'move', move.id, move.made_at, milestone.title, move.reason, '',
            jsonb_build_object('before', move.from_on, 'after', move.to_on)
       FROM initiatives_milestonemove move JOIN initiatives_milestone milestone ON milestone.id = move.milestone_id
      WHERE move.initiative_id = %(initiative)s AND (%(at)s::timestamptz IS NULL OR move.made_at <= %(at)s)
      ORDER BY move.made_at DESC, move.id DESC LIMIT %(most)s)
)
SELECT kind, id, at, text, words, signal, facts FROM line
 WHERE %(at)s::timestamptz IS NULL OR (at, id) < (%(at)s, %(id)s::uuid)
 ORDER BY at DESC, id DESC LIMIT %(most)s
"""


def _line(kind: str, line_id: UUID, at: datetime, text: str, words: str, signal: str, facts: str | None) -> LifeLine:
    sentence = _TOLD[kind](text, json.loads(facts) if facts else {})
    return LifeLine(id=line_id, kind=kind, at=at, sentence=sentence, words=words, signal=signal)


def _step(edge: str, facts: Mapping[str, Any]) -> str:
    return capfirst(_SENTENCES[edge]() % {"who": _who(facts)})


def _entry(text: str, _facts: Mapping[str, Any]) -> str:
    return text


def _report(status: str, _facts: Mapping[str, Any]) -> str:
    return _("Report: %(status)s") % {"status": status}


def _reached(title: str, _facts: Mapping[str, Any]) -> str:
    return _("Milestone reached: %(title)s") % {"title": title}


def _moved(title: str, facts: Mapping[str, Any]) -> str:
    before, after = (day_phrase(date.fromisoformat(facts[name])) for name in ("before", "after"))
    return _("The milestone “%(title)s” was moved from %(before)s to %(after)s.") % {
        "title": title,
        "before": before,
        "after": after,
    }


_TOLD: Mapping[str, Callable[[str, Mapping[str, Any]], str]] = {
    "step": _step,
    "entry": _entry,
    "report": _report,
    "milestone": _reached,
    "move": _moved,
}


def _who(facts: Mapping[str, Any]) -> str:
    """Who took a step: the person and the role, as colleagues read it."""
    name = facts.get("name") or ""
    role = holder_phrase(facts["by"], facts.get("by_unit", "")) if facts.get("by") else ""
    if name and role:
        return _("%(name)s (%(role)s)") % {"name": name, "role": role}
    return name or role or pgettext("life of an initiative", "somebody")


# Every edge of the table, and the beginning; a test holds them against each other.
_SENTENCES: Mapping[str, Callable[[], str]] = {
    "create": lambda: _("%(who)s started the initiative."),
    "ask_decision": lambda: _("%(who)s asked for the decision."),
    "pass_gate": lambda: _("%(who)s decided: go on."),
    "send_back": lambda: _("%(who)s decided: not yet."),
    "change_phase": lambda: _("%(who)s went to another phase."),
    "switch_method": lambda: _("%(who)s chose another method."),
    "replan": lambda: _("%(who)s planned it anew."),
    "change_owner": lambda: _("%(who)s gave it another owner."),
    "accept_owner": lambda: _("%(who)s said yes to owning it."),
    "lose_owner": lambda: _("The owner left, and the next leader was asked to take it over."),
    "pause": lambda: _("%(who)s put it on hold."),
    "resume": lambda: _("%(who)s took it up again."),
    "put_in_operation": lambda: _("%(who)s said that it is in operation."),
    "finish_learned": lambda: _("%(who)s stopped it, and told what was learned."),
    "reopen": lambda: _("%(who)s opened it again."),
}


def told_edges() -> frozenset[str]:
    """The steps that the life has a sentence for."""
    return frozenset(_SENTENCES)


def _sealed(line: LifeLine) -> str:
    text = json.dumps([line.at.isoformat(), str(line.id)])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _opened(cursor: str) -> tuple[datetime, UUID]:
    try:
        at, line_id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return datetime.fromisoformat(at), UUID(line_id)
    except (ValueError, TypeError) as error:
        raise BadCursor(cursor) from error
