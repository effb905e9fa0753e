"""Reads of the newsletter: who is to be told, and of what."""

from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db.models import QuerySet
from django_scopes import scopes_disabled

from grobunn.stories.models import Story, Subscription
from grobunn.stories.states import StoryState

_SALT = "grobunn.stories.newsletter"


def subscriptions_to_tell(until: datetime) -> QuerySet[Subscription]:
    """Confirmed subscriptions that were last told before a moment; the caller opens the scope."""
    return Subscription.objects.filter(confirmed_at__isnull=False, told_until__lt=until).order_by("id")


def published_between(municipality_id: UUID, since: datetime, until: datetime) -> list[Story]:
    """What first went out after one moment and not after another, and is still out; oldest first."""
    stories = Story.objects.filter(municipality_id=municipality_id, state=StoryState.PUBLISHED)
    return list(stories.filter(published_at__gt=since, published_at__lte=until).order_by("published_at", "id"))


def confirmation_token(subscription: Subscription) -> str:
    """The signed text of the link that confirms; of no use for another asking, or once the row is gone."""
    return signing.dumps([subscription.pk.hex, int(subscription.asked_at.timestamp())], salt=_SALT, compress=True)


def subscription_of(token: str) -> Subscription | None:
    """The subscription that a link confirms, in whatever municipality, or None."""
    try:
        pk, asked_at = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    with scopes_disabled():
        found = Subscription.objects.filter(pk=UUID(hex=pk)).select_related("municipality").first()
    return found if found is not None and int(found.asked_at.timestamp()) == asked_at else None
