"""Stories' background work: thin, each calls one service."""

from grobunn.kernel.jobs import job
from grobunn.stories.services import newsletter, retention, steps


@job("stories.publish_due", every="* * * * *")
def publish_due(*, timestamp: int = 0) -> None:
    """Let go out the stories whose minute has come."""
    steps.publish_due()


@job("stories.send_newsletters", every="10 * * * *")
def send_newsletters(*, timestamp: int = 0) -> None:
    """Queue Monday's newsletters, and what a worker that died left of them."""
    newsletter.send_newsletters()


@job("stories.forget_subscriptions", every="50 2 * * *")
def forget_subscriptions(*, timestamp: int = 0) -> None:
    """Forget addresses that were never confirmed or are stopped."""
    newsletter.forget_subscriptions()


@job("stories.remove_orphaned_pictures", every="55 2 * * *")
def remove_orphaned_pictures(*, timestamp: int = 0) -> None:
    """Remove files of pictures that were not kept after all."""
    retention.remove_orphaned_pictures()
