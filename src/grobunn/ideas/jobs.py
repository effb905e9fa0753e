"""Ideas' background work: thin, each calls one service."""

from grobunn.ideas.services import deadlines, reroute, retention
from grobunn.kernel.jobs import job


@job("ideas.keep_promises", every="*/10 5-18 * * 1-5")
def keep_promises(*, timestamp: int = 0) -> None:
    """Reminders, missed promises and escalations, on working days, in the daytime."""
    deadlines.keep_promises()


@job("ideas.wake_parked", every="15 5 * * *")
def wake_parked(*, timestamp: int = 0) -> None:
    """Bring back what was parked until today."""
    deadlines.wake_parked()


@job("ideas.find_missing_holders", every="40 4 * * *")
def find_missing_holders(*, timestamp: int = 0) -> None:
    """Give open ideas without a person to somebody who has come since."""
    reroute.find_missing_holders()


@job("ideas.forget_addresses", every="30 2 * * *")
def forget_addresses(*, timestamp: int = 0) -> None:
    """Remove e-mail addresses of writers whose ideas are long finished."""
    retention.forget_addresses()


@job("ideas.forget_proposals", every="25 2 * * *")
def forget_proposals(*, timestamp: int = 0) -> None:
    """Remove changes of the routing that were never saved."""
    retention.forget_proposals()


@job("ideas.remove_orphaned_photos", every="35 2 * * *")
def remove_orphaned_photos(*, timestamp: int = 0) -> None:
    """Remove files of photos whose idea was never kept."""
    retention.remove_orphaned_photos()
