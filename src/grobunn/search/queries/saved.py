"""Saved searches: a person's own, what each finds now as its owner, the address of its feed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from grobunn.accounts.models import User
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality
from grobunn.search.asked import Asked, Order, asked_of
from grobunn.search.engine.interface import Hit
from grobunn.search.models import KnownMatch, SavedSearch, Told
from grobunn.search.queries.found import Found, matches_of, search
from grobunn.search.queries.matches import Match

# A worker that was started anew, or two of them, look no more often than this.
_LOOKED_LATELY = timedelta(minutes=2)


def saved_searches_of(user: User) -> QuerySet[SavedSearch]:
    """A person's own saved searches, the last made first."""
    return SavedSearch.objects.filter(user=user).select_related("municipality").order_by("-made_at", "-pk")


def awaiting_a_look(limit: int) -> list[UUID]:
    """Saved searches whose owners want to hear of news and are still here, those that have waited longest first."""
    waiting = SavedSearch.objects.filter(user__is_active=True, looked_at__lt=clock.now() - _LOOKED_LATELY)
    return list(waiting.exclude(told=Told.NOT).order_by("looked_at").values_list("pk", flat=True)[:limit])


def asked_by(saved: SavedSearch) -> Asked:
    """What a saved search asks."""
    return asked_of(QueryDict(saved.query))


def result_of(saved: SavedSearch, *, is_newest_first: bool = False) -> Found | None:
    """What has the words of a saved search now, as its owner may see it; what is only alike is no match.

    Returns: None where its owner has left, or its place is no more.
    """
    if not saved.user.is_active:
        return None
    asked = asked_by(saved)
    try:
        wanted: dict[str, Any] = asked.wanted(saved.municipality_id)
    except Municipality.DoesNotExist:
        return None
    return search(asked.words, user=saved.user, is_newest_first=is_newest_first, is_only_exact=True, **wanted)


def found_by(saved: SavedSearch) -> tuple[Hit, ...]:
    """What a saved search finds now; nothing where its owner has left."""
    found = result_of(saved)
    return found.hits if found is not None else ()


def news_of(saved: SavedSearch, batch_id: UUID) -> list[Match]:
    """What was found anew at one time and its owner still may see, best first."""
    found = result_of(saved)
    if found is None:
        return []
    batch = set(KnownMatch.objects.filter(saved_search=saved, batch_id=batch_id).values_list("kind", "object_id"))
    return matches_of(found, [hit for hit in found.hits if tuple(hit.ref) in batch])


def result_url(saved: SavedSearch) -> str:
    """The page of what a saved search finds, the newest first."""
    place = {"municipality": saved.municipality.slug} if saved.municipality else None
    page = reverse("search:here", kwargs=place) if place else reverse("search:everywhere")
    return f"{page}?{asked_by(saved).ordered(Order.NEWEST).query}"


def feed_url(saved: SavedSearch) -> str:
    """The secret address of the feed: whoever has it reads as the owner."""
    return reverse("search:feed", kwargs={"saved": saved.pk, "secret": _secret(saved)})


def saved_search_with(saved_id: UUID, *, secret: str) -> SavedSearch | None:
    """The saved search of a feed's address; None where the address is not, or no longer, that of its feed."""
    saved = SavedSearch.objects.select_related("user", "municipality").filter(pk=saved_id).first()
    return saved if saved is not None and constant_time_compare(secret, _secret(saved)) else None


def _secret(saved: SavedSearch) -> str:
    """Nothing secret is stored: the address is signed with the installation's key."""
    value = f"{saved.pk}:{saved.feed_number}"
    return salted_hmac("grobunn.search.feed", value, algorithm="sha256").hexdigest()[:40]
