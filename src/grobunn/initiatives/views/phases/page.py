"""The page of the phase that an initiative is in, and what is handed in there."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from grobunn.initiatives.forms.phases import HandInForm
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.deciders import decider_of
from grobunn.initiatives.queries.decisions import decisions_of
from grobunn.initiatives.queries.phases import handed_in_of, method_for, phase_now
from grobunn.initiatives.services.gates import may_decide
from grobunn.initiatives.services.hand_ins import hand_in_text
from grobunn.initiatives.states import MACHINE
from grobunn.initiatives.views.fetch import of_initiative
from grobunn.kernel import ids, permissions
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts


@require_GET
@of_initiative("initiatives.view")
def show_phase(request: TenantRequest, initiative: Initiative) -> HttpResponse:
    """What the phase is for, what to hand in, and what its gate needs."""
    now = phase_now(initiative)
    context = {
        "initiative": initiative,
        "now": now,
        "decider": decider_of(initiative, now.gate.gate) if now.gate and not now.gate.is_passed else None,
        "may_decide": may_decide(now, request.user),
        "decisions": decisions_of(initiative),
        "may_hand_in": _may_hand_in(request, initiative),
        "may": {edge.name for edge in MACHINE.available(initiative, request.user)},
    }
    return render(request, "initiatives/phase.html", context)


@require_http_methods(["GET", "POST"])
@of_initiative("initiatives.view")
def hand_in(request: TenantRequest, initiative: Initiative, key: str) -> HttpResponse:
    """What is handed in of one sort, and a form to hand in a newer one."""
    asked = method_for(initiative).hand_in(key)
    if asked is None:
        raise Http404
    form = HandInForm(request.POST or None, initial={"key": ids.new_id()})
    if request.method == "POST":
        permissions.check("initiatives.help", request.user, initiative)
        if form.is_valid():
            hand_in_text(initiative, asked, actor=request.user, **form.cleaned_data)
            toasts.success(request, _("Handed in."))
            return redirect("initiatives:phase", municipality=request.municipality.slug, reference=initiative.reference)
    context = {
        "initiative": initiative,
        "hand_in": asked,
        "attachment": handed_in_of(initiative).get(key),
        "form": form if _may_hand_in(request, initiative) else None,
    }
    return render(request, "initiatives/hand_in.html", context, status=422 if form.errors else 200)


def _may_hand_in(request: TenantRequest, initiative: Initiative) -> bool:
    return not initiative.is_finished and permissions.is_allowed("initiatives.help", request.user, initiative)
