"""Parcels that devices send, and their clocks."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from grobunn.kernel.devices import MOST, NotAParcel, clock_offset, moment_of, read_parcel

OWNER = "0190aaaa-0000-7000-8000-000000000001"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def parcel(**more):
    return json.dumps({"owner": OWNER, "sent_at": 1000, "items": [], **more}).encode()


def test_what_cannot_be_read_keeps_back_nothing_else():
    rows = [{"id": "1", "at": 5}, {"id": "2"}, "3", {"id": "4", "at": True}]

    read = read_parcel(parcel(items=rows), lambda row: moment_of(row["at"]))

    assert (read.owner, read.sent_at) == (UUID(OWNER), datetime.fromtimestamp(1, tz=UTC))
    assert read.things == (datetime.fromtimestamp(0.005, tz=UTC),)
    assert read.unreadable == ("2", "", "4")


@pytest.mark.parametrize(
    "body",
    [
        b"\xff",
        b"[]",
        b"{}",
        parcel(owner=1),
        parcel(sent_at="now"),
        parcel(sent_at=1e300),
        parcel(items={}),
        parcel(items=[{}] * (MOST + 1)),
    ],
)
def test_what_is_no_parcel_is_refused(body):
    with pytest.raises(NotAParcel):
        read_parcel(body, dict)


@pytest.mark.parametrize(("seconds", "taken_off"), [(0, 0), (29, 0), (-29, 0), (30, 30), (-3600, -3600)])
def test_a_clock_is_set_right_but_for_what_the_network_may_have_taken(seconds, taken_off):
    assert clock_offset(NOON, NOON - timedelta(seconds=seconds)) == timedelta(seconds=taken_off)
    assert clock_offset(NOON, None) == timedelta()
