"""Those who completed a programme: the list for whoever runs it, and the place that they may take in what follows."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grobunn.kernel import audit
from grobunn.kernel.actors import SYSTEM, Actor
from grobunn.kernel.paging import BadCursor
from grobunn.kernel.permissions import open_to_all
from grobunn.kernel.sheets import CSV_TYPE, XLSX_TYPE, csv_pieces, xlsx_file
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.programmes.addresses import own_place_page
from grobunn.programmes.answering import answer_page, enrolment_of_key
from grobunn.programmes.models import Cohort, Enrolment, Programme
from grobunn.programmes.queries.alumni import ORDER, alumni_of, alumni_page
from grobunn.programmes.services import alumni
from grobunn.programmes.states import EnrolmentState
from grobunn.programmes.views.fetch import of_cohort, of_programme
from grobunn.ui import toasts


@require_GET
@of_programme("programmes.run")
def list_alumni(request: TenantRequest, programme: Programme) -> HttpResponseBase:
    """By name, with unit and when they completed."""
    if "format" in request.GET:
        return _file(request, programme)
    try:
        page = alumni_page(programme, cursor=request.GET.get("side"))
    except BadCursor as error:
        raise Http404 from error
    context: dict[str, Any] = {"municipality": request.municipality, "programme": programme, "page": page}
    return render(request, "programmes/alumni.html", context)


@require_POST
@of_cohort("programmes.take_part")
def take_place(request: TenantRequest, cohort: Cohort, cohort_id: UUID) -> HttpResponse:
    """A place in what follows after a cohort that the reader completed."""
    completed = Enrolment.objects.filter(cohort=cohort, user=signed_in(request)).select_related("unit", "user").first()
    if completed is None:
        raise Http404
    completed.cohort = cohort
    taken = _taken(request, completed, cohort_id, actor=request.user)
    return redirect(own_place_page(taken or completed))


@require_POST
@open_to_all("Whoever has the link was sent it at their own address: it is the key to this one place.")
def take_place_by_link(request: TenantRequest, municipality: str, key: str, cohort_id: UUID) -> HttpResponse:
    """The same, for who has no account."""
    completed = enrolment_of_key(key, municipality_id=request.municipality.pk)
    if completed is None:
        raise Http404
    taken = _taken(request, completed, cohort_id, actor=SYSTEM)
    return redirect(answer_page(taken or completed))


def _taken(request: TenantRequest, completed: Enrolment, cohort_id: UUID, *, actor: Actor) -> Enrolment | None:
    """The place, or None and why."""
    rows = Cohort.objects.filter(pk=cohort_id, municipality=request.municipality)
    cohort = rows.select_related("programme__municipality").first()
    if cohort is None:
        raise Http404
    try:
        taken = alumni.take_place(cohort, completed, actor=actor)
    except TransitionRefused as refused:
        toasts.failure(request, refused.message)
        return None
    is_in_line = taken.state == EnrolmentState.WAITING
    toasts.success(request, _("All places are taken: you stand in line.") if is_in_line else _("You have a place."))
    return taken


def _file(request: TenantRequest, programme: Programme) -> HttpResponseBase:
    """All of them as a file; who took it out is kept."""
    heads = [_("Name"), _("Unit"), _("Organisation"), _("Cohort"), _("Completed")]
    name = f"{programme.slug}-{_('alumni')}"
    audit.record(
        "programmes.export_alumni",
        actor=request.user,
        subject=programme,
        municipality_id=programme.municipality_id,
    )
    if request.GET["format"] == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return StreamingHttpResponse(csv_pieces(heads, _rows(programme)), content_type=CSV_TYPE, headers=headers)
    if request.GET["format"] == "xlsx":
        file = xlsx_file(heads, _rows(programme), title=_("Alumni"))
        return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
    raise Http404


def _rows(programme: Programme) -> Iterator[list[Any]]:
    alumni_in_order: Any = alumni_of(programme).order_by(*ORDER)
    for each in alumni_in_order.iterator(chunk_size=500):
        unit = each.unit.name if each.unit else ""
        yield [each.name, unit, each.organisation, each.cohort.name, each.completed_on]
