"""Somebody's own place in a cohort: the invitation, the answer, the calendar; signed in, or by the link in a mail."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grobunn.kernel.actors import SYSTEM, Actor
from grobunn.kernel.permissions import open_to_all
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.programmes.answering import enrolment_of_key
from grobunn.programmes.models import Cohort, Enrolment
from grobunn.programmes.queries.gatherings import gatherings_of
from grobunn.programmes.services import enrolling
from grobunn.programmes.states import TAKES_IN, EnrolmentState
from grobunn.programmes.views.asides import OWN_PLACE, OwnPlace
from grobunn.programmes.views.fetch import of_cohort
from grobunn.programmes.views.here import remember
from grobunn.ui import toasts

_ANSWERS = {"ja": enrolling.accept, "nei": enrolling.decline, "trekk": enrolling.withdraw}


@require_http_methods(["GET", "POST"])
@of_cohort("programmes.view")
def show(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """The reader's own place, and what they can say."""
    enrolment = Enrolment.objects.filter(cohort=cohort, user=signed_in(request)).first()
    if enrolment is None:
        raise Http404
    enrolment.cohort = cohort
    if request.method == "POST":
        _answer(request, enrolment, actor=request.user)
        return redirect(request.path)
    return _page(request, OwnPlace(enrolment))


@require_http_methods(["GET", "POST"])
@open_to_all("Whoever has the link was sent it at their own address: it is the key to this one place.")
def answer_by_link(request: TenantRequest, municipality: str, key: str) -> HttpResponse:
    """The same, for who has no account yet."""
    enrolment = enrolment_of_key(key, municipality_id=request.municipality.pk)
    if enrolment is None:
        raise Http404
    if request.method == "POST":
        remember(request, enrolment)
        _answer(request, enrolment, actor=SYSTEM)
        return redirect(request.path)
    return _page(request, OwnPlace(enrolment, key))


def _answer(request: TenantRequest, enrolment: Enrolment, *, actor: Actor) -> None:
    """Take the answer; one that is not possible any more is told kindly."""
    answer = _ANSWERS.get(request.POST.get("svar", ""))
    if answer is None:
        raise Http404
    try:
        answer(enrolment, actor=actor)
    except TransitionRefused as refused:
        toasts.failure(request, refused.message)
    else:
        toasts.success(request, _("Thank you. Your answer is received."))


def _page(request: TenantRequest, place: OwnPlace) -> HttpResponse:
    enrolment, cohort = place.enrolment, place.enrolment.cohort
    where = {"municipality": request.municipality.slug, "key": enrolment.feed_key}
    is_open = cohort.state in TAKES_IN
    state = EnrolmentState(enrolment.state)
    context: dict[str, Any] = {
        "municipality": request.municipality,
        "programme": cohort.programme,
        "cohort": cohort,
        "enrolment": enrolment,
        "gatherings": gatherings_of(cohort),
        "place_number": enrolling.number_in_line(enrolment) if state == EnrolmentState.WAITING else None,
        "may_accept": is_open and state in {EnrolmentState.INVITED, EnrolmentState.DECLINED, EnrolmentState.WITHDRAWN},
        "may_decline": is_open and state in {EnrolmentState.INVITED, EnrolmentState.WAITING},
        "may_withdraw": is_open and state == EnrolmentState.ENROLLED,
        "has_room": enrolling.has_room(cohort),
        "parts": OWN_PLACE.parts_of(request, place, request.user),
        "calendar": settings.SITE_URL + reverse("programmes:calendar", kwargs=where) if enrolment.feed_key else "",
    }
    return render(request, "programmes/own_place.html", context)
