"""The queue for room: everybody's place, how long they have waited, and when there is room."""

from dataclasses import dataclass

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from grobunn.capacity.claims import Described, described
from grobunn.capacity.queries.queue import Place, queue_of
from grobunn.capacity.views.pages import page
from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest


@dataclass(frozen=True)
class QueueRow:
    """A place in the queue. Takes: claim, None where the reader may not see what it is."""

    place: Place
    claim: Described | None


@require_GET
@asks_here("capacity.view")
def show_queue(request: TenantRequest) -> HttpResponseBase:
    """What waits in the municipality, in the order of asking."""
    places = queue_of(request.municipality.pk)
    names = described([(each.want.claim_sort, each.want.claim_id) for each in places], actor=request.user)
    rows = [QueueRow(place=each, claim=names.get(each.want.claim_id)) for each in places]
    return page(request, "capacity/queue.html", rows=rows)
