"""Jobs of the installation itself."""

from django.db import transaction

from grobunn.config import housekeeping
from grobunn.kernel.jobs import job


@job("config.put_back_stalled", every="* * * * *")
def put_back_stalled(timestamp: int = 0) -> None:
    """Let another worker run what a dead worker held."""
    with transaction.atomic():
        housekeeping.put_back_stalled_jobs()


@job("config.forget", every="50 2 * * *")
def forget(timestamp: int = 0) -> None:
    """Remove what nobody needs any more."""
    housekeeping.forget_old()
