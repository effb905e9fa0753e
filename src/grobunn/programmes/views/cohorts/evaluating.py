"""Answering what one thought of a gathering: signed in, or by the link in a mail."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grobunn.kernel.actors import SYSTEM, Actor
from grobunn.kernel.permissions import open_to_all
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.programmes.addresses import own_place_page
from grobunn.programmes.answering import answer_page, enrolment_of_key
from grobunn.programmes.forms.evaluating import EvaluationForm
from grobunn.programmes.models import Cohort, Enrolment, Gathering
from grobunn.programmes.queries.evaluations import evaluation_of, has_answered, was_there, windows_of
from grobunn.programmes.services.evaluating import AlreadyAnswered, give_evaluation
from grobunn.programmes.views.fetch import of_cohort
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@of_cohort("programmes.take_part")
def own(request: TenantRequest, cohort: Cohort, gathering_id: UUID) -> HttpResponse:
    """The reader's own answer."""
    enrolment = Enrolment.objects.filter(cohort=cohort, user=signed_in(request)).first()
    if enrolment is None:
        raise Http404
    enrolment.cohort = cohort
    return _page(request, enrolment, gathering_id, actor=request.user, back=own_place_page(enrolment))


@require_http_methods(["GET", "POST"])
@open_to_all("Whoever has the link was sent it at their own address: it is the key to this one place.")
def own_by_link(request: TenantRequest, municipality: str, key: str, gathering_id: UUID) -> HttpResponse:
    """The same, for who has no account."""
    enrolment = enrolment_of_key(key, municipality_id=request.municipality.pk)
    if enrolment is None:
        raise Http404
    return _page(request, enrolment, gathering_id, actor=SYSTEM, back=answer_page(enrolment))


def _page(request: TenantRequest, enrolment: Enrolment, gathering_id: UUID, *, actor: Actor, back: str) -> HttpResponse:
    programme = enrolment.cohort.programme
    gathering = Gathering.objects.filter(pk=gathering_id, cohort__programme=programme).first()
    if gathering is None:
        raise Http404
    evaluation = evaluation_of(gathering)
    form = EvaluationForm(request.POST or None, evaluation=evaluation)
    if form.is_valid() and _is_given(request, gathering, enrolment, form, actor=actor):
        return redirect(request.path)
    window = windows_of([gathering.pk]).get(gathering.pk)
    is_over = evaluation.settled_at is not None or gathering.cancelled_at is not None
    context: dict[str, Any] = {
        "municipality": request.municipality,
        "programme": programme,
        "cohort": enrolment.cohort,
        "gathering": gathering,
        "form": form,
        "window": window,
        "back": back,
        "is_open": window is not None and window.is_open and not is_over,
        "was_there": was_there(enrolment, gathering),
        "has_answered": has_answered(enrolment, gathering),
    }
    return render(request, "programmes/evaluation.html", context, status=422 if form.errors else 200)


def _is_given(
    request: TenantRequest, gathering: Gathering, enrolment: Enrolment, form: EvaluationForm, *, actor: Actor
) -> bool:
    """Whether the answer is in, now or before; if not, the form says why."""
    try:
        give_evaluation(gathering, enrolment, form.answered(), actor=actor)
    except AlreadyAnswered as refused:
        toasts.info(request, refused.message)
    except TransitionRefused as refused:
        form.add_error(None, str(refused.message))
        return False
    else:
        toasts.success(request, _("Thank you. Your answer is received."))
    return True
