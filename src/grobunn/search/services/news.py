"""Look through the saved searches for what is new."""

from uuid import UUID

from django.db import transaction

from grobunn.kernel import clock, events, ids
from grobunn.search.events import NewInSavedSearch
from grobunn.search.models import SavedSearch
from grobunn.search.queries.saved import awaiting_a_look
from grobunn.search.services.saved import remember_matches

# So many in one run of the job: the rest has its turn in the next, those that have waited longest first.
MOST_AT_A_TIME = 200


def look_for_news() -> int:
    """Look through the saved searches that have waited longest, and tell of what is new in each, once.

    Returns: how many searches had something new.
    Effects: rows, events.
    """
    return sum(_look(saved_id) for saved_id in awaiting_a_look(MOST_AT_A_TIME))


def _look(saved_id: UUID) -> bool:
    batch_id = ids.new_id()
    with transaction.atomic():
        saved = (
            SavedSearch.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("user", "municipality")
            .filter(pk=saved_id)
            .first()
        )
        if saved is None:  # Taken away meanwhile, or another worker is at it.
            return False
        has_news = remember_matches(saved, batch_id=batch_id) > 0
        saved.looked_at = clock.now()
        saved.save(update_fields=["looked_at"])
        if has_news:
            events.publish(NewInSavedSearch(saved_search_id=saved.pk, batch_id=batch_id))
    return has_news
