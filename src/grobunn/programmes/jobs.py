"""Programmes' background work: thin, each calls one service."""

from uuid import UUID

from grobunn.kernel.jobs import job
from grobunn.programmes.services import diploma_files, evaluating, inviting, reminders, retention


@job("programmes.remind", every="15 6 * * *")
def remind(*, timestamp: int = 0) -> None:
    """Remind of gatherings that come, invitations that wait for an answer, and of saying what one thought."""
    reminders.remind_of_gatherings()
    reminders.remind_of_answers()
    reminders.remind_of_evaluations()


@job("programmes.forget_files", every="35 * * * *")
def forget_files(*, timestamp: int = 0) -> None:
    """Remove files of people that nobody has imported within a day, and files of diplomas after one."""
    inviting.forget_files()
    diploma_files.forget_files()


@job("programmes.make_diploma_file")
def make_diploma_file(*, file_id: str) -> None:
    """Make the file of all diplomas of a cohort that somebody asked for."""
    diploma_files.make_file(UUID(file_id))


@job("programmes.forget_enrolments", every="40 3 * * *")
def forget_enrolments(*, timestamp: int = 0) -> None:
    """Remove who declined or came from elsewhere, a year after the cohort ended; who was where, two years after."""
    retention.forget_enrolments()
    retention.forget_attendance()


@job("programmes.settle_evaluations", every="50 * * * *")
def settle_evaluations(*, timestamp: int = 0) -> None:
    """End evaluations whose time is over: all is shown that may be, and who has answered is forgotten."""
    evaluating.settle_evaluations()
