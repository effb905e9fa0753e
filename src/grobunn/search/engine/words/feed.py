"""The feed of changes: what an index has still to take up, in an order in which nothing can be missed.

Rows of changes are numbered when they are written and seen when their transaction commits, so a lower number can turn
up after a higher one. Transactions older than every one still under way cannot: up to there the feed is settled, and
only up to there the position moves. What lies beyond is taken up at once all the same, and remembered until then.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from django.db import connection

from grobunn.kernel import clock
from grobunn.search.models import Forgotten

# So long an index may have been away and still catch up; after that it is made anew.
KEPT_DAYS = 7
BATCH = 2000

# One statement, so that what is seen and up to where it is settled are of the same moment.
_CHANGES = """
SELECT horizon.xid, change.xid, change.id, change.document_id
  FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xid) horizon
  LEFT JOIN LATERAL (
        SELECT xid::text::bigint AS xid, id, document_id FROM search_change
         WHERE (xid, id) > (%s::text::xid8, %s) AND id <> ALL(%s)
         ORDER BY search_change.xid, id LIMIT %s) change ON true
 ORDER BY 2, 3
"""
_HORIZON = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
# Who the rows are, so that an index is never carried on in another database, in a restored copy of this one, or on a
# server that was promoted with less than its predecessor had.
_IDENTITY = """
SELECT concat_ws('.', (SELECT system_identifier FROM pg_control_system()),
                 left(pg_walfile_name(pg_current_wal_lsn()), 8),
                 (SELECT oid FROM pg_database WHERE datname = current_database()),
                 'search_indexeddocument'::regclass::oid)
"""
_FORGET = """
WITH gone AS (
    DELETE FROM search_change WHERE at < %s AND xid < pg_snapshot_xmin(pg_current_snapshot())
    RETURNING xid::text::bigint AS xid)
INSERT INTO search_forgotten (id, xid) SELECT 1, max(xid) FROM gone HAVING max(xid) IS NOT NULL
ON CONFLICT (id) DO UPDATE SET xid = greatest(search_forgotten.xid, excluded.xid)
"""


class Point(NamedTuple):
    """A place in the feed: everything up to and with this row has been taken up."""

    xid: int = 0
    id: int = 0


@dataclass(frozen=True)
class Changes:
    """What is to be taken up now, and where the index stands afterwards.

    Takes: ahead, rows taken up beyond that point, with their transactions; is_all, whether nothing more was there.
    """

    document_ids: frozenset[int]
    point: Point
    ahead: Mapping[int, int] = field(default_factory=dict)
    is_all: bool = True


def changes_after(point: Point, *, ahead: Mapping[int, int], limit: int = BATCH) -> Changes:
    """What changed after a point, as far as it is committed.

    Takes: ahead, rows after the point that were taken up before, by id with their transactions.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, [str(point.xid), point.id, list(ahead), limit])
        found: list[tuple[int, int | None, int, int]] = cursor.fetchall()
    horizon = found[0][0]
    rows = [(xid, row_id, document) for _horizon, xid, row_id, document in found if xid is not None]
    is_all = len(rows) < limit
    settled = [Point(xid, row_id) for xid, row_id, _document in rows if xid < horizon]
    # When nothing more was there, no earlier row is missing: all that is settled was taken up, now or ahead.
    reached = max([point, *settled, *([Point(horizon, 0)] if is_all else [])])
    taken_up = {**ahead, **{row_id: xid for xid, row_id, _document in rows}}
    return Changes(
        document_ids=frozenset(document for _xid, _row_id, document in rows),
        point=reached,
        ahead={row_id: xid for row_id, xid in taken_up.items() if Point(xid, row_id) > reached},
        is_all=is_all,
    )


def present() -> Point:
    """The point from which on an index that is read from the database now has still to take up what changes."""
    with connection.cursor() as cursor:
        cursor.execute(_HORIZON)
        return Point(cursor.fetchone()[0], 0)


def identity() -> str:
    """Which database, on which server, an index is made from."""
    with connection.cursor() as cursor:
        cursor.execute(_IDENTITY)
        return str(cursor.fetchone()[0])


def can_follow(point: Point) -> bool:
    """Whether no change after a point was forgotten, and the point does not lie ahead of the database itself."""
    forgotten = Forgotten.objects.values_list("xid", flat=True).first() or 0
    return forgotten < point.xid <= present().xid


def waiting_after(point: Point) -> int:
    """How many changes an index that stands at a point has still to take up."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM search_change WHERE (xid, id) > (%s::text::xid8, %s)", [str(point.xid), point.id]
        )
        return int(cursor.fetchone()[0])


def forget_old() -> None:
    """Delete changes that every index has had its time to take up. Effects: rows."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [clock.now() - timedelta(days=KEPT_DAYS)])
