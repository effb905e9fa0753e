"""The one button on a case's page: "we consider this"."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from grobunn.cases.models import Adoption
from grobunn.cases.queries.adoptions import adoption_by_id, going_on_in
from grobunn.cases.services.adoptions import AlreadyBegun, begin_adoption
from grobunn.cases.views.reading.fetch import case_or_404
from grobunn.kernel import ids, permissions
from grobunn.kernel.permissions import requires
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest


@require_http_methods(["GET", "POST"])
@requires("cases.adopt")
def begin(request: TenantRequest, municipality: str, slug: str) -> HttpResponse:
    """Begin to consider a case, from the original or from another's way of doing it."""
    permissions.check("cases.adopt", request.user, request.municipality)
    case = case_or_404(slug)
    going_on = going_on_in(request.municipality.pk, case.pk)
    based_on = _based_on(request.GET.get("fra") or request.POST.get("fra"))
    if request.method == "GET" and going_on is None:
        context = {"case": case, "based_on": based_on, "key": ids.new_id()}
        return render(request, "cases/begin_adoption.html", context)
    try:
        adoption = going_on or begin_adoption(
            case,
            municipality=request.municipality,
            actor=request.user,
            based_on=based_on,
            key=_uuid(request.POST.get("nokkel")),
        )
    except AlreadyBegun as there:
        adoption = there.adoption
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("cases:case", slug=case.slug)
    return redirect("cases:adoption", municipality=municipality, adoption_id=adoption.pk)


def _based_on(sent: str | None) -> Adoption | None:
    adoption_id = _uuid(sent)
    return adoption_by_id(adoption_id) if adoption_id is not None else None


def _uuid(sent: str | None) -> UUID | None:
    try:
        return UUID(sent or "")
    except ValueError:
        return None
