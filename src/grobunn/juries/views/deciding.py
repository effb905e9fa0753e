"""What is decided of each entry, and what its entrant is told."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from grobunn.juries.addresses import page_of
from grobunn.juries.drafts import draft_feedback, draft_reasons
from grobunn.juries.forms.deciding import DecisionForm, FeedbackForm
from grobunn.juries.models import Entry, Panel
from grobunn.juries.occasions import occasion_of
from grobunn.juries.queries.decisions import decisions_of
from grobunn.juries.services.deciding import WrittenMeanwhile, decide, send_feedback, write_feedback
from grobunn.juries.states import MACHINE, RELEASED, PanelState
from grobunn.juries.views.fetch import of_entry, of_panel, page
from grobunn.kernel import permissions
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts

PAGE_SIZE = 25
_STEPS = ("confirm_ranking", "sign", "reopen_decision", "close")


@require_GET
@of_panel("juries.see")
def show_decisions(request: TenantRequest, panel: Panel) -> HttpResponse:
    """All entries with what is decided, what is missing, and who has been told."""
    if panel.state not in RELEASED:
        return page(request, panel, "juries/decisions_waiting.html", {})
    occasion = occasion_of(panel)
    decisions = decisions_of(panel, request.user)
    is_short = request.GET.get("vis") == "gjenstar"
    pages = Paginator(decisions.lacking if is_short else decisions.rows, PAGE_SIZE)
    context = {
        "decisions": decisions,
        "rows": pages.get_page(request.GET.get("side")),
        "is_long": len(decisions.rows) > PAGE_SIZE,
        "is_short": is_short,
        "occasion": occasion,
        "occasion_page": occasion.page(panel),
        "steps": [edge for edge in MACHINE.available(panel, request.user) if edge.name in _STEPS],
        "may_write": permissions.is_allowed("juries.run", request.user, panel),
        "is_open": panel.state == PanelState.DISCUSSING,
        "tells": panel.state in (PanelState.DISCUSSING, PanelState.DECIDED),
    }
    return page(request, panel, "juries/decisions.html", context)


@require_http_methods(["GET", "POST"])
@of_entry("juries.decide")
def write_decision(request: TenantRequest, entry: Entry) -> HttpResponse:
    """Outcome and reasons of one entry; `Accept: application/json` is the page saving by itself."""
    panel = entry.panel
    if panel.state != PanelState.DISCUSSING:
        return redirect(page_of(panel, "decisions"))
    draft = "" if entry.reasons else draft_reasons(entry)
    form = DecisionForm(request.POST or None, entry=entry, draft=draft)

    def save() -> Entry:
        said = form.cleaned_data
        given = {"outcome": form.outcome_given, "reasons": said["reasons"], "version": said["revision"]}
        return decide(entry, actor=request.user, **given)

    context = {"is_draft": bool(draft), "decides_here": occasion_of(panel).decides_here}
    return _written(request, entry, form, save, template="juries/decision.html", context=context)


@require_http_methods(["GET", "POST"])
@of_entry("juries.decide")
def write_feedback_page(request: TenantRequest, entry: Entry) -> HttpResponse:
    """What one entrant is told: kept while it is written, sent by a button of its own."""
    panel = entry.panel
    if panel.state not in (PanelState.DISCUSSING, PanelState.DECIDED):
        return redirect(page_of(panel, "decisions"))
    draft = "" if entry.feedback else draft_feedback(entry)
    form = FeedbackForm(request.POST or None, entry=entry, draft=draft)
    is_sent = "send" in request.POST

    def save() -> Entry:
        said = form.cleaned_data
        given = {"feedback": said["feedback"], "version": said["revision"], "actor": request.user}
        return send_feedback(entry, **given) if is_sent else write_feedback(entry, **given)

    context = {"is_draft": bool(draft), "may_send": panel.state == PanelState.DECIDED, "is_sent": is_sent}
    return _written(request, entry, form, save, template="juries/feedback.html", context=context)


def _written(
    request: TenantRequest,
    entry: Entry,
    form: DecisionForm | FeedbackForm,
    save: Callable[[], Entry],
    *,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Save a form by its button or by itself; what somebody else wrote meanwhile comes back beside it."""
    if request.headers.get("Accept") == "application/json":
        return _quietly(form, save)
    theirs: Entry | None = None
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except WrittenMeanwhile as refused:
            theirs = refused.entry
            # Both are on the page now: saved again, the writer has seen what they replace.
            typed = request.POST.copy()
            typed["revision"] = str(theirs.version)
            form.data = typed
        except TransitionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            toasts.success(request, _("Sent to the entrant.") if context.get("is_sent") else _("Saved."))
            return redirect(page_of(entry.panel, "decisions"))
    shown = {"entry": entry, "form": form, "theirs": theirs, **context}
    return page(request, entry.panel, template, shown, status=422 if form.errors or theirs else 200)


def _quietly(form: DecisionForm | FeedbackForm, save: Callable[[], Entry]) -> JsonResponse:
    """What the page's script asks for while one writes."""
    if not form.is_valid():
        return JsonResponse({"status": _("Not saved yet: something on the page needs your eye.")}, status=422)
    try:
        saved = save()
    except WrittenMeanwhile:
        words = _("Somebody else has saved here meanwhile. Press Save to see both texts.")
        return JsonResponse({"status": words}, status=409)
    except TransitionRefused as refused:
        return JsonResponse({"status": str(refused.message)}, status=422)
    return JsonResponse({"revision": saved.version, "status": _("Saved")})
