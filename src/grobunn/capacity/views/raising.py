"""The page on which somebody says that there is more of a source, because something needs it."""

from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grobunn.capacity.addresses import source_page
from grobunn.capacity.forms.raising import RaiseForm
from grobunn.capacity.kinds import measure_of
from grobunn.capacity.models import Source
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.capacity.queries.loads import loads_of
from grobunn.capacity.services.declare import raise_capacity
from grobunn.capacity.views.fetch import called, claim_named, quarter_or_none, source_or_404
from grobunn.kernel import permissions
from grobunn.kernel.permissions import requires
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.ui import toasts
from grobunn.ui.returning import way_back

_SHOWN = 4


@require_http_methods(["GET", "POST"])
@requires("capacity.raise")
def raise_source(request: TenantRequest, municipality: str, source_id: UUID) -> HttpResponse:
    """Say that there is more, and why; then back to where it was needed."""
    source = source_or_404(request.municipality, source_id)
    permissions.check("capacity.raise", request.user, source)
    quarter = max(quarter_or_none(request.GET.get("kvartal", "")) or Quarter.now(), Quarter.now())
    claim = claim_named(request.GET.get("sak", ""), request.municipality)
    loads = loads_of([source], quarters=list(quarters_from(quarter, _SHOWN)))
    form = RaiseForm(
        request.POST or None,
        quarter=quarter,
        amount=_enough(request, source, loads.of(source, quarter).declared),
        measure=measure_of(source.kind),
    )
    back = way_back(request) or source_page(source)
    if request.method == "POST" and form.is_valid():
        try:
            raise_capacity(source, **form.cleaned_data, actor=signed_in(request), claim=claim)
        except TransitionRefused as refused:
            form.add_error("amount", str(refused.message))
        else:
            toasts.success(request, _("There is more of “%(source)s” now.") % {"source": source.name})
            return redirect(back)
    needed_by = called(claim, actor=request.user)
    context = {"form": form, "source": source, "row": loads.row(source), "back": back, "needed_by": needed_by}
    return render(request, "capacity/raise.html", context, status=422 if form.errors else 200)


def _enough(request: TenantRequest, source: Source, declared: Decimal) -> Decimal | None:
    """The figure that would be enough, where the page that was refused says what is missing."""
    try:
        missing = Decimal(request.GET.get("mangler", ""))
    except InvalidOperation:
        return None
    return declared + missing if missing.is_finite() and 0 < missing < Decimal(10) ** 11 else None
