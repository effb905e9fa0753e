"""Who is named as the contact: asked for by a writer, agreed to by the person, taken back by either."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.cases.forms.around import ConsentForm, NameForm
from grobunn.cases.models import Case
from grobunn.cases.queries.writing import writable_case
from grobunn.cases.services import contact
from grobunn.cases.services.steps import draft_of
from grobunn.cases.views.writing.fetch import away_from, case_to_write, writing_url
from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest, signed_in


@require_http_methods(["GET", "POST"])
@requires("cases.edit")
def ask_name(request: TenantRequest, municipality: str, slug: str) -> HttpResponse:
    """Ask somebody to stand as the contact."""
    case = case_to_write(request, slug)
    draft = draft_of(case)
    form = NameForm(request.POST or None, case=case, draft=draft)
    if request.method == "POST" and form.is_valid():
        asked = {"user": form.cleaned_data["person"], "until": form.cleaned_data["until"]}
        try:
            contact.ask_to_be_named(case, actor=signed_in(request), **asked)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Done. Nobody is named before they have said yes themselves."))
            return redirect(writing_url(case, "name"))
    context = {"case": case, "draft": draft, "form": form}
    return render(request, "cases/writing/name.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires("cases.write")
def consent(request: TenantRequest, municipality: str, slug: str) -> HttpResponse:
    """The person who was asked says yes, until a day."""
    case = _case_that_names(request, slug)
    draft = draft_of(case)
    form = ConsentForm(request.POST or None, initial={"until": draft.contact_until})
    if request.method == "POST" and form.is_valid():
        try:
            contact.agree_to_be_named(case, until=form.cleaned_data["until"], actor=signed_in(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Thank you. You can take it back here whenever you want."))
            return redirect(writing_url(case, "consent"))
    context = {"case": case, "draft": draft, "form": form}
    return render(request, "cases/writing/consent.html", context, status=422 if form.errors else 200)


@require_POST
@requires("cases.write")
def take_back(request: TenantRequest, municipality: str, slug: str) -> HttpResponse:
    """Name nobody any more: the person themselves, or a writer."""
    if _is_own(request, slug):
        case = _case_that_names(request, slug)
        contact.take_name_away(case, actor=signed_in(request))
        messages.success(request, _("Your name is gone from the case. The role answers alone."))
        return redirect(away_from(case))
    case = case_to_write(request, slug)
    contact.take_name_away(case, actor=signed_in(request))
    messages.success(request, _("The role answers alone now."))
    return redirect(writing_url(case, "name"))


def _is_own(request: TenantRequest, slug: str) -> bool:
    try:
        _case_that_names(request, slug)
    except Http404:
        return False
    return True


def _case_that_names(request: TenantRequest, slug: str) -> Case:
    """A case that names the reader, or asks to; nobody else finds it here."""
    try:
        case = writable_case(request.municipality.pk, slug)
    except Case.DoesNotExist as error:
        raise Http404 from error
    if request.user.pk not in {draft_of(case).contact_person_id, case.contact_person_id}:
        raise Http404
    return case
