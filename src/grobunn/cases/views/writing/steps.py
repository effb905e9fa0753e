"""Taking a step with a case: one page and one form for every edge of the table."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from grobunn.cases.forms.around import StepForm
from grobunn.cases.models import Case
from grobunn.cases.queries.writing import changes_since_published, missing_in
from grobunn.cases.services.steps import draft_of, move_case
from grobunn.cases.states import CASES, CaseState
from grobunn.cases.views.writing.fetch import case_to_write, writing_url
from grobunn.kernel.permissions import requires
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.ui import refusals

PUBLISHING = frozenset({"publish", "publish_changes"})
REASONS = {
    "send_back": _("What should be changed?"),
    "withdraw": _("Why is it withdrawn?"),
}
DONE = {
    "send_for_review": _("Sent. The editor has been told."),
    "send_back": _("Sent back to those who write it."),
    "publish": _("Published. Everybody can read it now."),
    "publish_changes": _("The changes are published."),
    "propose_changes": _("Sent. The editor has been asked to publish the changes."),
    "keep": _("Thank you. You are asked again in a year."),
    "withdraw": _("Withdrawn. Its address says so to whoever comes there."),
    "reopen": _("You can write on it again."),
}


@require_http_methods(["GET", "POST"])
@requires("cases.edit")
def take_step(request: TenantRequest, municipality: str, slug: str, edge: str) -> HttpResponse:
    """One step of a case."""
    which = CASES.by_name.get(edge)
    if which is None:
        raise Http404
    case = case_to_write(request, slug, permission=which.permission)
    draft = draft_of(case)
    form = StepForm(
        request.POST or None,
        case=case,
        draft=draft,
        reason=REASONS.get(edge),
        publishes=edge in PUBLISHING,
        withdraws=edge == "withdraw",
    )
    if request.method == "POST" and form.is_valid():
        try:
            move_case(case, edge, actor=signed_in(request), version=form.cleaned_data["version"], **form.arguments())
        except TransitionRefused as refusal:
            refusals.say_in(form, refusal)
        else:
            messages.success(request, DONE[edge])
            return redirect(writing_url(case))
    context = {
        "case": case,
        "draft": draft,
        "edge": which,
        "form": form,
        "missing": missing_in(case, draft) if edge in PUBLISHING else [],
        "changes": _changes(case, edge),
    }
    return render(request, "cases/writing/step.html", context, status=422 if form.errors else 200)


def _changes(case: Case, edge: str) -> list[object]:
    """What publishing would change for readers, so that it is read before the button is pressed."""
    if edge != "publish_changes" or case.state != CaseState.PUBLISHED:
        return []
    return list(changes_since_published(case, draft_of(case)))
