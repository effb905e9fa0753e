"""Initiatives' background work: thin, each calls one service."""

from grobunn.initiatives.services import asking, attachments, owners, parts, reminders, retention
from grobunn.kernel.jobs import job


@job("initiatives.find_missing_owners", every="45 4 * * *")
def find_missing_owners(*, timestamp: int = 0) -> None:
    """Give what somebody owns who cannot any more, and what is kept for the line, to a leader."""
    owners.find_missing_owners()


@job("initiatives.ask_owners_again", every="20 6 * * 1-5")
def ask_owners_again(*, timestamp: int = 0) -> None:
    """Remind whoever was asked to own an initiative, and tell the leader above who has not answered."""
    asking.ask_owners_again()


@job("initiatives.ask_whether_to_go_on", every="25 6 * * *")
def ask_whether_to_go_on(*, timestamp: int = 0) -> None:
    """Ask the owners of what was on hold until today."""
    asking.ask_whether_to_go_on()


@job("initiatives.remind_reports", every="*/30 6-17 * * 1-5")
def remind_reports(*, timestamp: int = 0) -> None:
    """Remind owners of reports, and tell the leader above of those that do not come, in the daytime."""
    reminders.remind_of_reports()


@job("initiatives.forget_removed", every="55 2 * * *")
def forget_removed(*, timestamp: int = 0) -> None:
    """Remove for good what somebody removed more than a day ago."""
    parts.forget_removed()


@job("initiatives.remove_orphaned_files", every="5 3 * * *")
def remove_orphaned_files(*, timestamp: int = 0) -> None:
    """Remove files whose row was never kept."""
    attachments.remove_orphaned_files()


@job("initiatives.forget_helpers", every="50 2 * * *")
def forget_helpers(*, timestamp: int = 0) -> None:
    """Remove who helped initiatives that ended a year ago."""
    retention.forget_helpers()
