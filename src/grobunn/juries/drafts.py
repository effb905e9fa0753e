"""First drafts of reasons and feedback: plain sentences from the criteria and the panel's own notes, without names."""

from collections.abc import Iterable

import numpy as np
from django.utils.translation import gettext as _

from grobunn.juries.models import Criterion, Entry, Panel
from grobunn.juries.occasions import occasion_of
from grobunn.juries.queries.results import Results, results_of
from grobunn.juries.queries.scores import visible_notes


def draft_reasons(entry: Entry) -> str:
    """Reasons to begin with: where the entry is strongest and weakest, in the words of the levels, and all notes on it.

    From impartial members who score alone, and the same each time.
    """
    panel = entry.panel
    notes = visible_notes(panel, None, entries=[entry.pk])
    return "\n\n".join(filter(None, [*_levels(results_of(panel, None), entry), _list(note.note for note in notes)]))


def draft_feedback(entry: Entry) -> str:
    """Feedback to begin with: what was decided, and why."""
    outcome = occasion_of(_panel(entry)).outcome(entry.outcome)
    said = _("The panel has looked at “%(title)s”. Its decision: %(outcome)s.") % {
        "title": entry.title,
        "outcome": outcome.label if outcome else "–",
    }
    return "\n\n".join(filter(None, [said, entry.reasons]))


def _levels(results: Results, entry: Entry) -> list[str]:
    row = results.rows.get(entry.pk)
    if row is None or not results.counts[row]:
        return []
    means = results.raw.by_criterion[row]
    scored = [each for each in zip(results.criteria, means, strict=True) if not np.isnan(each[1])]
    if not scored:
        return []
    # Of two that are as strong, the one named first among the criteria.
    strongest = max(scored, key=lambda each: _share(*each))
    weakest = min(reversed(scored), key=lambda each: _share(*each))
    if _share(*strongest) == _share(*weakest):
        return [
            _("The panel finds it even on all criteria. %(criterion)s: %(level)s.") % _said(*strongest),
        ]
    return [
        _("Strongest: %(criterion)s. %(level)s.") % _said(*strongest),
        _("Weakest: %(criterion)s. %(level)s.") % _said(*weakest),
    ]


def _share(criterion: Criterion, mean: float) -> float:
    """How far up its scale a mean lies, 0 to 1: scales may differ."""
    return float(mean - criterion.lowest) / (criterion.highest - criterion.lowest)


def _said(criterion: Criterion, mean: float) -> dict[str, str]:
    value = min(max(round(float(mean)), criterion.lowest), criterion.highest)
    level = next(str(each["text"]) for each in criterion.levels if int(each["value"]) == value)
    return {"criterion": criterion.name, "level": level.rstrip(".")}


def _list(notes: Iterable[str]) -> str:
    """Each note once, on a line of its own."""
    lines = dict.fromkeys(" ".join(note.split()) for note in notes)
    return "\n".join(f"- {line}" for line in lines if line)


def _panel(entry: Entry) -> Panel:
    panel: Panel = entry.panel
    return panel
