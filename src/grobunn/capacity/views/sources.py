"""The page of a source, and the pages on which it is made, changed, shared and closed."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.capacity.addresses import address, source_page
from grobunn.capacity.forms.sources import NewSourceForm, ShareForm, SourceForm
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.capacity.queries.loads import loads_of
from grobunn.capacity.queries.overview import holdings_of
from grobunn.capacity.queries.queue import waiting_for
from grobunn.capacity.queries.sources import guests_of, history_of
from grobunn.capacity.services import sources as services
from grobunn.capacity.views.fetch import named_history, source_or_404, units_to_declare
from grobunn.capacity.views.pages import page
from grobunn.kernel import permissions
from grobunn.kernel.permissions import is_allowed
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.access import asks_here
from grobunn.organisations.models import Role
from grobunn.organisations.queries import holder_of, municipalities_in_use
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.ui import toasts

SHOWN_QUARTERS = 6
QUARTERS_AT_FIRST = 4


@require_GET
@asks_here("capacity.view")
def show_source(request: TenantRequest, source_id: UUID) -> HttpResponseBase:
    """How much there is of a source, what fills it, what waits for it, and what was said of it."""
    here, source = request.municipality, source_or_404(request.municipality, source_id)
    quarters = list(quarters_from(Quarter.now(), SHOWN_QUARTERS))
    return page(
        request,
        "capacity/source.html",
        source=source,
        quarters=quarters,
        row=loads_of([source], quarters=quarters).row(source),
        holdings=holdings_of(source, quarters=quarters, municipality=here, actor=request.user),
        waiting=sum(1 for each in waiting_for([source.pk]) if any(x.source_id == source.pk for x in each.lines)),
        guests=guests_of(source),
        leader=holder_of(Role.UNIT_LEADER, source.unit, municipality=here),
        history=named_history(history_of(source), actor=request.user),
        may_declare=is_allowed("capacity.declare", request.user, source),
        may_raise=is_allowed("capacity.raise", request.user, source),
    )


@require_http_methods(["GET", "POST"])
@asks_here("capacity.declare")
def make_source(request: TenantRequest) -> HttpResponseBase:
    """A new source of a unit's capacity."""
    units, labels = units_to_declare(request.user, request.municipality)
    initial = {"unit": request.GET.get("enhet", "")}
    form = NewSourceForm(request.POST or None, units=units, labels=labels, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        amount = given.pop("amount")
        amounts = dict.fromkeys(quarters_from(Quarter.now(), QUARTERS_AT_FIRST), amount) if amount is not None else {}
        try:
            source = services.make_source(given.pop("unit"), **given, amounts=amounts, actor=signed_in(request))
        except services.SourceNameTaken as refused:
            form.add_error("name", str(refused.message))
        else:
            toasts.success(request, _("“%(source)s” is there.") % {"source": source.name})
            return redirect(source_page(source))
    back = address("overview", request.municipality)
    return _form(request, form, title=_("New source"), button=_("Make it"), back=back)


@require_http_methods(["GET", "POST"])
@asks_here("capacity.declare")
def change_source(request: TenantRequest, source_id: UUID) -> HttpResponseBase:
    """Another name, or for the whole municipality."""
    source = source_or_404(request.municipality, source_id)
    permissions.check("capacity.declare", request.user, source)
    form = SourceForm(request.POST or None, source=source)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_source(source, **form.cleaned_data, actor=signed_in(request))
        except TransitionRefused as refused:
            form.add_error("name", str(refused.message))
        else:
            toasts.success(request, _("Saved."))
            return redirect(source_page(source))
    return _form(request, form, title=_("Change the source"), lead=source.unit.name, back=source_page(source))


@require_http_methods(["GET", "POST"])
@asks_here("capacity.declare")
def share_source(request: TenantRequest, source_id: UUID) -> HttpResponseBase:
    """Let other municipalities draw on it."""
    source = source_or_404(request.municipality, source_id)
    permissions.check("capacity.declare", request.user, source)
    others = [each for each in municipalities_in_use() if each["id"] != source.municipality_id]
    form = ShareForm(request.POST or None, source=source, others=others, chosen=guests_of(source))
    if request.method == "POST" and form.is_valid():
        try:
            services.share_source(
                source, guest_ids=form.guest_ids(), seen=form.cleaned_data["seen"], actor=signed_in(request)
            )
        except TransitionRefused as refused:
            form.add_error("guests", str(refused.message))
        else:
            toasts.success(request, _("Saved."))
            return redirect(source_page(source))
    return _form(request, form, title=_("Lend to other municipalities"), lead=source.name, back=source_page(source))


@require_POST
@asks_here("capacity.declare")
def close_source(request: TenantRequest, source_id: UUID) -> HttpResponseBase:
    """Let nothing new be reserved of it."""
    source = source_or_404(request.municipality, source_id)
    services.close_source(source, actor=signed_in(request))
    undo = address("open_source", request.municipality, source_id=source.pk)
    toasts.success(request, _("“%(source)s” takes nothing new.") % {"source": source.name}, undo_url=undo)
    return redirect(source_page(source))


@require_POST
@asks_here("capacity.declare")
def open_source(request: TenantRequest, source_id: UUID) -> HttpResponseBase:
    """Take the closing back."""
    source = source_or_404(request.municipality, source_id)
    services.open_source(source, actor=signed_in(request))
    toasts.success(request, _("“%(source)s” is open again.") % {"source": source.name})
    return redirect(source_page(source))


def _form(
    request: TenantRequest, form: object, *, title: str, back: str, lead: str = "", button: str = ""
) -> HttpResponseBase:
    status = 422 if getattr(form, "errors", None) else 200
    context = {"form": form, "title": title, "lead": lead, "button": button or _("Save"), "back": back}
    return page(request, "capacity/form.html", status=status, **context)
