"""Everything that has happened to an initiative."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.life import life_page
from grobunn.initiatives.views.fetch import of_initiative
from grobunn.kernel.paging import BadCursor
from grobunn.organisations.requests import TenantRequest


@require_GET
@of_initiative("initiatives.view")
def show_life(request: TenantRequest, initiative: Initiative) -> HttpResponse:
    """Steps, lines of the log, reports and milestones, the latest first."""
    try:
        page = life_page(initiative, cursor=request.GET.get("side"))
    except BadCursor as error:
        raise Http404 from error
    context = {"initiative": initiative, "municipality": initiative.municipality, "life": page}
    return render(request, "initiatives/work/life.html", context)
