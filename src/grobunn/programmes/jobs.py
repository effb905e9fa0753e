"""Programmes' background work: thin, each calls one service."""

from grobunn.kernel.jobs import job
from grobunn.programmes.services import inviting, reminders, retention


@job("programmes.remind", every="15 6 * * *")
def remind(*, timestamp: int = 0) -> None:
    """Remind of gatherings that come, and of invitations that wait for an answer."""
    reminders.remind_of_gatherings()
    reminders.remind_of_answers()


@job("programmes.forget_files", every="35 * * * *")
def forget_files(*, timestamp: int = 0) -> None:
    """Remove files of people that nobody has imported within a day."""
    inviting.forget_files()


@job("programmes.forget_enrolments", every="40 3 * * *")
def forget_enrolments(*, timestamp: int = 0) -> None:
    """Remove who declined or came from elsewhere, a year after the cohort ended."""
    retention.forget_enrolments()
