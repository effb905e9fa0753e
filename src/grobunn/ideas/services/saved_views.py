"""The filters of the queue that somebody gave a name: their own, and nobody else's."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.ideas.models import SavedView
from grobunn.kernel import permissions
from grobunn.organisations.models import Municipality

MOST_VIEWS = 20


def save_view(municipality: Municipality, *, user: User, name: str, query: str) -> SavedView:
    """Keep a filter under a name; a name that is used already gets the new filter.

    Raises:  PermissionDenied; ValidationError when there are MOST_VIEWS already.
    Effects: row.
    """
    permissions.check("ideas.see_queue", user, municipality)
    with transaction.atomic():
        # The lock on the person orders two tabs that save at the same moment.
        User.objects.select_for_update().only("pk").get(pk=user.pk)
        others = SavedView.objects.filter(municipality=municipality, user=user).exclude(name=name)
        if others.count() >= MOST_VIEWS:
            raise ValidationError(
                _("You have %(count)s saved views. Remove one first."), code="too_many", params={"count": MOST_VIEWS}
            )
        view, _is_new = SavedView.objects.update_or_create(
            municipality=municipality, user=user, name=name, defaults={"query": query}
        )
    return view


def remove_view(municipality: Municipality, *, user: User, view_id: UUID) -> bool:
    """Forget a filter of one's own. Returns: whether it was there. Effects: row."""
    removed, _per_model = SavedView.objects.filter(municipality=municipality, user=user, pk=view_id).delete()
    return bool(removed)
