"""Where the code on the wall leads: one button that says that one is there."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.accounts.models import User
from grobunn.kernel import clock, ids
from grobunn.kernel.actors import SYSTEM, Actor
from grobunn.kernel.permissions import open_to_all
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.answering import enrolment_of_key
from grobunn.programmes.models import Day, Enrolment
from grobunn.programmes.queries.attendance import is_on_list, place_on
from grobunn.programmes.services.attending import attend_by_code
from grobunn.programmes.wall import code_hours, code_of, day_of_code

# Whoever answered by the link in a mail is known by it on that device, until the session is over.
_PLACE = "programmes.place"


def remember(request: HttpRequest, enrolment: Enrolment) -> None:
    """Know somebody without an account by the link that they have just answered with."""
    request.session[_PLACE] = str(enrolment.pk)


@require_GET
@open_to_all("Whoever stands at the wall may write its code; it shows nothing.")
def write_code(request: TenantRequest, municipality: str) -> HttpResponse:
    """A field for the code on the wall, for who cannot scan it."""
    typed = request.GET.get("kode", "")
    code = ids.normalised_receipt(typed)
    if code is not None:
        return redirect(reverse("programmes:here", kwargs={"municipality": municipality, "code": code}))
    return _unknown(request, typed=typed, status=422 if typed else 200)


@require_POST
@open_to_all("Whoever has the link was sent it at their own address: it is the key to this one place.")
def by_link(request: TenantRequest, municipality: str, key: str) -> HttpResponse:
    """The same field on the page of somebody without an account, who is known on this device from now on."""
    enrolment = enrolment_of_key(key, municipality_id=request.municipality.pk)
    if enrolment is None:
        raise Http404
    remember(request, enrolment)
    where = reverse("programmes:write_code", kwargs={"municipality": municipality})
    return redirect(f"{where}?{urlencode({'kode': request.POST.get('kode', '')})}")


@never_cache
@require_http_methods(["GET", "POST"])
@open_to_all("Whoever stands at the wall may open it; to be put on the list, one is known by an account or a link.")
def show(request: TenantRequest, municipality: str, code: str) -> HttpResponse:
    """Say "I am here", with one press; or why that is not possible."""
    day = day_of_code(code, request.municipality)
    if day is None:
        return _unknown(request, typed=code, status=404)
    is_known = request.user.is_authenticated or _PLACE in request.session
    if request.method == "POST" and not is_known:
        return redirect_to_login(request.path)
    place = _place(request, day) if is_known else None
    refused = ""
    if request.method == "POST" and place is not None:
        try:
            attend_by_code(day, place, actor=_actor(request, place))
        except TransitionRefused as refusal:
            refused = str(refusal.message)
        else:
            return redirect(request.path)
    context = {**_shown(day, place), "is_known": is_known, "refused": refused}
    return render(request, "programmes/attendance/here.html", context, status=409 if request.method == "POST" else 200)


def _shown(day: Day, place: Enrolment | None) -> dict[str, Any]:
    opens, closes = code_hours(day)
    now = clock.now()
    return {
        "day": day,
        "gathering": day.gathering,
        "programme": day.gathering.cohort.programme,
        "code": code_of(day),
        "place": place,
        "is_guest": place is not None and place.cohort_id != day.gathering.cohort_id,
        "is_present": place is not None and is_on_list(day, place),
        "opens": opens,
        "is_early": now < opens,
        "is_over": now > closes,
    }


def _place(request: TenantRequest, day: Day) -> Enrolment | None:
    """The visitor's place: by their account, else by the link that they answered with on this device."""
    here = Enrolment.objects.filter(municipality=request.municipality)
    by_account = place_on(day, here.filter(user_id=request.user.pk)) if request.user.is_authenticated else None
    known = request.session.get(_PLACE)
    return by_account or (place_on(day, here.filter(pk=known)) if known else None)


def _actor(request: TenantRequest, place: Enrolment) -> Actor:
    """The person; where they are known by a link alone, the installation, as for every answer by a link."""
    return request.user if isinstance(request.user, User) and place.user_id == request.user.pk else SYSTEM


def _unknown(request: TenantRequest, *, typed: str, status: int) -> HttpResponse:
    context = {"typed": typed, "is_unknown": bool(typed)}
    return render(request, "programmes/attendance/write_code.html", context, status=status)
