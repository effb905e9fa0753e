"""Every published case as a row of short numbers, kept in each process: what the library counts and sorts by.

A hundred thousand cases are some forty megabytes. Counting all facets over them takes a few milliseconds, where
PostgreSQL took hundreds; the twenty cases that a page shows are still read from the database, with the condition on
who may read them, so a table that lags shows nothing that is gone.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any
from uuid import UUID

import numpy as np
from django.core.cache import caches
from django.db import connection
from numpy.typing import NDArray

from grobunn.cases.codes import los_above
from grobunn.cases.models import CaseKind, InnovationKind, LibraryVersion, Stage
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import COUNTIES, SizeClass, regions

_KEY = "cases.columns"
# A table of so many rows takes a second to make: then not at every change.
_LARGE = 5_000
_LEAST_SECONDS = 20.0

_COLUMNS = 12
# So many rows are read at a time.
_PIECE = 2_000

# The borders of what it cost to introduce, in kroner; a case without a cost is in none of the bands.
COST_LIMITS = (100_000, 500_000, 1_000_000, 5_000_000)
UNKNOWN_COST = len(COST_LIMITS) + 1
# "Taken into use by at least so many".
ADOPTION_STEPS = (1, 2, 5, 10)

KINDS = tuple(CaseKind.values)
STAGES = ("", *Stage.values)
INNOVATION_KINDS = tuple(InnovationKind.values)
COUNTY_CODES = ("", *COUNTIES)
SIZES = ("", *SizeClass.values)

Codes = NDArray[np.int32]

_ROWS = """
    SELECT id, municipality_id, origin_id, kind, stage, language, innovation_kinds, kostra, los, one_off_nok,
        adoption_count, (extract(epoch FROM edited_at) * 1000000)::bigint
    FROM cases_case WHERE state = 'published' AND edited_at IS NOT NULL ORDER BY edited_at DESC, id DESC
