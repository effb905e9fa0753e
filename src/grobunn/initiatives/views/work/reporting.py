"""Reporting on an initiative, the series of reports, and how often one is asked for."""

import csv

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.initiatives.addresses import initiative_page
from grobunn.initiatives.forms.reporting import ReportForm, RhythmForm
from grobunn.initiatives.models import Initiative, Report, Signal
from grobunn.initiatives.queries.work import reports_of
from grobunn.initiatives.services import reports
from grobunn.initiatives.views.fetch import of_initiative
from grobunn.initiatives.views.work.pages import kept
from grobunn.kernel import permissions
from grobunn.kernel.formulas import guarded
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@of_initiative("initiatives.work")
def report(request: TenantRequest, initiative: Initiative) -> HttpResponse:
    """Three fields, a colour and a sentence; what was to come next last time is filled in."""
    last = reports_of(initiative).first()
    form = ReportForm(request.POST or None, initiative=initiative, last=last)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        if kept(form, lambda: reports.report(initiative, told=form.told(), key=key, actor=request.user)):
            toasts.success(request, _thanks(initiative))
            return redirect(initiative_page(initiative))
    context = {
        "initiative": initiative,
        "municipality": initiative.municipality,
        "form": form,
        "last": last,
        "rhythm": RhythmForm(initiative=initiative),
    }
    return render(request, "initiatives/work/report.html", context, status=422 if form.errors else 200)


@require_POST
@of_initiative("initiatives.work")
def change_rhythm(request: TenantRequest, initiative: Initiative) -> HttpResponse:
    """How many weeks there are between reports."""
    form = RhythmForm(request.POST, initiative=initiative)
    weeks = form.cleaned_data["weeks"] if form.is_valid() else None
    if weeks is not None and kept(form, lambda: reports.change_rhythm(initiative, weeks=weeks, actor=request.user)):
        toasts.success(request, _("Saved."))
    else:
        toasts.failure(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect(reverse("initiatives:reports", kwargs=_where(initiative)))


@require_GET
@of_initiative("initiatives.view")
def show_reports(request: TenantRequest, initiative: Initiative) -> HttpResponse:
    """The reports as a series, the latest first; or all of them as CSV."""
    rows = reports_of(initiative)
    if request.GET.get("format") == "csv":
        return _as_csv(initiative, list(rows))
    may_report = permissions.is_allowed("initiatives.work", request.user, initiative) and not initiative.is_finished
    context = {
        "initiative": initiative,
        "municipality": initiative.municipality,
        "reports": rows[:100],
        "may_report": may_report,
        "rhythm": RhythmForm(initiative=initiative) if may_report else None,
    }
    return render(request, "initiatives/work/reports.html", context)


def _thanks(initiative: Initiative) -> str:
    if initiative.report_due_on is None:
        return _("Thank you, the report is in.")
    return _("Thank you, the report is in. The next one is asked for in %(weeks)s weeks.") % {
        "weeks": initiative.report_weeks
    }


def _as_csv(initiative: Initiative, rows: list[Report]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{initiative.reference}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    names = (_("Day"), _("How it goes"), _("In one sentence"), _("Done"), _("Next"), _("In the way"))
    writer.writerow(names)
    for row in rows:
        said = (Signal(row.signal).label, row.status, row.done, row.next, row.in_the_way)
        writer.writerow([row.made_at.date().isoformat(), *(guarded(str(words)) for words in said)])
    return response


def _where(initiative: Initiative) -> dict[str, str]:
    return {"municipality": initiative.municipality.slug, "reference": initiative.reference}
