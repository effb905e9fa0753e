"""The adviser's desk: the queue, its files and its saved views."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grobunn.capacity.queries.queue import queue_of as capacity_queue
from grobunn.ideas.exports import HEADS, export_rows
from grobunn.ideas.forms.queue import QueueForm, SavedViewForm
from grobunn.ideas.queries.queue import QueueRow, narrowed_queue, queue_counts, queue_page, saved_views_of
from grobunn.ideas.services.saved_views import remove_view, save_view
from grobunn.ideas.views.addresses import FROM_QUEUE, filter_query, queue_url
from grobunn.ideas.views.queue_rows import shown_rows
from grobunn.ideas.views.queue_tabs import tabs_of
from grobunn.ideas.waking import WaitsFor
from grobunn.kernel import audit, clock, permissions
from grobunn.kernel.paging import BadCursor
from grobunn.kernel.sheets import CSV_TYPE, XLSX_TYPE, csv_pieces, xlsx_file
from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.ui import toasts


@require_GET
@asks_here("ideas.see_queue")
def show_queue(request: TenantRequest) -> HttpResponseBase:
    """What the reader owes an answer, overdue first; or the same as a file."""
    here = request.municipality
    form = QueueForm(request.GET)
    if "format" in request.GET:
        return _file(request, form)
    try:
        page = queue_page(
            request.user, municipality_id=here.pk, narrowed=form.narrowed(), cursor=request.GET.get("side")
        )
    except BadCursor as error:
        raise Http404 from error
    counts = queue_counts(request.user, municipality_id=here.pk)
    known = form.known()
    query = urlencode(known)
    here_query = urlencode({**known, "side": request.GET["side"]}) if "side" in request.GET else query
    context = {
        "form": form,
        "page": page,
        "rows": shown_rows(
            page.rows, slug=here.slug, back=urlencode({FROM_QUEUE: here_query}), places=_places(here.pk, page.rows)
        ),
        "counts": counts,
        "tabs": tabs_of(counts, known),
        "query": query,
        "here": here_query,
        "saved_views": saved_views_of(request.user, municipality_id=here.pk),
        "may_export": permissions.is_allowed("ideas.export", request.user, here),
    }
    return render(request, "ideas/queue.html", context)


def _places(municipality_id: UUID, rows: list[QueueRow]) -> dict[UUID, int]:
    """Places in the queue for capacity, where a row of the page waits for it."""
    if not any(row.waits_for == WaitsFor.CAPACITY for row in rows):
        return {}
    return {place.want.claim_id: place.number for place in capacity_queue(municipality_id)}


def _file(request: TenantRequest, form: QueueForm) -> HttpResponseBase:
    """The whole of the narrowed queue as a file."""
    here = request.municipality
    permissions.check("ideas.export", request.user, here)
    ideas = narrowed_queue(request.user, municipality_id=here.pk, narrowed=form.narrowed())
    name = f"{here.slug}-{clock.today().isoformat()}"
    heads = [str(head) for head in HEADS]
    audit.record("ideas.export", actor=request.user, municipality_id=here.pk, data=form.known())
    if request.GET["format"] == "csv":
        lines = csv_pieces(heads, export_rows(ideas))
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return StreamingHttpResponse(lines, content_type=CSV_TYPE, headers=headers)
    if request.GET["format"] == "xlsx":
        file = xlsx_file(heads, export_rows(ideas), title=_("Ideas"))
        return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
    raise Http404


@require_POST
@asks_here("ideas.see_queue")
def keep_view(request: TenantRequest) -> HttpResponse:
    """Give the filter a name."""
    here = request.municipality
    form = SavedViewForm(request.POST)
    query = filter_query(request.POST.get("query", ""))
    if not form.is_valid():
        toasts.failure(request, _("Give the view a name first."))
        return redirect(queue_url(here.slug, query))
    try:
        view = save_view(here, user=signed_in(request), name=form.cleaned_data["name"].strip(), query=query)
    except ValidationError as refused:
        toasts.failure(request, " ".join(refused.messages))
    else:
        toasts.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return redirect(queue_url(here.slug, query))


@require_POST
@asks_here("ideas.see_queue")
def forget_view(request: TenantRequest, view_id: UUID) -> HttpResponse:
    """Remove a saved view."""
    if not remove_view(request.municipality, user=signed_in(request), view_id=view_id):
        raise Http404
    toasts.success(request, _("The view is removed."))
    return redirect(queue_url(request.municipality.slug, request.POST.get("query", "")))
