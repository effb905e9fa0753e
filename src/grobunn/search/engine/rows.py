"""Rows of indexed documents as hits: every engine finds ids, the database says what stands there now."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from grobunn.organisations.queries import Region, municipality_ids_in
from grobunn.search.engine.interface import Hit, Ref, Wanted

# What `hit_of` reads, in this order, from the table of indexed documents called "d". All but the last two stand in one
# index (search_document_hit), so that a search reads no table for the hundreds that it only counts; titles and
# addresses of the few that are shown are read with their excerpts.
_TOLD = (
    "d.kind, d.object_id, d.municipality_id, d.state, d.state_rank, d.themes, "
    "extract(year FROM d.written_on)::int, d.language"
)
UNREAD = f"{_TOLD}, '', ''"
COLUMNS = f"{_TOLD}, d.title, d.url"
TITLE = 8
_UNKNOWN = Region()


def hit_of(
    row: tuple[Any, ...],
    where: Mapping[UUID, Region],
    *,
    score: float = 0.0,
    why: tuple[str, ...] = (),
    relevance: float = 0.0,
) -> Hit:
    """A row that begins with COLUMNS, or with UNREAD, as a hit.

    Takes: where, every municipality's region, asked for once for all hits of an answer.
    """
    kind, object_id, municipality_id, state, state_rank, themes, year, language, title, url = row[:10]
    region = where.get(municipality_id, _UNKNOWN)
    # By place and not by name: hundreds are made for one answer.
    return Hit(
        Ref(kind, object_id), municipality_id, title, url, state, state_rank, score, why,
        region.county, region.size, tuple(themes), year, language, relevance,
    )  # fmt: skip


def places_wanted(wanted: Wanted) -> list[UUID] | None:
    """The municipalities that a search is held to by its narrowings; None where it is not."""
    if not (wanted.county or wanted.size):
        return None if wanted.municipality_id is None else [wanted.municipality_id]
    ids = municipality_ids_in(county=wanted.county, size=wanted.size)
    return sorted(ids if wanted.municipality_id is None else ids & {wanted.municipality_id})
