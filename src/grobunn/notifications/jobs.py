"""Background work of notices and mails."""

from grobunn.kernel.jobs import job
from grobunn.notifications.services.deliver import send_due_mails
from grobunn.notifications.services.digest import queue_digests
from grobunn.notifications.services.forget import forget_old
from grobunn.notifications.services.mails import doubt_interrupted


@job("notifications.send_mails", every="* * * * *")
def send_mails(timestamp: int = 0) -> None:
    """Send what is due. Asked for with each mail, and each minute in case that a worker died with its job."""
    send_due_mails()


@job("notifications.find_interrupted", every="*/5 * * * *")
def find_interrupted(timestamp: int = 0) -> None:
    """Put mails before the operator whose worker died in the one moment that leaves a doubt."""
    doubt_interrupted()


@job("notifications.queue_digests", every="*/10 * * * *")
def queue_daily_mails(timestamp: int = 0) -> None:
    """Queue the daily mails once it is time, and what a worker that died left of them."""
    queue_digests()


@job("notifications.forget", every="30 2 * * *")
def forget(timestamp: int = 0) -> None:
    """Remove addresses, words and notices whose time is up."""
    forget_old()
