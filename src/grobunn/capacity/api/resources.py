"""Reading, declaring and raising capacity over the API."""

import re
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django_scopes import scope
from ninja import Path, Query

from grobunn.capacity.api.router import router
from grobunn.capacity.api.schemas import (
    QUARTER_FORM,
    CapacityAsked,
    CapacityOut,
    DeclareIn,
    LoadOut,
    RaiseIn,
)
from grobunn.capacity.kinds import measure_of
from grobunn.capacity.models import Source
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.capacity.queries.loads import Load, loads_of
from grobunn.capacity.queries.overview import sources_shown
from grobunn.capacity.services.declare import declare, raise_capacity
from grobunn.kernel import permissions
from grobunn.kernel.api.access import needs_scope
from grobunn.organisations.models import Municipality, Unit
from grobunn.organisations.queries import is_member, municipality_by_slug, unit_by_slug

QuarterCode = Annotated[str, Path(pattern=QUARTER_FORM, description="Such as 2026-4.")]
_NAME_IN_ADDRESSES = re.compile(r"[a-z0-9-]{1,80}")


@router.get("/municipalities/{slug}/capacity", response=CapacityOut, auth=needs_scope("capacity:read"))
def show_capacity(request: HttpRequest, slug: str, asked: Query[CapacityAsked]) -> dict[str, Any]:
    """How much there is of each source, quarter by quarter: declared, reserved, used, left, over. Lent ones too."""
    municipality = _municipality_or_404(request, slug)
    first = Quarter.read(asked.from_) if asked.from_ else Quarter.now()
    quarters = list(quarters_from(first, asked.quarters))
    sources = sources_shown(municipality, unit=_unit(municipality, asked.unit))
    loads = loads_of(sources, quarters=quarters)
    return {
        "municipality": municipality.slug,
        "quarters": [quarter.code for quarter in quarters],
        "sources": [
            {**_source(source), "loads": [_load(load) for load in loads.row(source)]} for source in loads.sources
        ],
    }


@router.put(
    "/municipalities/{slug}/capacity/{source_id}/{quarter}", response=LoadOut, auth=needs_scope("capacity:write")
)
def declare_capacity(
    request: HttpRequest, slug: str, source_id: UUID, quarter: QuarterCode, sent: DeclareIn
) -> dict[str, Any]:
    """Say how much there is of a source in a quarter. Less than is reserved may be said: then it is over."""
    source = _source_or_404(request, slug, source_id)
    at = Quarter.read(quarter)
    declare(source, amounts={at: sent.amount}, reason=sent.reason, actor=request.user)
    return _load(loads_of([source], quarters=[at]).of(source, at))


@router.post(
    "/municipalities/{slug}/capacity/{source_id}/{quarter}/raise",
    response=LoadOut,
    auth=needs_scope("capacity:write"),
)
def raise_source(
    request: HttpRequest, slug: str, source_id: UUID, quarter: QuarterCode, sent: RaiseIn
) -> dict[str, Any]:
    """Say that there is more of a source, because something needs it, and why."""
    source = _source_or_404(request, slug, source_id)
    at = Quarter.read(quarter)
    raise_capacity(source, quarter=at, amount=sent.amount, reason=sent.reason, actor=request.user)
    return _load(loads_of([source], quarters=[at]).of(source, at))


def _municipality_or_404(request: HttpRequest, slug: str) -> Municipality:
    """A municipality in which the caller has a role."""
    try:
        found = municipality_by_slug(slug) if _NAME_IN_ADDRESSES.fullmatch(slug) else None
    except Municipality.DoesNotExist as error:
        raise Http404 from error
    if found is None or not is_member(request.user, found.pk):
        raise Http404
    permissions.check("capacity.view", request.user, found)
    return found


def _unit(municipality: Municipality, slug: str) -> Unit | None:
    if not slug:
        return None
    try:
        if _NAME_IN_ADDRESSES.fullmatch(slug):
            return unit_by_slug(municipality.pk, slug)
    except Unit.DoesNotExist:
        pass
    raise ValidationError({"unit": _("There is no unit with that short name here.")})


def _source_or_404(request: HttpRequest, slug: str, source_id: UUID) -> Source:
    municipality = _municipality_or_404(request, slug)
    with scope(municipality=municipality.pk):
        found = Source.objects.select_related("unit", "municipality").filter(municipality=municipality, pk=source_id)
        source = found.first()
    if source is None:
        raise Http404
    return source


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.pk,
        "name": source.name,
        "kind": source.kind,
        "measure": measure_of(source.kind),
        "unit": source.unit.slug,
        "unit_name": source.unit.name,
        "municipality": source.municipality.slug,
        "is_shared": source.is_shared,
        "is_synthetic": source.is_synthetic,
    }


def _load(load: Load) -> dict[str, Any]:
    return {
        "quarter": load.quarter.code,
        "declared": load.declared,
        "reserved": load.reserved,
        "left": load.left,
        "over": load.over,
        "used": load.used,
        "is_declared": load.is_declared,
    }
