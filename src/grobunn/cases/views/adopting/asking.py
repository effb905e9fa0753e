"""Asking the origin of a case: a question, or whether one may come and see."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grobunn.cases.forms.asking import QuestionForm, VisitForm
from grobunn.cases.services.questions import ask_question, check_asking
from grobunn.cases.services.visits import ask_for_visit
from grobunn.cases.views.reading.fetch import case_or_404
from grobunn.kernel import permissions
from grobunn.kernel.permissions import requires
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@requires("cases.ask")
def ask(request: TenantRequest, municipality: str, slug: str) -> HttpResponse:
    """Ask the origin something, on behalf of a municipality."""
    permissions.check("cases.ask", request.user, request.municipality)
    case = case_or_404(slug)
    form = QuestionForm(request.POST or None)
    try:
        check_asking(case, request.municipality)
        if request.method == "POST" and form.is_valid():
            ask_question(case, municipality=request.municipality, actor=request.user, **form.cleaned_data)
            toasts.success(request, _("Sent. You are told when they answer."))
            return redirect(f"{reverse('cases:case', kwargs={'slug': case.slug})}#questions")
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("cases:case", slug=case.slug)
    return render(request, "cases/ask.html", {"case": case, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires("cases.ask")
def ask_for_a_visit(request: TenantRequest, municipality: str, slug: str) -> HttpResponse:
    """Ask whether a municipality may come and see."""
    permissions.check("cases.ask", request.user, request.municipality)
    case = case_or_404(slug)
    form = VisitForm(request.POST or None)
    try:
        check_asking(case, request.municipality)
        if request.method == "POST" and form.is_valid():
            ask_for_visit(case, municipality=request.municipality, actor=request.user, **form.cleaned_data)
            toasts.success(request, _("Sent. You are told when they answer."))
            return redirect("cases:asked", municipality=municipality)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("cases:case", slug=case.slug)
    return render(request, "cases/ask_visit.html", {"case": case, "form": form}, status=422 if form.errors else 200)
