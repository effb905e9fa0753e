"""Panels' background work: thin, each calls one service."""

from grobunn.juries.services import reminders, retention
from grobunn.kernel.jobs import job


@job("juries.forget_personal_data", every="40 2 * * *")
def forget_personal_data(*, timestamp: int = 0) -> None:
    """Remove what is kept of people twelve months after a panel ended."""
    retention.forget_personal_data()


@job("juries.remind_of_scores", every="10 6-17 * * *")
def remind_of_scores(*, timestamp: int = 0) -> None:
    """Remind whoever has scores to give, the day before they are due and when they are late, in the daytime."""
    reminders.remind_of_scores()
