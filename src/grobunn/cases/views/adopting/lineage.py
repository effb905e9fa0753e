"""Where a case has spread: as a picture and as a table."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.cases.drawing import picture_of
from grobunn.cases.models import Case
from grobunn.cases.queries.lineage import lineage_of
from grobunn.cases.views.reading.fetch import WHY_OPEN, of_case
from grobunn.kernel.permissions import open_to_all


@require_GET
@open_to_all(WHY_OPEN)
@of_case
def show_lineage(request: HttpRequest, case: Case) -> HttpResponse:
    """The whole family that a case belongs to."""
    branches = lineage_of(case)
    return render(request, "cases/lineage.html", {"case": case, "branches": branches, "picture": picture_of(branches)})
