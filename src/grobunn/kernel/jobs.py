"""Background work: jobs in PostgreSQL, deferred by name in the caller's transaction, run by Procrastinate's workers.

A job takes ids, is safe to run twice, and lives in its feature's `jobs.py` under the name `feature.verb`.
"""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

F = TypeVar("F", bound=Callable[..., Any])

# A failing job is tried again after 10 s, 12 s, 16 s, 24 s … (8 + 2ⁿ), somewhat over two hours in all, then kept as
# failed for the operator.
RETRY = RetryStrategy(max_attempts=12, wait=8, exponential_wait=2)


_stopping = threading.Event()


def job(name: str, *, every: str | None = None, queue: str = "default") -> Callable[[F], F]:
    """Declare a job (function decorator).

    Takes: name, `feature.verb`; every, a cron line in UTC for a job that comes by itself (it must take `timestamp`).
    """

    def declare(function: F) -> F:
        task = app.task(name=name, queue=queue, retry=RETRY)(function)
        if every is not None:
            app.periodic(cron=every)(task)
        return function

    return declare


def defer(name: str, *, at: datetime | None = None, only_one: str | None = None, **arguments: Any) -> None:
    """Ask for a job, in the caller's transaction: a rollback takes it back.

    Takes: at, the earliest moment; only_one, a key under which at most one job may wait (a second ask is dropped).
    """
    deferrer = app.configure_task(name, schedule_at=at, queueing_lock=only_one)
    if only_one is None:
        deferrer.defer(**arguments)
        return
    _defer_unless_waiting(deferrer, arguments)


def ask_to_stop() -> None:
    """Tell the jobs under way in this process that it is about to end."""
    _stopping.set()


def is_asked_to_stop() -> bool:
    """Whether this process is about to end: a long job leaves the rest for later, so that nobody waits for it."""
    return _stopping.is_set()


def _defer_unless_waiting(deferrer: Any, arguments: dict[str, Any]) -> None:
    try:
        with transaction.atomic():  # The constraint's refusal must not spoil the caller's transaction.
            deferrer.defer(**arguments)
    except AlreadyEnqueued:
        return
