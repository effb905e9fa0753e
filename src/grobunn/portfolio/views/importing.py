"""Imports a list of projects that are under way: upload, look through, import."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grobunn.methods.queries import methods_offered
from grobunn.organisations.access import asks_here
from grobunn.organisations.errors import SetUpRefused
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.portfolio import addresses
from grobunn.portfolio.forms import ProjectFileForm
from grobunn.portfolio.projects.columns import COLUMNS, LABELS, REQUIRED
from grobunn.portfolio.projects.importing import Becomes, import_list, keep_list, kept_list
from grobunn.ui import toasts

_SHOWN = 200


@require_http_methods(["GET", "POST"])
@asks_here("initiatives.import")
def upload(request: TenantRequest) -> HttpResponse:
    """The file."""
    here = request.municipality
    form = ProjectFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            key = keep_list(here, content=file.read(), file_name=file.name, actor=signed_in(request))
        except SetUpRefused as refused:
            form.add_error("file", str(refused.message))
        else:
            return redirect(addresses.page("import_list", here, key=key))
    columns = [(column.heading, LABELS[column.name], column.name in REQUIRED) for column in COLUMNS]
    context = {"form": form, "municipality": here, "columns": columns}
    return render(request, "portfolio/import.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@asks_here("initiatives.import")
def look_through(request: TenantRequest, key: UUID) -> HttpResponse:
    """What each row becomes; sent, that happens."""
    here, actor = request.municipality, signed_in(request)
    projects = kept_list(here, key=str(key), actor=actor)
    if projects is None:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    methods = methods_offered(here.pk)
    method = next((each for each in methods if each.key == given.get("metode")), methods[0])
    chosen = {column.name: given[column.name] for column in COLUMNS if given.get(column.name)}
    takes = "uten_plass" in given
    shown = request.POST.get("plan", "-") if request.method == "POST" else None
    found = import_list(
        here, projects, method=method, chosen=chosen, takes_without_room=takes, actor=actor, fingerprint=shown
    )
    if shown == found.fingerprint and found.is_applicable:
        count = found.count(Becomes.NEW) + found.count(Becomes.WITHOUT_ROOM)
        toasts.success(request, _("%(count)s initiatives are imported.") % {"count": number_format(count)})
        return redirect(addresses.page("list", here))
    if shown is not None:
        toasts.failure(request, _("Something has changed since you saw this. Look through it once more."))
    context = {
        "municipality": here,
        "file_name": projects.file_name,
        "found": found,
        "shown": sorted(found.outcomes, key=lambda each: (each.becomes != Becomes.WRONG, each.row))[:_SHOWN],
        "columns": [(column.name, LABELS[column.name], chosen.get(column.name, "")) for column in COLUMNS],
        "methods": [(each.key, each.name, each.key == method.key) for each in methods],
        "takes": takes,
        "kept": [*chosen.items(), ("metode", method.key), *([("uten_plass", "1")] if takes else [])],
    }
    return render(request, "portfolio/import_list.html", context)
