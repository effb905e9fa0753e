"""Which of two is better."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.juries.addresses import page_of
from grobunn.juries.forms.comparing import ComparisonForm
from grobunn.juries.models import Member, Panel
from grobunn.juries.queries.comparing import to_compare
from grobunn.juries.queries.members import member_of
from grobunn.juries.services.comparing import compare, take_back_last
from grobunn.juries.states import PanelState
from grobunn.juries.views.fetch import of_panel, page
from grobunn.kernel import ids
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@of_panel("juries.see")
def compare_two(request: TenantRequest, panel: Panel) -> HttpResponse:
    """Two entries side by side, and three buttons; each answer leads to the next two."""
    member = _member_or_404(request, panel)
    if request.method == "POST":
        form = ComparisonForm(request.POST)
        if form.is_valid():
            try:
                compare(member, form.pair, better=form.chosen, key=form.cleaned_data["key"], actor=request.user)
            except TransitionRefused as refusal:
                toasts.warning(request, refusal.message)
        return redirect(page_of(panel, "compare"))
    context = {"asked": to_compare(member), "key": ids.new_id(), "is_open": panel.state == PanelState.SCORING}
    return page(request, panel, "juries/compare.html", context)


@require_POST
@of_panel("juries.see")
def take_back(request: TenantRequest, panel: Panel) -> HttpResponse:
    """Let the last answer not count."""
    try:
        if take_back_last(_member_or_404(request, panel), actor=request.user):
            toasts.success(request, _("Your last answer does not count any more."))
    except TransitionRefused as refusal:
        toasts.warning(request, refusal.message)
    return redirect(page_of(panel, "compare"))


def _member_or_404(request: TenantRequest, panel: Panel) -> Member:
    member = member_of(panel, request.user)
    if member is None or not member.scores or not panel.is_pairwise:
        raise Http404
    return member
