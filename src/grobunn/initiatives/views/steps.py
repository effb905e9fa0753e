"""A step in the life of an initiative: one page for every edge that has a form."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from grobunn.capacity.errors import CapacityExceeded
from grobunn.capacity.shown import Missing, missing_of
from grobunn.initiatives.addresses import initiative_page
from grobunn.initiatives.forms.steps import FORMS, StepForm
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.services.start import claim_of
from grobunn.initiatives.states import MACHINE
from grobunn.initiatives.views.fetch import of_initiative
from grobunn.kernel import permissions
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts
from grobunn.ui.returning import way_back

# What is a good end is told with warmth.
_APPLAUSE = {
    "put_in_operation": gettext_lazy("It is in operation. Well done, all of you who made it happen."),
    "finish_learned": gettext_lazy("Thank you for trying, and for saying how it went. That is worth applause."),
}


@require_http_methods(["GET", "POST"])
@of_initiative("initiatives.view")
def take_step(request: TenantRequest, initiative: Initiative, edge: str) -> HttpResponse:
    """One step of an initiative; then back to where the reader came from."""
    if edge not in FORMS:
        raise Http404
    permissions.check(MACHINE.by_name[edge].permission, request.user, initiative)
    # With "velg" nothing is sent yet: more help was chosen, and the page is shown again with fields for it.
    is_sent = request.method == "POST" and "velg" not in request.POST
    given: dict[str, Any] = {"initiative": initiative, "actor": request.user, "moved": _moved(request)}
    form = FORMS[edge](request.POST, **given) if is_sent else FORMS[edge](initial=request.POST.dict(), **given)
    back = way_back(request) or initiative_page(initiative)
    missing = None
    if is_sent and form.is_valid():
        try:
            form.compare()
            form.perform()
        except CapacityExceeded as refused:
            missing = missing_of(refused, actor=request.user, claim=claim_of(initiative), back=request.get_full_path())
            form.add_error(None, str(refused.message))
        except TransitionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            label = str(MACHINE.by_name[edge].label)
            toasts.success(request, str(_APPLAUSE.get(edge) or _("Done: %(step)s.") % {"step": label}))
            return redirect(back)
    return _page(request, initiative, edge, form=form, back=back, missing=missing)


def _page(
    request: TenantRequest, initiative: Initiative, edge: str, *, form: StepForm, back: str, missing: Missing | None
) -> HttpResponse:
    is_refused = bool(form.errors or (form.need is not None and form.need.errors))
    context = {
        "initiative": initiative,
        "municipality": initiative.municipality,
        "edge": MACHINE.by_name[edge],
        "form": form,
        "need": form.need,
        "missing": missing,
        "back": back,
        "moved": _moved(request),
        "is_possible": initiative.state in MACHINE.by_name[edge].sources,
    }
    return render(request, "initiatives/step.html", context, status=422 if is_refused else 200)


def _moved(request: TenantRequest) -> int:
    """So many quarters the plan is tried later, or earlier; nothing of it is saved."""
    try:
        return int(request.GET.get("flytt", "0"))
    except ValueError:
        return 0
