"""Checking a diploma: for whoever was shown one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.kernel.limits import Rate, limited
from grobunn.kernel.permissions import open_to_all
from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.diplomas import initials, meant_number, written_number
from grobunn.programmes.forms.diplomas import CheckForm
from grobunn.programmes.queries.diplomas import diploma_numbered

_KNOWN, _UNKNOWN = Rate(count=60, seconds=600), Rate(count=60, seconds=600)


@require_GET
@open_to_all("Whoever is shown a diploma can check that it holds: they see what stands on it, and only initials.")
@limited("programmes.check_diploma", known=_KNOWN, unknown=_UNKNOWN)
def check(request: TenantRequest, municipality: str) -> HttpResponse:
    """Whether a number is of a diploma that holds, of one that is withdrawn, or of none."""
    form = CheckForm(request.GET if "nummer" in request.GET else None)
    typed = form.cleaned_data["nummer"] if form.is_valid() else ""
    found = diploma_numbered(request.municipality.pk, typed)
    meant = meant_number(typed)
    context = {
        "municipality": request.municipality,
        "form": form,
        "is_asked": bool(typed),
        "typed": written_number(meant) if meant else typed,
        "diploma": found,
        "initials": initials(found.enrolment.name) if found else "",
    }
    response = render(request, "programmes/diploma_check.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
