"""Questions and study visits between municipalities: what others ask us, and what we have asked."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from grobunn.cases.forms.asking import VISIT_FORMS, AnswerForm
from grobunn.cases.models import Visit
from grobunn.cases.queries.asked import asked_by, asked_of, question_by_id, visit_by_id
from grobunn.cases.services.questions import answer_question
from grobunn.cases.services.visits import move_visit
from grobunn.cases.states import VISITS
from grobunn.kernel import permissions
from grobunn.kernel.permissions import requires
from grobunn.kernel.statemachine import Edge, TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import refusals, toasts

# So many of each are shown; older ones stand with their case.
_SHOWN = 50


@dataclass(frozen=True)
class VisitStep:
    """A step of a visit, in the words of the side that takes it."""

    edge: Edge
    label: str


@require_GET
@requires("cases.write")
def show_asked(request: TenantRequest, municipality: str) -> HttpResponse:
    """What somebody has to answer, and what their municipality has asked."""
    permissions.check("cases.write", request.user, request.municipality)
    questions, visits = asked_of(request.municipality.pk, request.user)
    own_questions, own_visits = asked_by(request.municipality.pk)
    context = {
        "questions": questions[:_SHOWN],
        "visits": [(visit, _steps(request, visit)) for visit in visits[:_SHOWN]],
        "own_questions": own_questions[:_SHOWN],
        "own_visits": [(visit, _steps(request, visit)) for visit in own_visits[:_SHOWN]],
    }
    return render(request, "cases/asked.html", context)


@require_http_methods(["GET", "POST"])
@requires("cases.answer")
def answer(request: TenantRequest, municipality: str, question_id: UUID) -> HttpResponse:
    """Answer a question about one's own case."""
    question = question_by_id(question_id)
    if question is None or question.case.municipality_id != request.municipality.pk:
        raise Http404
    permissions.check("cases.answer", request.user, question)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_question(question, actor=request.user, answer=form.cleaned_data["answer"])
        except TransitionRefused as refusal:
            refusals.say_in(form, refusal)
        else:
            toasts.success(request, _("The answer is out, and kept for the next one."))
            return redirect("cases:asked", municipality=municipality)
    context = {"question": question, "case": question.case, "form": form}
    return render(request, "cases/answer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires("cases.close_visit")
def move(request: TenantRequest, municipality: str, visit_id: UUID, edge: str) -> HttpResponse:
    """One step of a study visit, by the host or by the guest."""
    visit = _visit_or_404(request, visit_id)
    if edge not in VISIT_FORMS:
        raise Http404
    permissions.check(VISITS.by_name[edge].permission, request.user, visit)
    form = VISIT_FORMS[edge](request.POST or None, visit=visit)
    if request.method == "POST" and form.is_valid():
        try:
            move_visit(visit, edge, actor=request.user, **form.cleaned_data)
        except TransitionRefused as refusal:
            refusals.say_in(form, refusal)
        else:
            toasts.success(request, _("Saved. The other side is told."))
            return redirect("cases:asked", municipality=municipality)
    context = {"visit": visit, "case": visit.case, "form": form, "label": _label(request, visit, VISITS.by_name[edge])}
    return render(request, "cases/visit_step.html", context, status=422 if form.errors else 200)


def _steps(request: TenantRequest, visit: Visit) -> list[VisitStep]:
    return [VisitStep(edge, _label(request, visit, edge)) for edge in VISITS.available(visit, request.user)]


def _label(request: TenantRequest, visit: Visit, edge: Edge) -> str:
    """What a step is called: a guest who does not come says something else than a host who cannot receive."""
    is_guest = visit.municipality_id == request.municipality.pk
    return _("We cannot come after all") if is_guest and edge.name == "decline" else str(edge.label)


def _visit_or_404(request: TenantRequest, visit_id: UUID) -> Visit:
    """A visit of which the address's municipality is the host or the guest. Raises: Http404."""
    visit = visit_by_id(visit_id)
    if visit is None or request.municipality.pk not in (visit.municipality_id, visit.case.municipality_id):
        raise Http404
    return visit
