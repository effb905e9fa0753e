"""Events: told after commit, to everybody who listens, and carried whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.db import transaction

from grobunn.kernel import events, ids
from grobunn.kernel.testing import run_jobs


@dataclass(frozen=True, kw_only=True)
class BenchPainted(events.Event):
    """An event of these tests."""

    name: ClassVar[str] = "test.bench_painted"
    bench_id: UUID
    painted_on: date
    dries_at: datetime
    colour: str
    coats: int
    painter_id: UUID | None = None
    is_dry: bool = False


@pytest.fixture
def heard() -> Iterator[list[Any]]:
    news: list[Any] = []
    events.register(BenchPainted)

    def hear(event: BenchPainted) -> None:
        news.append(event)

    events.subscribe(BenchPainted)(hear)
    yield news
    events._types.pop(BenchPainted.name)
    events._handlers.pop(BenchPainted.name)


def _painted() -> BenchPainted:
    return BenchPainted(
        bench_id=ids.new_id(),
        painted_on=date(2026, 5, 17),
        dries_at=datetime(2026, 5, 18, 8, tzinfo=UTC),
        colour="rød",
        coats=2,
    )


def test_event_arrives_as_it_was_sent(db: None, heard: list[Any]) -> None:
    event = _painted()

    events.publish(event)
    run_jobs()

    assert heard == [event]


def test_event_of_a_write_that_is_rolled_back_is_never_told(db: None, heard: list[Any]) -> None:
    with transaction.atomic():
        events.publish(_painted())
        transaction.set_rollback(True)

    run_jobs()

    assert heard == []


def test_event_for_a_handler_that_is_gone_is_passed_over(db: None, heard: list[Any]) -> None:
    events.publish(_painted())
    events._handlers[BenchPainted.name].clear()

    run_jobs()

    assert heard == []
