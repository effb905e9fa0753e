"""Keyset paging: every row once, in order, forwards and back, whatever the page size."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from grobunn.kernel import paging
from grobunn.kernel.models import ActorKind, AuditEntry

START = datetime(2026, 1, 1, tzinfo=UTC)
ORDER = ("-at", "id")


def _write(minutes: list[int]) -> None:
    AuditEntry.objects.bulk_create(
        AuditEntry(at=START + timedelta(minutes=minute), action="test.write", actor_kind=ActorKind.SYSTEM)
        for minute in minutes
    )


class EveryRowOnce(TestCase):
    """A class because hypothesis' Django support rolls back between examples only in one."""

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(minutes=st.lists(st.integers(0, 5), max_size=30), size=st.integers(1, 8))
    def test_walking_pages_forwards_and_back_meets_every_row_once_in_order(self, minutes: list[int], size: int) -> None:
        _write(minutes)
        expected = list(AuditEntry.objects.order_by(*ORDER).values_list("pk", flat=True))

        forwards: list[int] = []
        cursor, last = None, None
        while True:
            page = paging.page(AuditEntry.objects.all(), order=ORDER, size=size, cursor=cursor)
            forwards += [row.pk for row in page.rows]
            last = page
            if page.next_cursor is None:
                break
            cursor = page.next_cursor
        backwards = [row.pk for row in last.rows]
        cursor = last.previous_cursor
        while cursor is not None:
            page = paging.page(AuditEntry.objects.all(), order=ORDER, size=size, cursor=cursor)
            backwards = [row.pk for row in page.rows] + backwards
            cursor = page.previous_cursor

        assert forwards == expected
        assert backwards == expected


@pytest.mark.parametrize("cursor", ["x", "", "e30", "WzBd", "WzAsIm5vdCBhIGRhdGUiLDFd", "////", "WzAsWzFdLFsyXV0"])
def test_page_with_a_foreign_cursor_is_refused(db: None, cursor: str) -> None:
    _write([1, 2])

    if cursor == "":
        assert len(paging.page(AuditEntry.objects.all(), order=ORDER, size=5, cursor=cursor).rows) == 2
        return
    with pytest.raises(paging.BadCursor):
        paging.page(AuditEntry.objects.all(), order=ORDER, size=5, cursor=cursor)


@settings(max_examples=200)
@given(cursor=st.text(max_size=60))
def test_opening_any_text_gives_values_or_a_refusal(cursor: str) -> None:
    try:
        _is_backwards, values = paging._opened(cursor, 2)
    except paging.BadCursor:
        return
    assert len(values) == 2
