"""The list of a municipality's ideas that the reader may see."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.ideas.forms.listing import ListForm
from grobunn.ideas.queries.listing import list_page
from grobunn.ideas.views.addresses import query_without
from grobunn.kernel.paging import BadCursor
from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest


@require_GET
@requires("ideas.submit")
def list_ideas(request: TenantRequest, municipality: str) -> HttpResponse:
    """Newest first, narrowed by the address."""
    form = ListForm(request.GET)
    form.is_valid()
    try:
        page = list_page(
            request.user,
            municipality_id=request.municipality.pk,
            state=form.cleaned_data.get("tilstand", ""),
            kind=form.cleaned_data.get("type", ""),
            answer=form.cleaned_data.get("svar", ""),
            cursor=request.GET.get("side"),
        )
    except BadCursor as error:
        raise Http404 from error
    return render(request, "ideas/list.html", {"form": form, "page": page, "query": query_without(request.GET, "side")})
