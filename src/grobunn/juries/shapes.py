"""The shape of a set of criteria, and how it is read from JSON: one for what comes with Grobunn and for one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

Words = Mapping[str, str]


@dataclass(frozen=True)
class Level:
    """What a figure means. Takes: value, a whole number, one above the level before it."""

    value: int
    text: str


@dataclass(frozen=True)
class CriterionShape:
    """A criterion in the words of one language."""

    code: str
    name: str
    question: str
    weight: Decimal
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Criteria:
    """A set in one language and edition. Takes: source and source_url, where it comes from."""

    key: str
    edition: int
    name: str
    summary: str
    source: str
    source_url: str
    criteria: tuple[CriterionShape, ...]


def read_criteria(data: Mapping[str, Any], *, language: str) -> Criteria:
    """A set from its JSON.

    Takes:  data as `data/*.json` holds it: every text either a string or {"nb": …, "nn": …, "en": …}.
    Raises: KeyError, ValueError where it has not the shape.
    """

    def said(text: str | Words | None) -> str:
        if text is None:
            return ""
        return text if isinstance(text, str) else text.get(language) or text["nb"]

    shared = data.get("levels", ())
    return Criteria(
        key=data["key"],
        edition=data.get("edition", 1),
        name=said(data["name"]),
        summary=said(data.get("summary")),
        source=said(data.get("source")),
        source_url=data.get("source_url", ""),
        criteria=tuple(
            CriterionShape(
                code=each["code"],
                name=said(each["name"]),
                question=said(each.get("question")),
                weight=Decimal(str(each.get("weight", 1))),
                levels=_levels(
                    [Level(int(level["value"]), said(level["text"])) for level in each.get("levels", shared)]
                ),
            )
            for each in data["criteria"]
        ),
    )


def _levels(levels: list[Level]) -> tuple[Level, ...]:
    if len(levels) < 2 or any(after.value != before.value + 1 for before, after in pairwise(levels)):
        raise ValueError("Levels are at least two, from lowest to highest, one apart.")
    return tuple(levels)
