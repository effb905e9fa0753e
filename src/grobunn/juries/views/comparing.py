"""Which of two is better: one pair on the page, the next ones with it for the device, and where the device sends."""

from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.juries.addresses import page_of
from grobunn.juries.forms.comparing import ComparisonForm, read_answer
from grobunn.juries.models import Member, Panel
from grobunn.juries.queries.comparing import AHEAD, to_compare
from grobunn.juries.queries.members import member_of
from grobunn.juries.services.comparing import compare, record_answers, take_back_last
from grobunn.juries.services.scoring import is_open_for_scores
from grobunn.juries.views.fetch import of_panel, page
from grobunn.juries.views.scoring.sending import take_parcel
from grobunn.kernel import ids
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts


@never_cache
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
    asked = to_compare(member, ahead=AHEAD)
    context = {"asked": asked, "key": ids.new_id(), "is_open": is_open_for_scores(panel)}
    return page(request, panel, "juries/compare.html", context)


@never_cache
@require_GET
@of_panel("juries.see")
def more_pairs(request: TenantRequest, panel: Panel) -> HttpResponse:
    """The next pairs by what has been answered by now, for the device to keep."""
    member = _member_or_404(request, panel)
    pairs = to_compare(member, ahead=AHEAD).pairs if is_open_for_scores(panel) else ()
    return render(request, "juries/_pairs.html", {"pairs": pairs})


@never_cache
@require_http_methods(["GET", "POST"])
@of_panel("juries.see")
def send_answers(request: TenantRequest, panel: Panel) -> JsonResponse:
    """Keep what a device sends, and say what became of it. GET gives a fresh token, to who has signed in again."""
    member = _member_or_404(request, panel)
    if request.method == "GET":
        return JsonResponse({"token": get_token(request), "owner": str(member.pk)})
    return take_parcel(request, member, read_answer, record_answers)


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
