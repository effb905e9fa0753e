"""Pitch days' background work: thin, each calls one service."""

from grobunn.kernel.jobs import job
from grobunn.pitching.services import retention


@job("pitching.forget", every="50 3 * * *")
def forget(*, timestamp: int = 0) -> None:
    """Remove the questions of days that are over, and owners named a year ago."""
    retention.forget_questions()
    retention.forget_owners()