"""


@dataclass(frozen=True)
class Pairs:
    """A field with several values: the row and the code of each."""

    rows: Codes
    codes: Codes


@dataclass(frozen=True)
class Columns:
    """The table, newest first. Each column has a code a row; what a code means stands in the tuple of its field."""

    version: int
    made_at: float
    ids: Sequence[UUID]
    edited: NDArray[np.int64]
    adoptions: Codes
    keeper: Codes
    origin: Codes
    kind: Codes
    stage: Codes
    language: Codes
    size: Codes
    county: Codes
    cost: Codes
    innovation: Pairs
    kostra: Pairs
    theme: Pairs
    municipality_ids: Sequence[UUID]
    languages: tuple[str, ...]
    functions: tuple[str, ...]
    themes: tuple[str, ...]
    kept: dict[Any, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def row_of(self) -> Mapping[UUID, int]:
        """Where a case stands."""
        return {case_id: row for row, case_id in enumerate(self.ids)}

    @cached_property
    def by_adoptions(self) -> Codes:
        """Rows with the most taken into use first, the newest first among equals."""
        return np.argsort(-self.adoptions, kind="stable").astype(np.int32)

    @cached_property
    def adoption_step(self) -> Codes:
        """How many of ADOPTION_STEPS each row has reached."""
        return np.searchsorted(ADOPTION_STEPS, self.adoptions, side="right").astype(np.int32)


_building = Lock()


def columns() -> Columns:
    """The table as it should be now; one SQL where it is up to date."""
    kept: Columns | None = caches["process"].get(_KEY)
    version = _version()
    if kept is not None and (kept.version == version or not _is_due(kept)):
        return kept
    # One thread makes it; the others answer from the old one meanwhile, if there is one.
    if not _building.acquire(blocking=kept is None):
        assert kept is not None  # noqa: S101 -- only then it was not waited for
        return kept
    try:
        made = _made(version)
        caches["process"].set(_KEY, made, None)
        return made
    finally:
        _building.release()


def _is_due(kept: Columns) -> bool:
    return len(kept) < _LARGE or time.monotonic() - kept.made_at >= _LEAST_SECONDS


def _version() -> int:
    # Every page of the library asks: composing this from the model took longer than sending it.
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number FROM {LibraryVersion._meta.db_table}")  # noqa: S608 -- a constant
        row = cursor.fetchone()
    return row[0] if row else 0


def _made(version: int) -> Columns:
    """Takes: version as it was before the rows were read: what changes meanwhile is read again the next time."""
    ids, keepers, origins, kinds, stages, languages, innovations, functions, themes, costs, adoptions, edited = _read()
    municipalities = {municipality_id: place for place, municipality_id in enumerate(_municipality_ids())}
    codes_of_languages = {code: place for place, code in enumerate(sorted(set(languages)))}
    codes_of_functions = _in_order(functions)
    # A case of a theme is one of those that the theme belongs to as well.
    with_those_above = {row: _with_those_above(row) for row in set(themes)}
    whole_themes = [with_those_above[row] for row in themes]
    codes_of_themes = _in_order(whole_themes)
    keeper, origin = _codes(keepers, municipalities), _codes(origins, municipalities)
    size, county = _places(keeper, origin, municipalities)
    return Columns(
        version=version,
        made_at=time.monotonic(),
        ids=ids,
        edited=np.array(edited, dtype=np.int64),
        adoptions=np.array(adoptions, dtype=np.int32),
        keeper=keeper,
        origin=origin,
        kind=_codes(kinds, _numbered(KINDS)),
        stage=_codes(stages, _numbered(STAGES)),
        language=_codes(languages, codes_of_languages),
        size=size,
        county=county,
        cost=_cost_bands(costs),
        innovation=_pairs(innovations, _numbered(INNOVATION_KINDS)),
        kostra=_pairs(functions, codes_of_functions),
        theme=_pairs(whole_themes, codes_of_themes),
        municipality_ids=tuple(municipalities),
        languages=tuple(codes_of_languages),
        functions=tuple(codes_of_functions),
        themes=tuple(codes_of_themes),
    )


def _read() -> list[list[Any]]:
    """The columns as the database tells them, read in pieces, and what is equal kept once.

    All rows at once are a hundred megabytes and more, which a process never gives back.
    """
    told: list[list[Any]] = [[] for _ in range(_COLUMNS)]
    same: dict[Any, Any] = {}
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ROWS)
        while rows := cursor.fetchmany(_PIECE):
            for column, values in zip(told, zip(*rows, strict=True), strict=True):
                hashable = (tuple(each) if isinstance(each, list) else each for each in values)
                column.extend(same.setdefault(each, each) for each in hashable)
    return told


def _municipality_ids() -> list[UUID]:
    return list(Municipality.objects.order_by("pk").values_list("pk", flat=True))


def _in_order(values: Sequence[Sequence[str]]) -> dict[str, int]:
    return _numbered(sorted({each for row in values for each in row}))


def _with_those_above(codes: Sequence[str]) -> Sequence[str]:
    return tuple(dict.fromkeys(each for code in codes for each in (code, *los_above(code))))


def _numbered(values: Sequence[str]) -> dict[str, int]:
    return {value: place for place, value in enumerate(values)}


def _codes(values: Sequence[Any], codes: Mapping[Any, int]) -> Codes:
    return np.array([codes[value] for value in values], dtype=np.int32)


def _pairs(values: Sequence[Sequence[str]], codes: Mapping[str, int]) -> Pairs:
    rows = [row for row, several in enumerate(values) for _ in several]
    return Pairs(
        rows=np.array(rows, dtype=np.int32),
        codes=np.array([codes[value] for several in values for value in several], dtype=np.int32),
    )


def _cost_bands(costs: Sequence[int | None]) -> Codes:
    known = np.array([-1 if cost is None else cost for cost in costs], dtype=np.int64)
    bands = np.searchsorted(COST_LIMITS, known, side="right")
    return np.where(known < 0, UNKNOWN_COST, bands).astype(np.int32)


def _places(keeper: Codes, origin: Codes, municipalities: Mapping[UUID, int]) -> tuple[Codes, Codes]:
    """The size class and the county of where it was done; of who keeps it where the origin is no more."""
    known = regions()
    size_codes, county_codes = _numbered(SIZES), _numbered(COUNTY_CODES)
    sizes = np.array([size_codes[known[each].size] if each in known else 0 for each in municipalities], dtype=np.int32)
    counties = np.array(
        [county_codes[known[each].county] if each in known else 0 for each in municipalities], dtype=np.int32
    )
    if not len(keeper):
        return keeper, keeper
    size, county = sizes[origin], counties[origin]
    return np.where(size == 0, sizes[keeper], size), np.where(county == 0, counties[keeper], county)
