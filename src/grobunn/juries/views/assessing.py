"""Assessing possible conflicts: all of them on one page, each decided without the member whom it concerns."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grobunn.juries.addresses import page_of
from grobunn.juries.forms.assessing import CONFIRM, AgainForm, AssessForm
from grobunn.juries.legal import CURRENT
from grobunn.juries.models import Panel
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.queries.assessing import ConflictSeen, conflicts_seen
from grobunn.juries.queries.standing_in import lacking_of
from grobunn.juries.services.assessing import ASSESSABLE, assess, take_up_again
from grobunn.juries.views.fetch import of_panel, page
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts

Form = AssessForm | AgainForm


@require_http_methods(["GET", "POST"])
@of_panel("juries.see")
def assess_all(request: TenantRequest, panel: Panel) -> HttpResponse:
    """What the reader may know of: to be assessed first, then what was decided, with its history."""
    seen = conflicts_seen(panel, request.user)
    forms = {each.conflict.pk: _form(each) for each in seen if each.may_assess and panel.state in ASSESSABLE}
    status = 200
    if request.method == "POST":
        each = _one_of(seen, request.POST.get("conflict", ""))
        form = _form(each, request.POST)
        if form.is_valid() and _done(request, form):
            return redirect(page_of(panel, "assess"))
        forms[each.conflict.pk], status = form, 422
    rows = [(each, forms.get(each.conflict.pk)) for each in seen]
    context = {
        "open_rows": [row for row in rows if row[0].conflict.state == ConflictState.OPEN],
        "decided_rows": [row for row in rows if row[0].conflict.state != ConflictState.OPEN],
        "lacking": lacking_of(panel, request.user),
        "law": CURRENT,
    }
    return page(request, panel, "juries/assess.html", context, status=status)


def _form(each: ConflictSeen, sent: object = None) -> Form:
    kind = AssessForm if each.conflict.state == ConflictState.OPEN else AgainForm
    return kind(sent, seen=each)


def _one_of(seen: Sequence[ConflictSeen], wanted: str) -> ConflictSeen:
    try:
        conflict_id = UUID(wanted)
    except ValueError as error:
        raise Http404 from error
    each = next((each for each in seen if each.conflict.pk == conflict_id), None)
    if each is None:
        raise Http404
    if not each.may_assess:
        raise PermissionDenied("juries.assess")
    return each


def _done(request: TenantRequest, form: Form) -> bool:
    """Do what was sent, or say on the form why not."""
    given, conflict = form.cleaned_data, form.seen.conflict
    try:
        if isinstance(form, AgainForm):
            take_up_again(conflict, reason=given["reason"], actor=request.user)
        else:
            named = set(given["taken_by"])
            taken_by = [member for member in form.seen.takers if str(member.pk) in named]
            is_confirmed = given["verdict"] == CONFIRM
            assess(conflict, is_confirmed=is_confirmed, reason=given["reason"], taken_by=taken_by, actor=request.user)
    except TransitionRefused as refused:
        form.add_error(None, str(refused.message))
        return False
    toasts.success(request, _("Written down. The member is told, without the reason."))
    return True
