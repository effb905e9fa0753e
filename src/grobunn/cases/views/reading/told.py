"""What a case tells its readers, rendered once for everything that it shows (decision 0047).

A published case is the same for everybody. What is kept is decided by the columns of the rows that are shown and what
else stands in `Shown`; the templates get these, no request and no reader.
"""

from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Model
from django.template import loader
from django.utils import translation
from django.utils.safestring import SafeString

from grobunn.cases.addresses import case_address
from grobunn.cases.metadata import head_of
from grobunn.cases.models import Case, Document, Picture
from grobunn.cases.queries.published import EditionLine
from grobunn.cases.telling import facts_of, key_facts_of, sections_of, tells_its_cost

# So many pages of some twenty kilobytes are kept in each process.
_KEPT = 512


@dataclass(frozen=True)
class Told:
    """The parts of the page that are the same for everybody."""

    head: SafeString
    top: SafeString
    text: SafeString
    aside: SafeString


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is shown.

    Takes: edition, an older one that is shown in place of the case as it is; "" for no name and no idea.
    """

    case: Case
    pictures: tuple[Picture, ...]
    documents: tuple[Document, ...]
    editions: tuple[EditionLine, ...]
    contact_name: str = ""
    idea_url: str = ""
    edition: EditionLine | None = None


def told(shown: Shown) -> Told:
    """The page's own parts, in the language of the request."""
    case = shown.case
    rows = (case, case.municipality, case.origin, case.contact_unit, *shown.pictures, *shown.documents)
    others = (shown.editions, shown.contact_name, shown.idea_url, shown.edition, case.is_review_overdue)
    return _rendered(_Key((translation.get_language(), *map(_columns, rows), *others), shown))


class _Key:
    """What is shown, equal where every value of it is."""

    def __init__(self, values: tuple[Any, ...], shown: Shown) -> None:
        self.values, self.shown = values, shown
        self._hash = hash(values)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.values == other.values


def _columns(row: Model | None) -> tuple[Any, ...] | None:
    """The values of a row that say what it says."""
    return None if row is None else tuple(_frozen(getattr(row, field.attname)) for field in row._meta.concrete_fields)


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return tuple((name, _frozen(each)) for name, each in value.items())
    return value


@lru_cache(maxsize=_KEPT)
def _rendered(key: _Key) -> Told:
    # Whoever may be phoned is told by the name in `Shown` alone.
    shown, case = key.shown, copy(key.shown.case)
    case.contact_person = None
    context = {
        "head": head_of(case, pictures=shown.pictures),
        "case": case,
        "sections": sections_of(case),
        "key_facts": key_facts_of(case) if tells_its_cost(case) else [],
        "facts": facts_of(case),
        "pictures": shown.pictures,
        "documents": shown.documents,
        "share_url": case_address(case),
        "editions": shown.editions,
        "contact_name": shown.contact_name,
        "idea_url": shown.idea_url,
        "edition": shown.edition,
        "is_latest": shown.edition is not None and shown.edition == shown.editions[0],
    }
    parts = (loader.render_to_string(f"cases/{name}.html", context) for name in _TEMPLATES)
    return Told(*parts)


_TEMPLATES = ("_head", "_told_top", "_told_text", "_told_aside")
