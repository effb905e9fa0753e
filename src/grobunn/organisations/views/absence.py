"""Being away: everybody for themselves, the adviser for anybody."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grobunn.accounts.models import User
from grobunn.kernel import permissions
from grobunn.organisations import queries
from grobunn.organisations.errors import SetUpRefused, StandInUnfit
from grobunn.organisations.forms import AbsenceForm
from grobunn.organisations.models import Absence, Municipality
from grobunn.organisations.requests import signed_in
from grobunn.organisations.services.absence import end_absence, set_absence
from grobunn.organisations.views.access import of_municipality, set_up_page
from grobunn.organisations.views.pages import address, blame, form_page
from grobunn.organisations.views.people import person_or_404
from grobunn.ui import toasts


@of_municipality("organisations.set_absence")
def absence(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    me = signed_in(request)
    form = AbsenceForm(request.POST or None)
    if form.is_valid() and _is_set(form, request, municipality, me):
        return HttpResponseRedirect(address("absence", municipality))
    given = {
        "form": form,
        "absences": queries.absences_of(me.pk, municipality.pk),
        "colleagues": queries.colleagues_of(me, municipality.pk),
    }
    return render(request, "organisations/absence.html", given, status=422 if form.errors else 200)


@set_up_page
def absence_of(request: HttpRequest, municipality: Municipality, person: UUID) -> HttpResponse:
    shown = person_or_404(municipality, person)
    form = AbsenceForm(request.POST or None)
    if form.is_valid() and _is_set(form, request, municipality, shown):
        return HttpResponseRedirect(address("person", municipality, person=person))
    above = [
        (_("People and roles"), address("people", municipality)),
        (shown.name, address("person", municipality, person=person)),
    ]
    return form_page(
        request,
        municipality,
        form,
        title=_("Absence"),
        above=above,
        template="organisations/absence_of.html",
        colleagues=queries.colleagues_of(shown, municipality.pk),
    )


@require_POST
@of_municipality("organisations.set_absence")
def back(request: HttpRequest, municipality: Municipality, absence: UUID) -> HttpResponse:
    try:
        ending = Absence.objects.select_related("stand_in").get(pk=absence)
    except Absence.DoesNotExist as error:
        raise Http404 from error
    permissions.check("organisations.set_absence", request.user, ending)
    end_absence(ending, actor=request.user)
    toasts.success(request, _("The absence is removed."))
    if ending.user_id == request.user.pk:
        return HttpResponseRedirect(address("absence", municipality))
    return HttpResponseRedirect(address("person", municipality, person=str(ending.user_id)))


def _is_set(form: AbsenceForm, request: HttpRequest, municipality: Municipality, user: User) -> bool:
    values = form.cleaned_data
    try:
        set_absence(
            municipality,
            user=user,
            stand_in=_stand_in(municipality, values["stand_in"]),
            from_on=values["from_on"],
            to_on=values["to_on"],
            actor=request.user,
        )
    except SetUpRefused as refused:
        blame(form, refused)
        return False
    toasts.success(request, _("The absence is set."))
    return True


def _stand_in(municipality: Municipality, email: str) -> User | None:
    if not email:
        return None
    found = queries.member_by_email(municipality.pk, email)
    if found is None:
        raise StandInUnfit
    return found
