"""What a member reads of the protocol who takes no part in some entries: as if those had never been handed in."""

from collections.abc import Mapping, Set
from typing import Any

from grobunn.juries.models import Member, Panel
from grobunn.juries.protocols.figures import results_part
from grobunn.juries.queries.standing import open_entries
from grobunn.juries.states import PanelState

_OF_AN_ENTRY = ("declarations", "conflicts", "stand_ins", "assignments", "scores", "taps")


def hidden_from(panel: Panel, reader: Member | None, content: Mapping[str, Any]) -> Set[str]:
    """The ids of entries that somebody is not to read of: none once the panel is closed, and its record open."""
    if reader is None or panel.state == PanelState.CLOSED:
        return frozenset()
    open_ids = {str(entry.pk) for entry in open_entries(reader)}
    return {entry["id"] for entry in content["entries"] if entry["id"] not in open_ids and not entry["withdrawn_at"]}


def excerpt(content: Mapping[str, Any], hidden: Set[str]) -> dict[str, Any]:
    """A protocol without some entries: results computed anew, free text about the whole left out.

    Returns: the content itself where nothing is hidden; else marked `is_excerpt`, and no longer what the digest is of.
    """
    if not hidden:
        return dict(content)
    left = {
        **content,
        "is_excerpt": True,
        "entries": [entry for entry in content["entries"] if entry["id"] not in hidden],
        "ranking": {**content["ranking"], "reason": ""},
        "steps": [{**step, "reason": ""} for step in content["steps"]],
        "comparisons": [each for each in content["comparisons"] if not {each["left"], each["right"]} & hidden],
    }
    for part in _OF_AN_ENTRY:
        left[part] = [row for row in content[part] if row["entry"] not in hidden]
    left["results"] = results_part(left)
    return left
