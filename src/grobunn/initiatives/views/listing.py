"""The list of a municipality's initiatives that the reader may see."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.ideas.views.access import asks_here
from grobunn.ideas.views.addresses import query_without
from grobunn.initiatives.forms.listing import ListForm
from grobunn.initiatives.queries.listing import list_page
from grobunn.kernel.paging import BadCursor
from grobunn.organisations.requests import TenantRequest


@require_GET
@asks_here("initiatives.see_portfolio")
def list_initiatives(request: TenantRequest) -> HttpResponse:
    """Newest first, narrowed by the address."""
    here = request.municipality
    form = ListForm(request.GET, actor=request.user, municipality_id=here.pk)
    try:
        page = list_page(request.user, municipality_id=here.pk, by=form.narrowed(), cursor=request.GET.get("side"))
    except BadCursor as error:
        raise Http404 from error
    context = {"form": form, "page": page, "query": query_without(request.GET, "side"), "municipality": here}
    return render(request, "initiatives/list.html", context)
