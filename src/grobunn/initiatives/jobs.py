"""Initiatives' background work: thin, each calls one service."""

from grobunn.initiatives.services import asking, owners
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
