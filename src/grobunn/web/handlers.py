"""What two features that do not know each other have to do with each other: put together here, above both."""

from django.utils.translation import gettext_lazy as _

from grobunn.kernel.events import subscribe
from grobunn.notifications.kinds import Delivery, Kind
from grobunn.notifications.services.notify import notify
from grobunn.search.events import NewInSavedSearch
from grobunn.search.models import SavedSearch, Told
from grobunn.search.queries.saved import news_of, result_url

NEW_IN_SAVED_SEARCH = Kind(
    name="search.new_in_saved_search",
    label=_("Something new in a saved search"),
    description=_("When something new matches a search that you have saved."),
    why=_("You have saved the search."),
    template="web/notices/saved_search",
)
# So many titles are told; the page shows the rest.
_TITLES = 5
_DELIVERIES = {Told.AT_ONCE: Delivery.AT_ONCE, Told.DAILY: Delivery.DAILY}


@subscribe(NewInSavedSearch)
def tell_of_news(event: NewInSavedSearch) -> None:
    """The owner of a saved search hears of what is new in it, if they may still see it."""
    saved = SavedSearch.objects.select_related("user", "municipality").filter(pk=event.saved_search_id).first()
    if saved is None or saved.told == Told.NOT:
        return
    matches = news_of(saved, event.batch_id)
    if not matches:
        return
    notify(
        NEW_IN_SAVED_SEARCH.name,
        to=saved.user,
        municipality_id=saved.municipality_id or matches[0].municipality_id,
        thread_key=f"saved_search:{saved.pk}",
        data={
            "name": saved.name,
            "count": len(matches),
            "titles": [f"{match.title} ({match.municipality})" for match in matches[:_TITLES]],
        },
        url=result_url(saved),
        key=f"search.news:{event.batch_id}",
        delivery=_DELIVERIES[Told(saved.told)],
    )
