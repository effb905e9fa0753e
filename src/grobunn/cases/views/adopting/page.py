"""The page of one adoption: the start package, how far it has come, and what is said about it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grobunn.cases.forms.adopting import PackageForm
from grobunn.cases.models import Adoption, Case
from grobunn.cases.queries.adoption_life import life_of_adoption
from grobunn.cases.queries.asked import asked_by
from grobunn.cases.queries.published import at_edition, documents_of
from grobunn.cases.sections import Section
from grobunn.cases.services.plans import save_plan
from grobunn.cases.states import ADOPTIONS, CaseState
from grobunn.cases.telling import hours, money, sections_of
from grobunn.cases.views.adopting.fetch import adoption_or_404
from grobunn.discussion.panel import panel_of
from grobunn.kernel import permissions
from grobunn.kernel.permissions import requires
from grobunn.kernel.statemachine import Edge, TransitionRefused
from grobunn.organisations.queries import is_member
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import refusals, toasts

_DONE = (Section.NEED, Section.PROCESS, Section.SOLUTION, Section.EFFECT)


@dataclass(frozen=True)
class StepLink:
    """A button of the page: what it does and where it leads."""

    edge: Edge
    url: str


@dataclass(frozen=True)
class Cost:
    """What something cost the origin, and what it costs us."""

    label: str
    theirs: str
    ours: str


@require_GET
@requires("cases.view_adoption")
def show_adoption(request: TenantRequest, municipality: str, adoption_id: UUID) -> HttpResponse:
    """An adoption as one reader sees it."""
    return _page(request, adoption_or_404(request, adoption_id))


@require_POST
@requires("cases.move_adoption")
def keep_plan(request: TenantRequest, municipality: str, adoption_id: UUID) -> HttpResponse:
    """Save the adopter's own copy of the start package."""
    adoption = adoption_or_404(request, adoption_id)
    permissions.check("cases.move_adoption", request.user, adoption)
    form = PackageForm(request.POST, adoption=adoption)
    if form.is_valid():
        try:
            save_plan(adoption, actor=request.user, plan=form.plan(), revision=form.cleaned_data["revision"])
        except TransitionRefused as refusal:
            refusals.say_in(form, refusal)
        else:
            toasts.success(request, _("Saved."))
            return redirect(f"{_url(adoption)}#package")
    return _page(request, adoption, form=form, status=422)


def _page(
    request: TenantRequest, adoption: Adoption, *, form: PackageForm | None = None, status: int = 200
) -> HttpResponse:
    is_own = is_member(request.user, adoption.municipality_id)
    may_move = permissions.is_allowed("cases.move_adoption", request.user, adoption)
    context = {
        "adoption": adoption,
        "case": adoption.case,
        "steps": _steps(adoption, request) if may_move else [],
        "life": life_of_adoption(adoption),
        "panel": panel_of("adoption", adoption, actor=request.user),
        "is_own": is_own,
        "is_readable": adoption.case.state == CaseState.PUBLISHED,
        "may_tell": may_move and adoption.in_use_on is not None,
    }
    if is_own:
        context |= _package(adoption)
        context["form"] = (form or PackageForm(adoption=adoption)) if may_move else None
        context["may_ask"] = may_move and context["is_readable"]
    return render(request, "cases/adoption.html", context, status=status)


def _package(adoption: Adoption) -> dict[str, Any]:
    told = at_edition(adoption.case, adoption.edition.number) if adoption.edition else adoption.case
    questions, visits = asked_by(adoption.municipality_id, case_id=adoption.case_id)
    sections = sections_of(told)
    return {
        "told": told,
        "lessons": next(section for section in sections if section.code == Section.LESSONS),
        "how": [section for section in sections if section.code in _DONE and section.html],
        "documents": documents_of(told),
        "costs": _costs(told, adoption),
        "done": sum(step["is_done"] for step in adoption.steps),
        "questions": questions,
        "visits": visits,
    }


def _costs(told: Case, adoption: Adoption) -> list[Cost]:
    return [
        Cost(_("Cost to introduce it"), money(told.one_off_nok), money(adoption.one_off_nok)),
        Cost(_("Cost a year"), money(told.yearly_nok), money(adoption.yearly_nok)),
        Cost(_("Work to introduce it"), hours(told.hours), hours(adoption.hours)),
    ]


def _steps(adoption: Adoption, request: TenantRequest) -> list[StepLink]:
    """What the adopter may do now, what leads on first. That it is still in use comes first only when it is asked."""
    where = {"municipality": adoption.municipality.slug, "adoption_id": adoption.pk}
    is_asked = adoption.confirm_asked_at is not None and adoption.confirm_due_on is not None
    edges = sorted(
        ADOPTIONS.available(adoption, request.user),
        key=lambda edge: (edge.name == "stop", edge.name == "replan", edge.name == "confirm" and not is_asked),
    )
    return [StepLink(edge, reverse("cases:adoption_step", kwargs={**where, "edge": edge.name})) for edge in edges]


def _url(adoption: Adoption) -> str:
    return reverse("cases:adoption", kwargs={"municipality": adoption.municipality.slug, "adoption_id": adoption.pk})
