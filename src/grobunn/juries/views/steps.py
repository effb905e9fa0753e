"""A step of a panel: one page for every edge that has none of its own."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grobunn.juries.addresses import panel_page
from grobunn.juries.forms.steps import StepForm
from grobunn.juries.guards import NotReady
from grobunn.juries.models import Panel
from grobunn.juries.queries.next import what_is_next
from grobunn.juries.services.steps import step
from grobunn.juries.states import MACHINE
from grobunn.juries.views.fetch import of_panel, page
from grobunn.kernel import permissions
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@of_panel("juries.see")
def take_step(request: TenantRequest, panel: Panel, edge: str) -> HttpResponse:
    """One step; then back to the panel."""
    arrow = MACHINE.by_name.get(edge)
    if arrow is None or not arrow.is_offered:
        raise Http404
    permissions.check(arrow.permission, request.user, panel)
    form = StepForm(request.POST if request.method == "POST" else None, panel=panel, edge=arrow)
    missing: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            form.compare()
            given = form.inputs
            step(
                panel, edge, actor=request.user, reason=form.cleaned_data.get("reason", ""), inputs=given, changes=given
            )
        except NotReady as refused:
            missing = refused.missing
        except TransitionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            toasts.success(request, _("Done: %(step)s.") % {"step": arrow.label})
            return redirect(panel_page(panel))
    context = {"edge": arrow, "form": form, "missing": missing, "is_possible": panel.state in arrow.sources}
    context["still"] = what_is_next(panel, request.user).waits_for if edge == "release" else ()
    return page(request, panel, "juries/step.html", context, status=422 if form.errors or missing else 200)
