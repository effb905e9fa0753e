"""The panels of a municipality that the reader may see."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.juries.queries.listing import list_page
from grobunn.juries.rules import is_adviser, sets_up
from grobunn.juries.tabs import LIST
from grobunn.kernel import permissions
from grobunn.kernel.paging import BadCursor
from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest


@require_GET
@requires("juries.list")
def list_panels(request: TenantRequest, municipality: str) -> HttpResponse:
    """Newest first. Whoever is on none and sets up nothing does not find the page."""
    here = request.municipality
    try:
        found = list_page(request.user, here, cursor=request.GET.get("side"))
    except BadCursor as error:
        raise Http404 from error
    if not found.rows and not sets_up.test(request.user, here):
        raise Http404
    context = {
        "page": found,
        "municipality": here,
        "parts": LIST.parts_of(request, here, request.user),
        "opens_all": is_adviser.test(request.user, here),
        "may_make": permissions.is_allowed("juries.make", request.user, here),
    }
    return render(request, "juries/list.html", context)
