"""Who writes a case: letting colleagues in and out, and handing it over."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.accounts.models import User
from grobunn.cases.forms.around import ColleagueForm
from grobunn.cases.models import Case
from grobunn.cases.queries.writing import co_authors_of
from grobunn.cases.services.co_authors import add_co_author, hand_over, remove_co_author
from grobunn.cases.views.writing.fetch import away_from, case_to_write, writing_url
from grobunn.kernel import permissions
from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest, signed_in


@require_http_methods(["GET", "POST"])
@requires("cases.edit")
def show_people(request: TenantRequest, municipality: str, slug: str) -> HttpResponse:
    """Owner and co-authors; whoever shares the work adds one."""
    case = case_to_write(request, slug)
    form = ColleagueForm(request.POST or None, case=case, label=_("E-mail address of a colleague"))
    if request.method == "POST" and form.is_valid() and _added(request, case, form):
        return redirect(writing_url(case, "people"))
    context = {
        "case": case,
        "form": form,
        "co_authors": co_authors_of(case),
        "may_share": permissions.is_allowed("cases.share_work", request.user, case),
    }
    return render(request, "cases/writing/people.html", context, status=422 if form.errors else 200)


def _added(request: TenantRequest, case: Case, form: ColleagueForm) -> bool:
    try:
        add_co_author(case, user=form.cleaned_data["person"], actor=signed_in(request))
    except ValidationError as error:
        form.add_error("person", error)
        return False
    messages.success(request, _("%(name)s can write now.") % {"name": form.cleaned_data["person"].name})
    return True


@require_POST
@requires("cases.edit")
def remove_person(request: TenantRequest, municipality: str, slug: str, user_id: UUID) -> HttpResponse:
    """Let a co-author write no longer."""
    case = case_to_write(request, slug)
    user = _co_author(case, user_id)
    remove_co_author(case, user=user, actor=signed_in(request))
    messages.success(request, _("%(name)s no longer writes here.") % {"name": user.name})
    return redirect(away_from(case) if user.pk == request.user.pk else writing_url(case, "people"))


@require_POST
@requires("cases.share_work")
def give_to(request: TenantRequest, municipality: str, slug: str, user_id: UUID) -> HttpResponse:
    """Hand the case over to a co-author."""
    case = case_to_write(request, slug, permission="cases.share_work")
    user = _co_author(case, user_id)
    hand_over(case, to=user, actor=signed_in(request))
    messages.success(request, _("%(name)s owns the case now.") % {"name": user.name})
    return redirect(writing_url(case, "people"))


def _co_author(case: Case, user_id: UUID) -> User:
    user = next((user for user in co_authors_of(case) if user.pk == user_id), None)
    if user is None:
        raise Http404
    return user
