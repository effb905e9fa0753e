"""Units and people from a file: upload, look through, import; and out again."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grobunn.organisations.errors import SetUpRefused
from grobunn.organisations.forms import RosterForm
from grobunn.organisations.models import Municipality, RosterUpload
from grobunn.organisations.requests import signed_in
from grobunn.organisations.services.rosters.plan import Action, Plan, PlannedRow
from grobunn.organisations.services.rosters.uploads import ROLLS, apply_roster, keep_roster, plan_roster
from grobunn.organisations.services.rosters.writing import Row, as_csv, as_xlsx
from grobunn.organisations.views.access import set_up_page
from grobunn.organisations.views.pages import address, form_page, page
from grobunn.ui import toasts

# Enough to see what a file does and what is wrong with it; the whole of it stands in the file.
SHOWN_ROWS = 200


@set_up_page
def upload(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    form = RosterForm(request.POST or None, request.FILES or None, initial={"kind": "units"})
    if form.is_valid():
        try:
            kept = _kept(form, request, municipality)
        except SetUpRefused as refused:
            form.add_error("file", str(refused.message))
        else:
            return HttpResponseRedirect(address("roster", municipality, upload=kept.pk))
    return form_page(
        request,
        municipality,
        form,
        title=_("Import and export"),
        template="organisations/rosters.html",
        rolls=list(ROLLS),
    )


@require_GET
@set_up_page
def preview(request: HttpRequest, municipality: Municipality, upload: UUID) -> HttpResponse:
    kept = _upload_or_404(upload)
    plan = plan_roster(kept)
    return page(
        request,
        municipality,
        "organisations/roster.html",
        title=_("Look through"),
        above=[(_("Import and export"), address("rosters", municipality))],
        upload=kept,
        plan=plan,
        shown=_told(plan)[:SHOWN_ROWS],
        errors=plan.errors[:SHOWN_ROWS],
    )


@require_POST
@set_up_page
def apply(request: HttpRequest, municipality: Municipality, upload: UUID) -> HttpResponse:
    kept = _upload_or_404(upload)
    try:
        plan = apply_roster(kept, fingerprint=request.POST.get("plan", ""), actor=signed_in(request))
    except SetUpRefused as refused:
        toasts.failure(request, refused.message)
        return HttpResponseRedirect(address("roster", municipality, upload=upload))
    toasts.success(
        request,
        _("Imported: %(new)d new, %(changed)d changed, %(unchanged)d as before.")
        % {"new": plan.new, "changed": plan.changed, "unchanged": plan.unchanged},
    )
    return HttpResponseRedirect(address(kept.kind, municipality))


@require_GET
@set_up_page
def template(request: HttpRequest, municipality: Municipality, kind: str, form: str) -> HttpResponse:
    return _file(kind, form, rows=[])


@require_GET
@set_up_page
def export(request: HttpRequest, municipality: Municipality, kind: str, form: str) -> HttpResponse:
    return _file(kind, form, rows=ROLLS[kind].rows(municipality) if kind in ROLLS else [])


def _kept(form: RosterForm, request: HttpRequest, municipality: Municipality) -> RosterUpload:
    file = form.cleaned_data["file"]
    return keep_roster(
        municipality,
        kind=form.cleaned_data["kind"],
        content=file.read(),
        file_name=file.name,
        uploaded_by=signed_in(request),
    )


def _upload_or_404(upload: UUID) -> RosterUpload:
    try:
        return RosterUpload.objects.select_related("municipality").get(pk=upload)
    except RosterUpload.DoesNotExist as error:
        raise Http404 from error


def _told(plan: Plan) -> list[PlannedRow]:
    """What the preview tells row by row: what would be new or another."""
    return [row for row in plan.rows if row.action is not Action.UNCHANGED]


def _file(kind: str, form: str, *, rows: Sequence[Row]) -> HttpResponse:
    if kind not in ROLLS or form not in {"csv", "xlsx"}:
        raise Http404
    roll = ROLLS[kind]
    if form == "csv":
        content, content_type = as_csv(roll.columns, rows), "text/csv; charset=utf-8"
    else:
        content = as_xlsx(roll.columns, rows, title=roll.file_name)
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    disposition = f'attachment; filename="{roll.file_name}.{form}"'
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})
