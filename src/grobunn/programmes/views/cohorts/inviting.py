"""Inviting people: one by hand, the leaders of units, everybody in a file. Each is looked at before it is done."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.errors import SetUpRefused
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.programmes.addresses import cohort_page
from grobunn.programmes.forms.enrolling import CompletedForm, FileForm, InviteForm, LeadersForm
from grobunn.programmes.models import Cohort, EnrolmentFile
from grobunn.programmes.services import inviting
from grobunn.programmes.services.alumni import completed_of
from grobunn.programmes.services.enrolling import Invitee, invite
from grobunn.programmes.views.fetch import of_cohort
from grobunn.programmes.views.pages import cohort_tab, refused_or_ok
from grobunn.ui import toasts

# Enough to see what is wrong; the whole of it stands in the file.
SHOWN_ERRORS = 100


@require_http_methods(["GET", "POST"])
@of_cohort("programmes.run")
def show(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """The ways to invite; a person by hand is invited here."""
    form = InviteForm(request.POST or None)
    if form.is_valid():
        made = invite(cohort, [form.invitee()], actor=request.user)
        if made:
            toasts.success(request, _("%(name)s is invited.") % {"name": made[0].name})
        else:
            toasts.info(request, _("That address has an invitation or a place already."))
        return redirect(cohort_page(cohort, "invite"))
    return _page(request, cohort, form=form)


@require_http_methods(["GET", "POST"])
@of_cohort("programmes.run")
def leaders(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """The leaders of units: who they are, then the invitation."""
    form = LeadersForm(request.POST or request.GET or None, municipality_id=cohort.municipality_id)
    if not form.is_valid():
        return _page(request, cohort, leaders_form=form)
    found = inviting.leaders_of(request.municipality, **form.asked())
    return _found(request, cohort, found, form=form, title=_("The leaders of units"))


@require_http_methods(["GET", "POST"])
@of_cohort("programmes.run")
def completed(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """Those who completed a programme: who they are, then the invitation."""
    form = CompletedForm(request.POST or request.GET or None, cohort=cohort)
    if not form.is_valid():
        return _page(request, cohort, completed_form=form)
    found = completed_of(form.cleaned_data["programme"])
    title = _("Those who completed %(programme)s") % {"programme": form.cleaned_data["programme"]}
    return _found(request, cohort, found, form=form, title=title)


@require_http_methods(["GET", "POST"])
@of_cohort("programmes.run")
def upload(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """A file, kept for the preview."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = inviting.keep_file(
                cohort,
                content=file.read(),
                file_name=file.name,
                takes_in=form.cleaned_data["takes_in"],
                sent_by=signed_in(request),
            )
        except SetUpRefused as refused:
            form.add_error("file", str(refused.message))
        else:
            return redirect(cohort_page(cohort, "invite_preview", file_id=kept.pk))
    return _page(request, cohort, file_form=form)


@require_http_methods(["GET", "POST"])
@of_cohort("programmes.run")
def preview(request: TenantRequest, cohort: Cohort, file_id: UUID) -> HttpResponse:
    """What a file does, tried out and taken back; then done."""
    kept = EnrolmentFile.objects.filter(cohort=cohort, pk=file_id).first()
    if kept is None:
        if request.method == "POST":  # Sent twice: it is done.
            return redirect(cohort_page(cohort, "participants"))
        raise Http404
    kept.cohort = cohort
    if request.method == "POST":
        try:
            _told(request, inviting.import_file(kept, actor=request.user).new)
        except TransitionRefused as refused:
            toasts.failure(request, refused.message)
        else:
            return redirect(cohort_page(cohort, "participants"))
    tried = inviting.try_file(kept, actor=request.user)
    context: dict[str, Any] = {"file": kept, "tried": tried, "errors": tried.errors[:SHOWN_ERRORS]}
    return cohort_tab(request, cohort, "programmes/import.html", tab="participants", **context)


def _found(request: TenantRequest, cohort: Cohort, found: list[Invitee], *, form: Any, title: str) -> HttpResponse:
    """Who would be invited; sent, they are."""
    if request.method == "POST":
        _told(request, len(invite(cohort, found, actor=request.user)))
        return redirect(cohort_page(cohort, "participants"))
    known = inviting.known_emails(cohort)
    context: dict[str, Any] = {
        "form": form,
        "title": title,
        "new": [each for each in found if each.email not in known],
        "known_count": sum(each.email in known for each in found),
    }
    return cohort_tab(request, cohort, "programmes/invitees.html", tab="participants", **context)


def _told(request: TenantRequest, count: int) -> None:
    words = ngettext("%(count)d person is new.", "%(count)d people are new.", count)
    toasts.success(request, words % {"count": count})


def _page(
    request: TenantRequest,
    cohort: Cohort,
    *,
    form: InviteForm | None = None,
    leaders_form: LeadersForm | None = None,
    file_form: FileForm | None = None,
    completed_form: CompletedForm | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form or InviteForm(),
        "leaders_form": leaders_form or LeadersForm(municipality_id=cohort.municipality_id),
        "file_form": file_form or FileForm(),
        "completed_form": completed_form or CompletedForm(cohort=cohort),
        "status": refused_or_ok(form, leaders_form, file_form, completed_form),
    }
    return cohort_tab(request, cohort, "programmes/invite.html", tab="participants", **context)
