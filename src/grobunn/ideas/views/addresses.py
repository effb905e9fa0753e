"""What an address says beside the page it names: the query that is kept when somebody moves on."""

from collections.abc import Mapping

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from grobunn.ideas.forms.queue import QueueForm

# The name under which a page remembers the queue that it was opened from, and where in it.
FROM_QUEUE = "fra"


def query_without(query: QueryDict, *names: str) -> str:
    """A query without some of its names, and without what was left empty."""
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if name not in names:
            kept.setlist(name, [value for value in values if value])
    return kept.urlencode()


def filter_query(query: str) -> str:
    """The part of a query that the queue's filter knows; anything else, the place in the list too, is left out."""
    return urlencode(QueueForm(QueryDict(query)).known())


def queue_query(query: str) -> str:
    """The part of a query that the queue knows: its filter and its place."""
    place = QueryDict(query).get("side")
    known = filter_query(query)
    return "&".join(part for part in (known, urlencode({"side": place}) if place else "") if part)


def queue_url(slug: str, query: str = "") -> str:
    """The queue, where somebody left it."""
    known = queue_query(query)
    address = reverse("ideas:queue", kwargs={"municipality": slug})
    return f"{address}?{known}" if known else address


def back_to_queue(slug: str, query: Mapping[str, str]) -> str:
    """The queue that a page was opened from; "" if it was opened from elsewhere."""
    return queue_url(slug, query[FROM_QUEUE]) if FROM_QUEUE in query else ""


def from_queue(query: Mapping[str, str]) -> str:
    """What a link carries on, so that the way back to the queue is kept; "" where there is none."""
    return "?" + urlencode({FROM_QUEUE: queue_query(query[FROM_QUEUE])}) if FROM_QUEUE in query else ""
