"""The results that a protocol states, computed from the scores that stand in it: its reader can do the same."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np

from grobunn.juries.models import Criterion
from grobunn.juries.queries.results import Results, results_from
from grobunn.juries.queries.scores import EntryLine


def results_part(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """For each entry that is judged, the mean as given and the adjusted estimate, with places and how sure they are."""
    results = results_in(content)
    low, high = results.found.intervals()
    return [
        {
            "entry": str(entry.id),
            "scored_by": int(results.counts[row]),
            "mean": _figure(results.raw.results[row]),
            "mean_place": _place(results.raw.places[row]),
            "spread": _figure(results.spread[row]),
            "adjusted": _figure(results.adjusted.results[row]),
            "standard_error": _figure(results.found.errors[row]),
            "interval": [_figure(low[row]), _figure(high[row])],
            "adjusted_place": _place(results.adjusted.places[row]),
            "group": int(results.found.entry_groups[row]),
        }
        for row, entry in enumerate(results.entries)
    ]


def results_in(content: Mapping[str, Any]) -> Results:
    """The results from what a protocol holds."""
    judged = [entry for entry in content["entries"] if not entry["withdrawn_at"]]
    rows = {entry["id"]: row for row, entry in enumerate(judged)}
    jurors = list(dict.fromkeys(score["member"] for score in content["scores"]))
    columns = {member: column for column, member in enumerate(jurors)}
    criteria = {criterion["code"]: place for place, criterion in enumerate(content["criteria"])}
    scores = np.full((len(rows), len(jurors), len(criteria)), np.nan)
    for score in content["scores"]:
        if score["entry"] in rows:
            place = rows[score["entry"]], columns[score["member"]], criteria[score["criterion"]]
            scores[place] = score["value"]
    return results_from(
        entries=[EntryLine(UUID(entry["id"]), row, entry["title"]) for row, entry in enumerate(judged)],
        juror_ids=[UUID(member) for member in jurors],
        criteria=[
            Criterion(code=each["code"], name=each["name"], weight=Decimal(each["weight"]), levels=each["levels"])
            for each in content["criteria"]
        ],
        scores=scores,
    )


def _figure(value: float) -> str | None:
    """A figure as text, four decimals: read by any program as it was signed."""
    return None if np.isnan(value) else f"{value + 0.0:.4f}"


def _place(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
