"""People and their roles."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grobunn.accounts.models import Invitation, User
from grobunn.accounts.queries import open_invitations
from grobunn.accounts.services.invitations import withdraw_invitation
from grobunn.kernel import clock, paging
from grobunn.organisations import queries
from grobunn.organisations.errors import SetUpRefused
from grobunn.organisations.forms import AbsenceForm, EndRoleForm, PeopleFilterForm, RoleForm
from grobunn.organisations.models import Municipality, RoleAssignment
from grobunn.organisations.requests import signed_in
from grobunn.organisations.services.joining import Joined, let_in
from grobunn.organisations.services.roles import end_role
from grobunn.organisations.views.access import set_up_page
from grobunn.organisations.views.pages import address, blame, form_page, page
from grobunn.ui import toasts

PAGE_SIZE = 50


@require_GET
@set_up_page
def people(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    form = PeopleFilterForm(request.GET, tree=queries.unit_tree(municipality.pk))
    form.is_valid()
    chosen = form.cleaned_data
    rows = queries.role_assignments_of(
        municipality.pk, words=chosen.get("q", ""), unit_id=form.unit_id, role=chosen.get("role", "")
    )
    try:
        found = paging.page(rows, order=("person", "id"), size=PAGE_SIZE, cursor=request.GET.get("cursor"))
    except paging.BadCursor as error:
        raise Http404 from error
    query = request.GET.copy()
    query.pop("cursor", None)
    return page(
        request,
        municipality,
        "organisations/people.html",
        title=_("People and roles"),
        form=form,
        found=found,
        invitations=open_invitations(municipality.pk),
        query=query.urlencode(),
        today=clock.today(),
    )


@set_up_page
def new_role(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    tree = queries.unit_tree(municipality.pk)
    initial = {name: request.GET.get(name, "") for name in ("name", "email", "unit")}
    form = RoleForm(request.POST or None, tree=tree, initial=initial)
    if form.is_valid():
        try:
            joined = let_in(municipality, unit=form.chosen_unit, actor=signed_in(request), **form.role_values)
        except SetUpRefused as refused:
            blame(form, refused)
        else:
            return _told(request, municipality, joined)
    above = [(_("People and roles"), address("people", municipality))]
    return form_page(request, municipality, form, title=_("Give somebody a role"), above=above)


@require_POST
@set_up_page
def withdraw(request: HttpRequest, municipality: Municipality, invitation: UUID) -> HttpResponse:
    try:
        open_one = open_invitations(municipality.pk).get(pk=invitation)
    except Invitation.DoesNotExist as error:
        raise Http404 from error
    withdraw_invitation(open_one, actor=request.user)
    toasts.success(request, _("The invitation to %(email)s is withdrawn.") % {"email": open_one.email})
    return HttpResponseRedirect(address("people", municipality))


@require_GET
@set_up_page
def person(request: HttpRequest, municipality: Municipality, person: UUID) -> HttpResponse:
    shown = person_or_404(municipality, person)
    return page(
        request,
        municipality,
        "organisations/person.html",
        title=shown.name,
        person=shown,
        above=[(_("People and roles"), address("people", municipality))],
        today=clock.today(),
        end_form=EndRoleForm(),
        absence_form=AbsenceForm(),
        absences=queries.absences_of(shown.pk, municipality.pk),
        colleagues=queries.colleagues_of(shown, municipality.pk),
        assignments=queries.role_assignments_of(municipality.pk).filter(user=shown),
    )


@require_POST
@set_up_page
def end(request: HttpRequest, municipality: Municipality, person: UUID, assignment: UUID) -> HttpResponse:
    ending = _assignment_or_404(municipality, person, assignment)
    form = EndRoleForm(request.POST)
    if not form.is_valid():
        toasts.failure(request, _("Write the last day as a date."))
        return HttpResponseRedirect(address("person", municipality, person=person))
    try:
        end_role(ending, last_day=form.cleaned_data["last_day"], actor=request.user)
    except SetUpRefused as refused:
        toasts.failure(request, refused.message)
    else:
        undo = address("go_on", municipality, person=person, assignment=assignment)
        toasts.success(request, _("The role ends after that day."), undo_url=undo)
    return HttpResponseRedirect(address("person", municipality, person=person))


@require_POST
@set_up_page
def go_on(request: HttpRequest, municipality: Municipality, person: UUID, assignment: UUID) -> HttpResponse:
    going_on = _assignment_or_404(municipality, person, assignment)
    try:
        end_role(going_on, last_day=None, actor=request.user)
    except SetUpRefused as refused:
        toasts.failure(request, refused.message)
    else:
        toasts.success(request, _("The role goes on."))
    return HttpResponseRedirect(address("person", municipality, person=person))


def person_or_404(municipality: Municipality, person: UUID) -> User:
    """Somebody who has to do with this municipality; others are not found."""
    try:
        return queries.person_in(municipality.pk, person)
    except User.DoesNotExist as error:
        raise Http404 from error


def _assignment_or_404(municipality: Municipality, person: UUID, assignment: UUID) -> RoleAssignment:
    try:
        return queries.role_assignments_of(municipality.pk).get(pk=assignment, user_id=person)
    except RoleAssignment.DoesNotExist as error:
        raise Http404 from error


def _told(request: HttpRequest, municipality: Municipality, joined: Joined) -> HttpResponse:
    """Say what came of it, and go there."""
    if joined.assignment is not None:
        toasts.success(request, _("%(name)s has got the role.") % {"name": joined.assignment.user.name})
        return HttpResponseRedirect(address("person", municipality, person=joined.assignment.user_id))
    if joined.invitation is not None:
        message = _("%(email)s has got an invitation by e-mail, and gets the role on joining.")
        toasts.success(request, message % {"email": joined.invitation.email})
    return HttpResponseRedirect(address("people", municipality))
