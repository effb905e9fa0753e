"""Reads of the pages that belong to no feature."""

import unicodedata
from dataclasses import dataclass

from django.core.cache import caches

from grobunn.organisations.models import Municipality, MunicipalityNumber
from grobunn.organisations.queries import MunicipalityFacts, all_municipalities

REGISTRY_SECONDS = 60
FOUND_AT_MOST = 20
# Letters that people write in two ways: "Bærum" is found as "baerum", "Ålesund" as "alesund".
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŧ": "t", "ŋ": "n"})


@dataclass(frozen=True)
class Found:
    """Municipalities that fit what somebody typed, and whether there are more."""

    rows: list[MunicipalityFacts]
    has_more: bool


def find_municipality(words: str) -> Found:
    """Municipalities by the beginning of a name, then by any part of it, or by number; no words find none."""
    wanted = _folded(words.strip())
    if not wanted:
        return Found(rows=[], has_more=False)
    hits = [(facts, place) for facts in _registry() if (place := _place(facts, wanted)) is not None]
    ranked = [facts for facts, _place_ in sorted(hits, key=lambda hit: hit[1])]
    return Found(rows=ranked[:FOUND_AT_MOST], has_more=len(ranked) > FOUND_AT_MOST)


def in_use() -> list[MunicipalityFacts]:
    """The municipalities that take ideas here, by name."""
    return [facts for facts in _registry() if facts["is_in_use"]]


def numbers_of(municipality: Municipality) -> list[str]:
    """The numbers that a municipality has today; one, but for open archives."""
    today = MunicipalityNumber.objects.filter(municipality=municipality, valid_to__isnull=True)
    return list(today.order_by("number").values_list("number", flat=True))


def _registry() -> list[MunicipalityFacts]:
    """Every municipality by name, at most a minute old."""
    registry: list[MunicipalityFacts] | None = caches["process"].get("web.registry")
    if registry is None:
        registry = all_municipalities()
        caches["process"].set("web.registry", registry, REGISTRY_SECONDS)
    return registry


def _place(facts: MunicipalityFacts, wanted: str) -> int | None:
    """How well a municipality fits: 0 begins so, 1 a part of the name begins so, 2 holds it; None does not fit."""
    name = _folded(facts["name"])
    if name.startswith(wanted) or facts["number"] == wanted:
        return 0
    if any(part.startswith(wanted) for part in name.replace("–", " ").replace("-", " ").split()):
        return 1
    return 2 if wanted in name or wanted in facts["slug"] else None


def _folded(text: str) -> str:
    plain = text.casefold().translate(_PLAIN)
    return "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
