"""The grid in which leaders say how much there is in the quarters to come."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from grobunn.capacity.addresses import address, source_page
from grobunn.capacity.forms.declaring import DeclareForm, copied_forward
from grobunn.capacity.models import Source
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.capacity.queries.loads import Loads, loads_of
from grobunn.capacity.queries.sources import sources_of
from grobunn.capacity.services.declare import declare
from grobunn.capacity.services.reserve import lock_sources
from grobunn.capacity.views.fetch import units_to_declare
from grobunn.capacity.views.pages import page
from grobunn.organisations.access import asks_here
from grobunn.organisations.models import Unit
from grobunn.organisations.queries import descendant_ids
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.ui import toasts

SHOWN_QUARTERS = 6
# More than this in one form is more than anybody fills in; a unit is chosen instead.
MOST_SOURCES = 40


@require_http_methods(["GET", "POST"])
@asks_here("capacity.declare")
def declare_grid(request: TenantRequest) -> HttpResponseBase:
    """Say how much there is of a unit's sources, or of one; what becomes too little is shown before it is saved."""
    units, labels = units_to_declare(request.user, request.municipality)
    unit = next((each for each in units if each.slug == request.GET.get("enhet")), None)
    sources = _sources(request, units, unit)
    if request.method == "POST" and "copy" not in request.POST:
        return _send(request, sources, units=units, labels=labels, unit=unit)
    loads = _loads(sources)
    form = DeclareForm(loads=loads)
    if request.method == "POST":
        form = DeclareForm(copied_forward(request.POST, loads=loads), loads=loads)
    return _shown(request, form, units=units, labels=labels, unit=unit)


def _send(
    request: TenantRequest, sources: list[Source], *, units: list[Unit], labels: dict[UUID, str], unit: Unit | None
) -> HttpResponseBase:
    with transaction.atomic():
        lock_sources(source.pk for source in sources)
        form = DeclareForm(request.POST, loads=_loads(sources))
        if not form.is_valid():
            return _shown(request, form, units=units, labels=labels, unit=unit, status=422)
        consequences = form.consequences()
        if consequences and form.cleaned_data["accepted"] != form.mark_of(consequences):
            return _shown(request, form, units=units, labels=labels, unit=unit, consequences=consequences)
        told = 0
        for source in sources:
            given, reason = form.amounts(source), form.cleaned_data["reason"]
            told += len(declare(source, amounts=given, actor=signed_in(request), reason=reason))
    return _saved(request, sources, told)


def _saved(request: TenantRequest, sources: list[Source], told: int) -> HttpResponse:
    if told:
        words = ngettext("%(number)s figure is changed.", "%(number)s figures are changed.", told)
        toasts.success(request, words % {"number": told})
    else:
        toasts.info(request, _("Nothing was changed."))
    is_one = "kilde" in request.GET and len(sources) == 1
    return redirect(source_page(sources[0]) if is_one else address("overview", request.municipality))


def _shown(
    request: TenantRequest,
    form: DeclareForm,
    *,
    units: list[Unit],
    labels: dict[UUID, str],
    unit: Unit | None,
    status: int = 200,
    **context: object,
) -> HttpResponseBase:
    consequences = context.get("consequences", [])
    return page(
        request,
        "capacity/declare.html",
        status=status,
        form=form,
        choices=[(each.slug, labels[each.pk], each == unit) for each in units],
        is_one="kilde" in request.GET,
        accepted=form.mark_of(consequences) if consequences else "",  # type: ignore[arg-type]
        **context,
    )


def _sources(request: TenantRequest, units: list[Unit], unit: Unit | None) -> list[Source]:
    """The sources that are asked for and that the actor may declare; where none are asked for, all of theirs."""
    here = request.municipality
    found = sources_of(here.pk).filter(unit__in=units)
    if "kilde" in request.GET:
        return [source for source in found if str(source.pk) == request.GET["kilde"]]
    if unit is not None:
        found = found.filter(unit_id__in=descendant_ids([unit.pk], municipality_id=here.pk))
    return list(found[:MOST_SOURCES])


def _loads(sources: list[Source]) -> Loads:
    return loads_of(sources, quarters=list(quarters_from(Quarter.now(), SHOWN_QUARTERS)))
