"""What a municipality has taken into use from others, and what it is on the way with."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.cases.forms.listing import AdoptionListForm
from grobunn.cases.queries.adoptions import adoptions_page
from grobunn.kernel import permissions
from grobunn.kernel.paging import BadCursor
from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest


@require_GET
@requires("cases.write")
def list_adoptions(request: TenantRequest, municipality: str) -> HttpResponse:
    """Newest first, narrowed by the address; for everybody with a role there."""
    permissions.check("cases.write", request.user, request.municipality)
    form = AdoptionListForm(request.GET)
    form.is_valid()
    try:
        page = adoptions_page(
            request.municipality.pk,
            state=form.cleaned_data.get("tilstand", ""),
            kind=form.cleaned_data.get("type", ""),
            cursor=request.GET.get("side"),
        )
    except BadCursor as error:
        raise Http404 from error
    query = request.GET.copy()
    query.pop("side", None)
    return render(request, "cases/adoptions.html", {"form": form, "page": page, "query": query.urlencode()})
