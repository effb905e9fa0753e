"""The library's answer: how many there are, what can narrow them, and the rows of one page."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np

from grobunn.cases.findable import KIND
from grobunn.cases.library import asked as names
from grobunn.cases.library.asked import Asked, Order
from grobunn.cases.library.columns import Codes, Columns, columns
from grobunn.cases.library.facets import FACETS, Rows
from grobunn.kernel.paging import BadCursor
from grobunn.search.queries import search

PAGE_SIZE = 20


@dataclass(frozen=True)
class Found:
    """An answer.

    Takes: ids of the page's cases in order; rows, all that were found; facets, how many each value leaves, by facet;
           is_more, whether the words stand in more cases than were looked at; is_exact, False where nothing has the
           words and these are alike; meant, the words with typing errors put right, or "".
    """

    total: int
    ids: Sequence[UUID]
    facets: Mapping[str, Mapping[str, int]]
    next_cursor: str | None
    previous_cursor: str | None
    is_more: bool = False
    is_exact: bool = True
    meant: str = ""
    table: Columns = field(repr=False, kw_only=True)
    rows: Rows = field(repr=False, kw_only=True)


def find(asked: Asked, *, user: Any, municipality_ids: frozenset[UUID] | None = None, size: int = PAGE_SIZE) -> Found:
    """Answer a question.

    Takes:  user, for whom words are searched; municipality_ids, those whose cases are wanted, None for all.
    Raises: BadCursor.
    """
    table = columns()
    worded = _with_words(asked, table, user)
    rows = _of(table, municipality_ids)
    if worded is not None:
        with_words = np.zeros(len(table), dtype=np.bool_)
        with_words[worded.rows] = True
        rows = rows & with_words
    masks = {name: FACETS[name].mask(table, values) for name, values in asked.chosen.items()}
    narrowed = _all_of(rows, masks.values())
    order = _order(asked, table, worded)
    in_order = order[narrowed[order]]
    start = _start(asked, table, in_order)
    shown = in_order[start : start + size]
    return Found(
        total=len(in_order),
        ids=[table.ids[row] for row in shown],
        facets={name: _counts(name, table, rows, masks, narrowed) for name in FACETS},
        next_cursor=_cursor(table, shown[-1]) if start + size < len(in_order) else None,
        # Before the first page there is nothing; the page before the second begins at the first.
        previous_cursor=None if start == 0 else _cursor(table, in_order[start - size - 1]) if start > size else "0",
        is_more=worded.is_more if worded else False,
        is_exact=worded.is_exact if worded else True,
        meant=worded.meant if worded else "",
        table=table,
        rows=narrowed,
    )


@dataclass(frozen=True)
class _Worded:
    """The rows that have the words, best first."""

    rows: Codes
    is_more: bool
    is_exact: bool
    meant: str


def _with_words(asked: Asked, table: Columns, user: Any) -> _Worded | None:
    """What search finds; it looks at the best few hundred, narrowed as far as it can narrow."""
    if not asked.words:
        return None
    narrowed = {"county": names.COUNTY, "language": names.LANGUAGE, "theme": names.KOSTRA}
    one_value: dict[str, Any] = {
        field: asked.chosen[name][0] for field, name in narrowed.items() if len(asked.chosen.get(name, ())) == 1
    }
    found = search(asked.words, user=user, kind=KIND, **one_value)
    rows = [table.row_of[hit.ref.id] for hit in found.hits if hit.ref.id in table.row_of]
    return _Worded(np.array(rows, dtype=np.int32), found.is_more, found.is_exact, found.meant)


def _of(table: Columns, municipality_ids: frozenset[UUID] | None) -> Rows:
    """Cases that some municipalities did or look after."""
    if municipality_ids is None:
        return np.ones(len(table), dtype=np.bool_)
    wanted = np.array([each in municipality_ids for each in table.municipality_ids], dtype=np.bool_)
    return wanted[table.keeper] | wanted[table.origin]


def _all_of(rows: Rows, masks: Any) -> Rows:
    for mask in masks:
        rows = rows & mask
    return rows


def _counts(name: str, table: Columns, rows: Rows, masks: Mapping[str, Rows], narrowed: Rows) -> Mapping[str, int]:
    """What each value of a facet would leave: its own choice does not count, those of the others do."""
    if not masks and rows.all():
        return _kept_counts(name, table, rows)
    others = narrowed if name not in masks else _all_of(rows, (masks[each] for each in masks if each != name))
    return FACETS[name].counts(table, others)


def _kept_counts(name: str, table: Columns, rows: Rows) -> Mapping[str, int]:
    """The counts over everything, which the first page asks for again and again."""
    if name not in table.kept:
        table.kept[name] = FACETS[name].counts(table, rows)
    counts: Mapping[str, int] = table.kept[name]
    return counts


def _order(asked: Asked, table: Columns, worded: _Worded | None) -> Codes:
    if asked.order == Order.BEST and worded is not None:
        return worded.rows
    if asked.order == Order.ADOPTED:
        return table.by_adoptions
    return np.arange(len(table), dtype=np.int32)


def _cursor(table: Columns, row: int) -> str:
    """The place after a row, by what it is sorted by: it stays where it is when others come or go."""
    sealed = json.dumps([int(table.adoptions[row]), int(table.edited[row]), table.ids[row].hex], separators=(",", ":"))
    return base64.urlsafe_b64encode(sealed.encode()).decode().rstrip("=")


def _start(asked: Asked, table: Columns, in_order: Codes) -> int:
    """Where a page begins among the rows that were found. Raises: BadCursor."""
    if asked.cursor in ("", "0"):
        return 0
    adoptions, edited, case_id = _opened(asked.cursor)
    row = table.row_of.get(case_id)
    if row is not None:
        at = np.flatnonzero(in_order == row)
        if len(at):
            return int(at[0]) + 1
    if asked.order == Order.BEST:
        return 0
    # What the last page ended with is gone: begin with the first that comes after where it stood.
    edits = table.edited[in_order]
    if asked.order == Order.ADOPTED:
        counts = table.adoptions[in_order]
        return int(np.count_nonzero((counts > adoptions) | ((counts == adoptions) & (edits >= edited))))
    return int(np.count_nonzero(edits >= edited))


def _opened(cursor: str) -> tuple[int, int, UUID]:
    try:
        adoptions, edited, case_id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return int(adoptions), int(edited), UUID(case_id)
    except (ValueError, TypeError, AttributeError) as error:
        raise BadCursor(cursor) from error
