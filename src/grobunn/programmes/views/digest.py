"""What those who took part thought of a programme's gatherings, across its cohorts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.models import Programme
from grobunn.programmes.queries.evaluated import evaluated_across
from grobunn.programmes.queries.evaluations import ASKED
from grobunn.programmes.views.fetch import of_programme


@require_GET
@of_programme("programmes.run")
def show(request: TenantRequest, programme: Programme) -> HttpResponse:
    """Each topic with its means, of all cohorts together and of each."""
    context = {
        "municipality": request.municipality,
        "programme": programme,
        "topics": evaluated_across(programme),
        "asked": [label for _name, label in ASKED],
    }
    return render(request, "programmes/digest.html", context)
