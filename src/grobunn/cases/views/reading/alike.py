"""Cases like a case: a page of its own that the case's page fetches, so that reading never waits for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.cases.models import Case
from grobunn.cases.queries.alike import cases_like
from grobunn.cases.views.reading.fetch import WHY_OPEN, of_case
from grobunn.kernel.limits import limited
from grobunn.kernel.permissions import open_to_all
from grobunn.search.rates import WHILE_TYPING, WHILE_TYPING_FROM_AN_ADDRESS


@require_GET
@open_to_all(WHY_OPEN)
@limited("cases.alike", known=WHILE_TYPING, unknown=WHILE_TYPING_FROM_AN_ADDRESS)
@of_case
def show_alike(request: HttpRequest, case: Case) -> HttpResponse:
    """The few most alike, as a part of the case's page or as a page of its own."""
    matches = cases_like(case, user=request.user)
    is_part = request.headers.get("HX-Request") == "true"
    template = "cases/_alike.html" if is_part else "cases/alike.html"
    return render(request, template, {"case": case, "matches": matches})
