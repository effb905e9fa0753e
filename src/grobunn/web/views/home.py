"""A municipality's own page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.ideas.forms.intake import BeginForm
from grobunn.ideas.queries.figures import figures_of
from grobunn.ideas.queries.ideas import latest_answered
from grobunn.kernel.permissions import open_to_all
from grobunn.organisations.models import MunicipalityKind
from grobunn.organisations.requests import TenantRequest
from grobunn.stories.queries.stories import latest as latest_stories
from grobunn.stories.queries.stories import teasers_of
from grobunn.web.queries import numbers_of

LATEST = 6
LATEST_STORIES = 3


@require_GET
@open_to_all("A municipality's own page; what it lists is what the reader may see.")
def show_home(request: TenantRequest, municipality: str) -> HttpResponse:
    """The box, what happened lately and the figures; for a municipality not in use, how to begin."""
    here = request.municipality
    is_archive = here.kind == MunicipalityKind.ARCHIVE
    if not here.is_in_use and not is_archive:
        return render(request, "web/not_in_use.html", {"numbers": numbers_of(here)})
    context = {
        "form": None if is_archive else BeginForm(),
        "latest": latest_answered(here.pk, actor=request.user, limit=LATEST),
        "stories": teasers_of(latest_stories(here.pk, limit=LATEST_STORIES)),
        "figures": figures_of(here.pk),
    }
    return render(request, "web/home.html", context)
