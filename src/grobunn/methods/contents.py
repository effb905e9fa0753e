"""An own method between its form and its JSON: lines of text on one side, keys and lists on the other."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.text import slugify

from grobunn.methods.shapes import HandIn, Method, Phase
from grobunn.methods.stages import Stage

_PARTED_BY = ":"
_KEY_LENGTH = 50


def filled_in(method: Method) -> list[dict[str, Any]]:
    """The phases of a method as the form shows them."""
    return [_phase_filled_in(phase) for phase in method.phases]


def empty_phase(*, after: str = Stage.IDEA) -> dict[str, Any]:
    """A phase with nothing written in it, counted as the one before it."""
    return {"key": "", "name": "", "stage": after, "decided_by": "owner", "needs": ["owner"]}


def content_of(
    *, name: str, summary: str, phases: Sequence[Mapping[str, Any]], based_on: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The JSON of a method from what its form holds.

    Takes: phases, cleaned; based_on, the content that it changes: its source is kept.
    """
    kept = {key: (based_on or {})[key] for key in ("source", "source_url") if (based_on or {}).get(key)}
    taken: set[str] = set()
    return {
        "name": name.strip(),
        "summary": summary.strip(),
        **kept,
        "phases": [_phase_content(phase, taken=taken) for phase in phases],
    }


def data_of(method: Method) -> dict[str, Any]:
    """A method in one language as own content: where a copy begins."""
    return content_of(
        name=method.name,
        summary=method.summary,
        phases=filled_in(method),
        based_on={"source": method.source, "source_url": method.source_url},
    )


def hand_ins_in(lines: str, known: str = "") -> list[HandIn]:
    """The hand-ins of a phase as they are written: one a line, a name and after a colon what it is.

    Takes: known, the keys that names had when the form was opened: what is handed in under them goes on counting.
    """
    keys = _known(known)
    found = []
    for line in _lines(lines):
        name, _colon, help_text = line.partition(_PARTED_BY)
        if name.strip():
            found.append(HandIn(key=keys.get(name.strip()) or key_of(name), name=name.strip(), help=help_text.strip()))
    return found


def key_of(name: str) -> str:
    """A key from a name: letters that Norwegian has and keys have not are written out."""
    plain = name.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return slugify(plain)[:_KEY_LENGTH].strip("-") or "uten-navn"


def _phase_filled_in(phase: Phase) -> dict[str, Any]:
    gate = phase.gate
    return {
        "key": phase.key,
        "name": phase.name,
        "stage": phase.stage,
        "purpose": phase.purpose,
        "questions": "\n".join(phase.questions),
        "tools": "\n".join(phase.tools),
        "hand_ins": _lines_of(phase.hand_ins),
        "known": json.dumps({each.name: each.key for each in phase.hand_ins}, ensure_ascii=False),
        "gate_key": gate.key if gate else "",
        "gate": gate.name if gate else "",
        "needs": list(gate.needs) if gate else ["owner"],
        "decided_by": gate.decided_by if gate else "owner",
    }


def _lines_of(hand_ins: Iterable[HandIn]) -> str:
    return "\n".join(f"{each.name}{_PARTED_BY} {each.help}" if each.help else each.name for each in hand_ins)


def _known(sent: str) -> dict[str, str]:
    """Keys by names, as a form carried them; what is not that is passed over."""
    try:
        found = json.loads(sent or "{}")
    except ValueError:
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {name: key_of(key) for name, key in pairs if isinstance(name, str) and isinstance(key, str)}


def _phase_content(phase: Mapping[str, Any], *, taken: set[str]) -> dict[str, Any]:
    written: dict[str, Any] = {
        "key": _free(phase.get("key") or key_of(phase["name"]), taken),
        "name": phase["name"].strip(),
        "stage": str(phase["stage"]),
        "purpose": (phase.get("purpose") or "").strip(),
        "questions": _lines(phase.get("questions") or ""),
        "tools": _lines(phase.get("tools") or ""),
        "hand_ins": [
            {"key": each.key, "name": each.name, "help": each.help}
            for each in hand_ins_in(phase.get("hand_ins") or "", phase.get("known") or "")
        ],
    }
    name = (phase.get("gate") or "").strip()
    if name:
        written["gate"] = {
            "key": phase.get("gate_key") or f"etter-{written['key']}"[:_KEY_LENGTH],
            "name": name,
            "needs": list(phase.get("needs") or ()),
            "decided_by": phase.get("decided_by") or "owner",
        }
    return written


def _free(key: str, taken: set[str]) -> str:
    chosen = next(each for each in (key, *(f"{key}-{n}" for n in range(2, len(taken) + 3))) if each not in taken)
    taken.add(chosen)
    return chosen


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
