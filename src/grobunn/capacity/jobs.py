"""Capacity's background work: thin, each calls one service."""

from uuid import UUID

from grobunn.capacity.services import hours, queue
from grobunn.kernel.jobs import job


@job("capacity.call_next")
def call_next(*, source_ids: list[str]) -> None:
    """Call whoever waits for some sources and has room now: one that was called has left the queue."""
    queue.call_waiting([UUID(source_id) for source_id in source_ids])


@job("capacity.call_waiting", every="20 5 * * *")
def call_waiting(*, timestamp: int = 0) -> None:
    """Call whoever there is room for today: a new quarter may have come."""
    queue.call_all_waiting()


@job("capacity.forget_helpers", every="45 2 * * *")
def forget_helpers(*, timestamp: int = 0) -> None:
    """Remove the person from hours that were told two years ago; the sum stays."""
    hours.forget_helpers()
