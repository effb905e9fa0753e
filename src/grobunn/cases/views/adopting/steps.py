"""Taking a step with an adoption: one page and one form for every edge of the table."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grobunn.cases.forms.adopting import FORMS
from grobunn.cases.services.adoptions import move_adoption
from grobunn.cases.states import ADOPTIONS
from grobunn.cases.views.adopting.fetch import adoption_or_404
from grobunn.kernel import permissions
from grobunn.kernel.permissions import requires
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import refusals, toasts


@require_http_methods(["GET", "POST"])
@requires("cases.move_adoption")
def take_step(request: TenantRequest, municipality: str, adoption_id: UUID, edge: str) -> HttpResponse:
    """One step of an adoption, by somebody who speaks for the adopter."""
    adoption = adoption_or_404(request, adoption_id)
    permissions.check("cases.move_adoption", request.user, adoption)
    if edge not in FORMS:
        raise Http404
    form = FORMS[edge](request.POST or None, adoption=adoption)
    if request.method == "POST" and form.is_valid():
        sent = {name: form.cleaned_data[name] for name in ("version", "key")}
        try:
            move_adoption(adoption, edge, actor=request.user, **sent, **form.arguments())
        except TransitionRefused as refusal:
            refusals.say_in(form, refusal)
        else:
            toasts.success(request, _("Saved."))
            return redirect("cases:adoption", municipality=municipality, adoption_id=adoption.pk)
    context = {"form": form, "adoption": adoption, "edge": ADOPTIONS.by_name[edge]}
    return render(request, "cases/adoption_step.html", context, status=422 if form.errors else 200)
