"""Earlier wordings of an idea, and what was changed between one and the next."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from django.apps import apps

from grobunn.ideas.models import Idea

# Beyond this many words a comparison costs more than a page may; then the earlier text stands as a whole.
COMPARED_WORDS = 3000
_WORDS = re.compile(r"\S+\s*|\s+")


class PartKind(StrEnum):
    """What became of a part of a text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Part:
    """Some words in a row, and what became of them."""

    kind: PartKind
    text: str


@dataclass(frozen=True)
class Change:
    """One edit: when, and what was removed and added."""

    at: datetime
    title: Sequence[Part]
    text: Sequence[Part]


def wording_changes(idea: Idea) -> list[Change]:
    """Every edit of an idea's words, oldest first; one SQL.

    The database keeps the wording before each edit; the last of them is compared with the idea as it stands.
    """
    earlier: Any = apps.get_model("ideas", "IdeaTitleTextEvent")._base_manager
    rows = list(earlier.filter(pgh_obj_id=idea.pk).order_by("pgh_id").values_list("pgh_created_at", "title", "text"))
    following = [(title, text) for _at, title, text in rows[1:]] + [(idea.title, idea.text)]
    return [
        Change(at=at, title=compared(title, new_title), text=compared(text, new_text))
        for (at, title, text), (new_title, new_text) in zip(rows, following, strict=True)
    ]


def compared(old: str, new: str) -> list[Part]:
    """What was removed and added between two texts, word by word; nothing where they are the same."""
    if old == new:
        return []
    old_words, new_words = _WORDS.findall(old), _WORDS.findall(new)
    if len(old_words) + len(new_words) > COMPARED_WORDS:
        return [Part(PartKind.REMOVED, old)]
    return list(_parts(old_words, new_words))


def _parts(old: list[str], new: list[str]) -> Iterator[Part]:
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for _tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        before, after = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if before == after:
            yield Part(PartKind.KEPT, before)
            continue
        if before:
            yield Part(PartKind.REMOVED, before)
        if after:
            yield Part(PartKind.ADDED, after)
