"""The adviser's desk: the queue, several answers at once, saved views."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.ideas.forms.queue import QueueForm
from grobunn.ideas.queries.queue import queue_counts, queue_page, saved_views_of
from grobunn.kernel.paging import BadCursor
from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest


@require_GET
@requires("ideas.see_queue")
def show_queue(request: TenantRequest, municipality: str) -> HttpResponse:
    """What the reader owes an answer, overdue first."""
    form = QueueForm(request.GET)
    municipality_id = request.municipality.pk
    try:
        page = queue_page(
            request.user, municipality_id=municipality_id, narrowed=form.narrowed(), cursor=request.GET.get("side")
        )
    except BadCursor as error:
        raise Http404 from error
    context = {
        "form": form,
        "page": page,
        "counts": queue_counts(request.user, municipality_id=municipality_id),
        "saved_views": saved_views_of(request.user, municipality_id=municipality_id),
    }
    return render(request, "ideas/queue.html", context)
