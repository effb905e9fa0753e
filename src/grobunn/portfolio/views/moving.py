"""Moves a card: to another phase of the initiative's method, or to the page where the gate is decided."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grobunn.initiatives.addresses import initiative_page, phase_page
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.phases import PhaseNow, phase_now
from grobunn.initiatives.services.phases import change_phase
from grobunn.kernel import permissions
from grobunn.kernel.statemachine import SomebodyWasFirst, TransitionRefused
from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest
from grobunn.portfolio import addresses
from grobunn.portfolio.forms import MoveForm
from grobunn.portfolio.views.fetch import initiative_or_404
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@asks_here("initiatives.see_portfolio")
def move(request: TenantRequest, reference: str) -> HttpResponse:
    """Where the card can go from where it is; the filter of the board comes along in the address."""
    initiative = initiative_or_404(request, reference)
    now = phase_now(initiative)
    form = MoveForm(request.POST or None, now=now, toward=request.GET.get("til", ""))
    if request.method == "POST" and form.is_valid():
        response = _moved(request, initiative, form)
        if response is not None:
            return response
    query = request.GET.copy()
    query.pop("til", None)
    context = {
        "initiative": initiative,
        "municipality": request.municipality,
        "now": now,
        "form": form,
        "may_move": permissions.is_allowed("initiatives.work", request.user, initiative),
        "gate": _gate_ahead(now, form.toward),
        "page_url": initiative_page(initiative),
        "gate_url": phase_page(initiative),
        "back": addresses.page("board", request.municipality, query.urlencode()),
    }
    return render(request, "portfolio/move.html", context, status=422 if form.errors else 200)


def _moved(request: TenantRequest, initiative: Initiative, form: MoveForm) -> HttpResponse | None:
    """Back to the board, or None where it was refused: the form says why."""
    given = form.cleaned_data
    if not permissions.is_allowed("initiatives.work", request.user, initiative):
        raise PermissionDenied("initiatives.work")
    try:
        change_phase(
            initiative, phase=given["phase"], actor=request.user, reason=given["reason"], version=given["version"]
        )
    except SomebodyWasFirst as refusal:
        form.add_error(None, str(refusal))
        return None
    except TransitionRefused as refusal:
        form.add_error("phase", str(refusal))
        return None
    toasts.success(request, _("“%(title)s” is moved.") % {"title": initiative.title})
    return redirect(addresses.page("board", request.municipality, _query(request)) + f"#{initiative.reference}")


def _query(request: TenantRequest) -> str:
    query = request.GET.copy()
    query.pop("til", None)
    return query.urlencode()


def _gate_ahead(now: PhaseNow, toward: str) -> str:
    """The name of the gate that stands in the way of what was dropped on a column, or of the next phase."""
    wanted = now.method.phase(toward) or now.following
    gate = now.gate_before(wanted) if wanted and wanted in now.method.phases[now.number :] else None
    return gate.name if gate else ""
