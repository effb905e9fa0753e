"""The tree of units."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grobunn.organisations import queries
from grobunn.organisations.errors import SetUpRefused
from grobunn.organisations.forms import UnitForm
from grobunn.organisations.models import Municipality, Unit
from grobunn.organisations.services.units import add_unit, change_unit, close_unit, move_unit, reopen_unit
from grobunn.organisations.views.access import set_up_page
from grobunn.organisations.views.pages import address, blame, form_page, page
from grobunn.ui import toasts


@require_GET
@set_up_page
def units(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """The tree, or one branch of a large one, or the units with some words in their names."""
    under, words, cursor = (request.GET.get(name, "") for name in ("under", "q", "cursor"))
    start = int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 6 else 0
    try:
        found = queries.unit_list(municipality.pk, under=under, words=words.strip(), start=start)
    except Unit.DoesNotExist as error:
        raise Http404 from error
    top = address("units", municipality)
    way = [(_("Units"), top), *((unit.name, f"{top}?under={unit.slug}") for unit in found.above[:-1])]
    return page(
        request,
        municipality,
        "organisations/units.html",
        title=found.above[-1].name if found.above else _("Units"),
        above=way if found.above else (),
        found=found,
        words=words,
        query=urlencode({"under": under, "q": words}),
    )


@set_up_page
def new_unit(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    tree = queries.unit_tree(municipality.pk)
    parent = next((each.unit for each in tree if each.unit.slug == request.GET.get("under")), None)
    initial = {"above": str(parent.pk), "leader_level": parent.leader_level + 1} if parent else {}
    form = UnitForm(request.POST or None, tree=tree, initial=initial)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in UnitForm.Meta.fields}
        try:
            unit = add_unit(municipality, actor=request.user, parent=form.parent, **values)
        except SetUpRefused as refused:
            blame(form, refused)
        else:
            toasts.success(request, _("%(unit)s has been added.") % {"unit": unit.name})
            return HttpResponseRedirect(address("units", municipality))
    return form_page(request, municipality, form, title=_("New unit"), above=_above(municipality))


@set_up_page
def unit(request: HttpRequest, municipality: Municipality, unit: str) -> HttpResponse:
    shown = unit_or_404(municipality, unit)
    inside = queries.descendant_ids([shown.pk], municipality_id=municipality.pk)
    tree = [branch for branch in queries.unit_tree(municipality.pk) if branch.unit.pk not in inside]
    form = UnitForm(request.POST or None, tree=tree, instance=unit_or_404(municipality, unit))
    if form.is_valid():
        try:
            _change(shown, form, request)
        except SetUpRefused as refused:
            blame(form, refused)
        else:
            toasts.success(request, _("Saved."))
            return HttpResponseRedirect(address("unit", municipality, unit=unit))
    people = queries.role_assignments_of(municipality.pk, unit_id=shown.pk)
    return form_page(
        request,
        municipality,
        form,
        title=shown.name,
        above=_above(municipality),
        template="organisations/unit.html",
        unit=shown,
        people=people,
    )


@require_POST
@set_up_page
def close(request: HttpRequest, municipality: Municipality, unit: str) -> HttpResponse:
    closing = unit_or_404(municipality, unit)
    try:
        close_unit(closing, actor=request.user)
    except SetUpRefused as refused:
        toasts.failure(request, refused.message)
        return HttpResponseRedirect(address("unit", municipality, unit=unit))
    toasts.success(
        request,
        _("%(unit)s is closed. What it has falls to the innovation adviser.") % {"unit": closing.name},
        undo_url=address("reopen_unit", municipality, unit=unit),
    )
    return HttpResponseRedirect(address("units", municipality))


@require_POST
@set_up_page
def reopen(request: HttpRequest, municipality: Municipality, unit: str) -> HttpResponse:
    reopened = unit_or_404(municipality, unit)
    try:
        reopen_unit(reopened, actor=request.user)
    except SetUpRefused as refused:
        toasts.failure(request, refused.message)
    else:
        toasts.success(request, _("%(unit)s is open again.") % {"unit": reopened.name})
    return HttpResponseRedirect(address("unit", municipality, unit=unit))


def unit_or_404(municipality: Municipality, slug: str) -> Unit:
    """A unit of this municipality; another's is not found."""
    try:
        return queries.unit_by_slug(municipality.pk, slug)
    except Unit.DoesNotExist as error:
        raise Http404 from error


def _change(unit: Unit, form: UnitForm, request: HttpRequest) -> None:
    values = {name: form.cleaned_data[name] for name in UnitForm.Meta.fields}
    if (form.parent.pk if form.parent else None) != unit.parent_id:
        move_unit(unit, actor=request.user, parent=form.parent)
    change_unit(unit, actor=request.user, **values)


def _above(municipality: Municipality) -> list[tuple[str, str]]:
    return [(_("Units"), address("units", municipality))]
