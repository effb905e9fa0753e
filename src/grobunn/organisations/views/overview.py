"""The first page of the set-up: where to go, and what is missing."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grobunn.organisations import queries
from grobunn.organisations.models import Municipality
from grobunn.organisations.services.municipality import take_into_use
from grobunn.organisations.views.access import municipality_page
from grobunn.organisations.views.pages import address, page
from grobunn.ui import toasts


@require_GET
@municipality_page
def set_up(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    gaps = queries.gaps_of(municipality)
    return page(request, municipality, "organisations/set_up.html", title=_("Set-up"), gaps=gaps)


@require_POST
@municipality_page
def start(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    take_into_use(Municipality.objects.get(pk=municipality.pk), actor=request.user)
    toasts.success(request, _("%(name)s now takes ideas.") % {"name": municipality.name})
    return HttpResponseRedirect(address("set_up", municipality))
