"""One page for each family of parts: what there is, one more, a change, a removal that can be undone."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.initiatives.addresses import initiative_page, phase_page
from grobunn.initiatives.forms.work import PartForm
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.services import parts
from grobunn.initiatives.services.parts import Part
from grobunn.initiatives.views.fetch import of_initiative
from grobunn.initiatives.views.work.families import FAMILIES, Family
from grobunn.kernel import permissions
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import refusals, toasts

# Nobody reads further on one page; nobody has come near it.
_SHOWN = 200
# Where another page says that a form was sent, or is opened, from there: the initiative's own, or that of its phase.
FROM_PAGE, FROM_PHASE = "fra_siden", "fasen"


@require_http_methods(["GET", "POST"])
@of_initiative("initiatives.view")
def show_family(request: TenantRequest, initiative: Initiative, family: str) -> HttpResponse:
    """The parts of one sort, and a form for one more."""
    kind = FAMILIES[family]
    if request.method == "GET":
        return _page(request, initiative, kind, form=None)
    form = kind.form(request.POST, request.FILES or None, initiative=initiative, actor=request.user)
    if form.is_valid() and kept(form, lambda: kind.add(initiative, form, request.user)):
        toasts.success(request, _("Saved."))
        return back(request, initiative, kind)
    return _page(request, initiative, kind, form=form)


@require_http_methods(["GET", "POST"])
@of_initiative("initiatives.view")
def change_part(request: TenantRequest, initiative: Initiative, family: str, part_id: UUID) -> HttpResponse:
    """One part, to be changed."""
    kind = FAMILIES[family]
    part = part_or_404(initiative, kind, part_id)
    parts.check_may_change(part, request.user)
    if not kind.is_changed:
        raise Http404
    form = _change_form(request, initiative, kind, part)
    if request.method == "POST" and form.is_valid() and kept(form, lambda: kind.change(part, form, request.user)):
        toasts.success(request, _("Saved."))
        return back(request, initiative, kind)
    context = {"initiative": initiative, "municipality": initiative.municipality, "family": kind, "form": form}
    context |= {"part": part, "family_url": family_url(initiative, kind)}
    return render(request, "initiatives/work/change.html", context, status=422 if form.errors else 200)


@require_POST
@of_initiative("initiatives.view")
def remove_part(request: TenantRequest, initiative: Initiative, family: str, part_id: UUID) -> HttpResponse:
    """Remove a part. The message that follows undoes it."""
    kind = FAMILIES[family]
    part = part_or_404(initiative, kind, part_id)
    parts.remove(part, actor=request.user)
    where = {**_where(initiative), "part_id": part.pk}
    toasts.success(request, _("Removed."), undo_url=reverse(f"initiatives:put_back_{kind.name}", kwargs=where))
    return back(request, initiative, kind)


@require_POST
@of_initiative("initiatives.view")
def put_back_part(request: TenantRequest, initiative: Initiative, family: str, part_id: UUID) -> HttpResponse:
    """Undo the removal of a part."""
    kind = FAMILIES[family]
    parts.put_back(part_or_404(initiative, kind, part_id), actor=request.user)
    toasts.success(request, _("It is back."))
    return back(request, initiative, kind)


def part_or_404(initiative: Initiative, family: Family, part_id: UUID) -> Part:
    """A part of an initiative, also one that was removed a moment ago. Raises: Http404."""
    part: Part | None = family.part_type.with_removed.filter(initiative=initiative, pk=part_id).first()
    if part is None:
        raise Http404
    part.initiative = initiative
    return part


def kept(form: Any, act: Any) -> bool:
    """Do what a form asks for, and let the form say what was refused."""
    try:
        act()
    except TransitionRefused as refusal:
        refusals.say_in(form, refusal)
        return False
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def back(request: TenantRequest, initiative: Initiative, family: Family) -> HttpResponse:
    """To where the act was done: the page of the initiative or of its phase, or that of the family."""
    if request.POST.get(FROM_PAGE) == FROM_PHASE:
        return redirect(f"{phase_page(initiative)}#hand-ins-heading")
    if FROM_PAGE in request.POST and family.on_page:
        return redirect(f"{initiative_page(initiative)}#{family.on_page}")
    return redirect(family_url(initiative, family))


def family_url(initiative: Initiative, family: Family) -> str:
    """The page of a family."""
    return reverse(f"initiatives:{family.name}", kwargs=_where(initiative))


def _change_form(request: TenantRequest, initiative: Initiative, family: Family, part: Part) -> PartForm:
    form = family.form(request.POST or None, initiative=initiative, actor=request.user, part=part)
    if not form.is_bound:
        said = {name: getattr(part, name, None) for name in form.fields}
        form.initial.update({name: value for name, value in said.items() if value is not None})
        form.initial["assignee"] = str(getattr(part, "assignee_id", None) or "")
        names = [name for name in form.fields if name not in ("key", "seen", "colleague")]
        form.initial["seen"] = parts.fingerprint(part, dict.fromkeys(names))
    return form


def _page(request: TenantRequest, initiative: Initiative, family: Family, *, form: PartForm | None) -> HttpResponse:
    needed = parts.permission_of(family.part_type)
    may_add = permissions.is_allowed(needed, request.user, initiative)
    is_open = not initiative.is_finished or family.name == "log"
    if form is None and may_add and is_open:
        asked = {"hand_in": request.GET.get("levering", "")}
        form = family.form(initiative=initiative, actor=request.user, initial=asked)
    context = {
        "initiative": initiative,
        "municipality": initiative.municipality,
        "family": family,
        "rows": family.rows(initiative)[:_SHOWN],
        "form": form,
        "from_phase": FROM_PHASE if FROM_PHASE in (request.GET.get(FROM_PAGE), request.POST.get(FROM_PAGE)) else "",
        "may_change": may_add and is_open,
        "may_change_all": permissions.is_allowed("initiatives.work", request.user, initiative),
    }
    is_refused = form is not None and bool(form.errors)
    return render(request, "initiatives/work/family.html", context, status=422 if is_refused else 200)


def _where(initiative: Initiative) -> dict[str, str]:
    return {"municipality": initiative.municipality.slug, "reference": initiative.reference}
