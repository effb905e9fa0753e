"""Panels' background work: thin, each calls one service."""

from grobunn.juries.services import retention
from grobunn.kernel.jobs import job


@job("juries.forget_personal_data", every="40 2 * * *")
def forget_personal_data(*, timestamp: int = 0) -> None:
    """Remove what is kept of people twelve months after a panel ended."""
    retention.forget_personal_data()
