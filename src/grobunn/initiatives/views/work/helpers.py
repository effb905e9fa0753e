"""Who helps: somebody more, and somebody no longer."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.initiatives.forms.work import HelperForm
from grobunn.initiatives.models import Helper, Initiative
from grobunn.initiatives.queries.helpers import helpers_of
from grobunn.initiatives.services import helping
from grobunn.initiatives.views.fetch import of_initiative
from grobunn.initiatives.views.work.pages import kept
from grobunn.kernel import permissions
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@of_initiative("initiatives.view")
def show_helpers(request: TenantRequest, initiative: Initiative) -> HttpResponse:
    """Who helps with what, and a form for one more."""
    may_add = permissions.is_allowed("initiatives.work", request.user, initiative) and not initiative.is_finished
    form = None
    if request.method == "POST":
        form = HelperForm(request.POST, initiative=initiative, actor=request.user)
        if form.is_valid() and kept(form, lambda: _add(request, initiative, form.cleaned_data)):
            toasts.success(request, _("Added. They are told, and see the initiative from now on."))
            return redirect(_url(initiative))
    elif may_add:
        form = HelperForm(initiative=initiative, actor=request.user)
    context = {
        "initiative": initiative,
        "municipality": initiative.municipality,
        "helpers": helpers_of(initiative),
        "form": form,
        "may_end": may_add,
    }
    return render(request, "initiatives/work/helpers.html", context, status=422 if form and form.errors else 200)


@require_POST
@of_initiative("initiatives.view")
def end_help(request: TenantRequest, initiative: Initiative, helper_id: UUID) -> HttpResponse:
    """Somebody's help ends, or goes on after all: the form says which."""
    helper = Helper.objects.select_related("user", "initiative").filter(initiative=initiative, pk=helper_id).first()
    if helper is None:
        raise Http404
    if "go_on" in request.POST:
        helping.go_on_helping(helper, actor=request.user)
        return redirect(_url(initiative))
    helping.end_help(helper, actor=request.user)
    where = {**_where(initiative), "helper_id": helper.pk}
    words = _("%(name)s does not help any longer.") % {"name": helper.user.name}
    undo_url = reverse("initiatives:end_help", kwargs=where)
    toasts.success(request, words, undo_url=undo_url, undo_fields={"go_on": "1"})
    return redirect(_url(initiative))


def _add(request: TenantRequest, initiative: Initiative, given: dict[str, object]) -> Helper:
    return helping.add_helper(
        initiative,
        user=given["person"],  # type: ignore[arg-type]
        kind=str(given["kind"]),
        key=given["key"],  # type: ignore[arg-type]
        actor=request.user,
    )


def _where(initiative: Initiative) -> dict[str, str]:
    return {"municipality": initiative.municipality.slug, "reference": initiative.reference}


def _url(initiative: Initiative) -> str:
    return reverse("initiatives:helpers", kwargs=_where(initiative))
