"""The set-up page of what people look for and do not find."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from grobunn.organisations.models import Municipality
from grobunn.organisations.views.access import of_municipality
from grobunn.organisations.views.pages import page
from grobunn.search.queries.unmet import FEWEST, unmet_needs


@require_GET
@of_municipality("search.see_unmet")
def unmet(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """What at least five people looked for and did not find."""
    needs = unmet_needs(municipality.pk)
    return page(request, municipality, "search/unmet.html", title=_("Unmet needs"), needs=needs, fewest=FEWEST)
