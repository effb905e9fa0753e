"""Save a search, change how one hears of it, make its feed's address anew, take it away."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.kernel import permissions
from grobunn.organisations.models import Municipality
from grobunn.search.asked import Asked
from grobunn.search.models import KnownMatch, SavedSearch
from grobunn.search.queries.saved import found_by

MOST_SAVED = 30


def save_search(user: User, *, name: str, asked: Asked, municipality: Municipality | None, told: str) -> SavedSearch:
    """Save a search under a name; what it finds now is known already. A name in use gets the new search.

    Takes:   municipality, where it looks, None for everywhere; told, one of `Told`.
    Raises:  PermissionDenied; ValidationError without words, or when there are MOST_SAVED already.
    Effects: rows.
    """
    permissions.check("search.save", user)
    if not asked.words:
        raise ValidationError(_("Write what you are looking for first."), "required")
    with transaction.atomic():
        # The lock on the person orders two tabs that save at the same moment.
        User.objects.select_for_update().only("pk").get(pk=user.pk)
        own = SavedSearch.objects.filter(user=user)
        own.filter(name=name).delete()
        if own.count() >= MOST_SAVED:
            raise ValidationError(
                _("You have %(count)s saved searches. Remove one first."), "too_many", {"count": MOST_SAVED}
            )
        saved = SavedSearch.objects.create(
            user=user, municipality=municipality, name=name, query=asked.query, told=told
        )
        remember_matches(saved, batch_id=None)
    return saved


def change_saved(saved: SavedSearch, *, name: str, told: str) -> None:
    """Give a saved search another name, or another way of hearing of it.

    Raises: ValidationError if another of the person's has the name. Effects: row.
    """
    if SavedSearch.objects.filter(user_id=saved.user_id, name=name).exclude(pk=saved.pk).exists():
        raise ValidationError(_("You have another saved search with that name."), "taken")
    saved.name, saved.told = name, told
    saved.save(update_fields=["name", "told"])


def renew_feed(saved: SavedSearch) -> None:
    """Make the address of the feed anew; the one before answers no longer. Effects: row."""
    SavedSearch.objects.filter(pk=saved.pk).update(feed_number=F("feed_number") + 1)
    saved.refresh_from_db(fields=["feed_number"])


def forget_saved(saved: SavedSearch) -> None:
    """Take a saved search away. Effects: rows."""
    saved.delete()


def remember_matches(saved: SavedSearch, *, batch_id: UUID | None) -> int:
    """Remember what a saved search finds and had not found before. Returns: how many. Effects: rows."""
    known = set(KnownMatch.objects.filter(saved_search=saved).values_list("kind", "object_id"))
    new = [hit.ref for hit in found_by(saved) if tuple(hit.ref) not in known]
    KnownMatch.objects.bulk_create(
        [KnownMatch(saved_search=saved, kind=ref.kind, object_id=ref.id, batch_id=batch_id) for ref in new],
        ignore_conflicts=True,
    )
    return len(new)
