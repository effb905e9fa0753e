"""Declaring impartiality: every entry on one page; what is filled in is kept, the rest can wait."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from grobunn.juries.addresses import page_of, panel_page
from grobunn.juries.forms.declaring import Question, choose_none_for_rest, declared_in, questions_of
from grobunn.juries.grounds import DECLARABLE
from grobunn.juries.legal import CURRENT
from grobunn.juries.models import Member, Panel
from grobunn.juries.queries.declaring import asked_of
from grobunn.juries.queries.members import member_of
from grobunn.juries.services.declaring import declare
from grobunn.juries.states import OPEN
from grobunn.juries.views.fetch import of_panel, page
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@of_panel("juries.declare")
def declare_all(request: TenantRequest, panel: Panel) -> HttpResponse:
    """One question for each entry, with titles and who is behind it; nothing else of it is shown."""
    member = member_of(panel, request.user)
    if member is None:
        raise PermissionDenied("juries.declare")
    asked = asked_of(member)
    sent = request.POST if request.method == "POST" else None
    questions = questions_of(asked.entries, parties=asked.parties, said=asked.said, sent=sent)
    refused = ""
    if sent is not None:
        if sent.get("act") == "rest":
            choose_none_for_rest(questions)
        try:
            declare(member, declared_in(questions), actor=request.user)
        except TransitionRefused as error:
            refused = str(error.message)
        if request.headers.get("HX-Request"):
            left = len(questions) - len(asked_of(member).said)
            return render(request, "juries/_declared.html", {"left": left, "refused": refused})
        if not refused and not any(question.errors for question in questions):
            return _kept(request, member, questions)
    context = {
        "questions": questions,
        "grounds": DECLARABLE,
        "law": CURRENT,
        "refused": refused,
        "wrong": [question for question in questions if question.errors],
        "is_open": panel.state in OPEN,
        "left": sum(question.said is None for question in questions),
        "hidden": asked.hidden,
    }
    return page(request, panel, "juries/declare.html", context, status=422 if refused or context["wrong"] else 200)


def _kept(request: TenantRequest, member: Member, questions: list[Question]) -> HttpResponse:
    left = sum(question.chosen == "" for question in questions)
    if left:
        words = ngettext("Saved. %(count)d entry is left.", "Saved. %(count)d entries are left.", left)
        toasts.success(request, words % {"count": left})
        return redirect(page_of(member.panel, "declare"))
    toasts.success(request, _("Thank you. You have declared for every entry."))
    return redirect(panel_page(member.panel))
