"""The signed link in a mail that stops more like it: it needs no login, never ends, and keeps no address."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing

from grobunn.notifications.addresses import digest_of
from grobunn.notifications.kinds import registered
from grobunn.notifications.models import Mail

_SALT = "grobunn.notifications.stop"

# The thread that every daily mail belongs to.
DIGEST_THREAD = "notifications:digest"


@dataclass(frozen=True)
class Subscription:
    """Who gets mails of which kind about which thread: a user, or an address known by its digest."""

    user_id: UUID | None
    address_digest: str
    kind: str
    thread_key: str

    @property
    def is_digest(self) -> bool:
        """Whether it is the daily mail."""
        return self.thread_key == DIGEST_THREAD

    @property
    def is_kind_stoppable(self) -> bool:
        """Whether the kind as a whole can be turned off: a user's, and not a mandatory one."""
        kind = registered().get(self.kind)
        return self.user_id is not None and kind is not None and not kind.is_mandatory


def subscription_of(mail: Mail) -> Subscription:
    """What the link in a mail speaks of."""
    return Subscription(
        user_id=mail.recipient_id,
        address_digest="" if mail.recipient_id else digest_of(mail.to_address),
        kind=mail.kind,
        thread_key=mail.thread_key,
    )


def token_of(subscription: Subscription) -> str:
    """The signed text in the link."""
    user = subscription.user_id.hex if subscription.user_id else ""
    return signing.dumps(
        [user, subscription.address_digest, subscription.kind, subscription.thread_key], salt=_SALT, compress=True
    )


def read_token(token: str) -> Subscription | None:
    """What a link speaks of, or None if it was not made here."""
    try:
        values: list[Any] = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    user, address_digest, kind, thread_key = values
    return Subscription(UUID(hex=user) if user else None, address_digest, kind, thread_key)
