"""What belongs to a gathering: sessions, those who lead it, what to read. Added and taken away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.kernel import permissions
from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.addresses import gathering_page
from grobunn.programmes.forms.gatherings import FacilitatorForm, MaterialForm, SessionForm
from grobunn.programmes.models import Facilitator, Gathering, Material, Session
from grobunn.programmes.services import gatherings as services
from grobunn.programmes.views.fetch import of_gathering
from grobunn.programmes.views.pages import form_page
from grobunn.ui import toasts


@dataclass(frozen=True)
class Family:
    """One sort of parts. Takes: rows, of a gathering; form, made of what was sent; keep, stores what it says."""

    title: Promise
    permission: str
    rows: Callable[[Gathering], Any]
    form: Callable[[TenantRequest, Gathering], Any]
    keep: Callable[[Gathering, dict[str, Any], Any], object]


def _keep_session(gathering: Gathering, given: dict[str, Any], actor: Any) -> object:
    day = given.pop("day")
    day.gathering = gathering
    return services.add_session(day, actor=actor, **given)


def _keep_facilitator(gathering: Gathering, given: dict[str, Any], actor: Any) -> None:
    services.add_facilitator(gathering, actor=actor, user=given["user"], name=given["name"])


def _keep_material(gathering: Gathering, given: dict[str, Any], actor: Any) -> object:
    file = given.pop("file")
    return services.add_material(gathering, actor=actor, document=file, **given)


FAMILIES = {
    "program": Family(
        title=gettext_lazy("Add to the programme of the day"),
        permission="programmes.facilitate",
        rows=lambda gathering: Session.objects.filter(day__gathering=gathering),
        form=lambda request, gathering: SessionForm(request.POST or None, gathering=gathering),
        keep=_keep_session,
    ),
    "prosessledere": Family(
        title=gettext_lazy("Add somebody who leads it"),
        permission="programmes.run",
        rows=lambda gathering: Facilitator.objects.filter(gathering=gathering),
        form=lambda request, gathering: FacilitatorForm(
            request.POST or None, municipality_id=gathering.municipality_id
        ),
        keep=_keep_facilitator,
    ),
    "materiell": Family(
        title=gettext_lazy("Add something to read or bring"),
        permission="programmes.facilitate",
        rows=lambda gathering: Material.objects.filter(gathering=gathering),
        form=lambda request, _gathering: MaterialForm(request.POST or None, request.FILES or None),
        keep=_keep_material,
    ),
}


@require_http_methods(["GET", "POST"])
@of_gathering("programmes.facilitate")
def add(request: TenantRequest, gathering: Gathering, family: str) -> HttpResponse:
    """One more."""
    kind = _family_or_404(family)
    permissions.check(kind.permission, request.user, gathering)
    form = kind.form(request, gathering)
    if form.is_valid():
        kind.keep(gathering, form.cleaned_data, request.user)
        toasts.success(request, _("Saved."))
        return redirect(gathering_page(gathering))
    given: dict[str, Any] = {"back": gathering_page(gathering), "cohort": gathering.cohort, "lead": gathering.title}
    return form_page(request, form, title=str(kind.title), submit=_("Save"), **given)


@require_POST
@of_gathering("programmes.facilitate")
def remove(request: TenantRequest, gathering: Gathering, family: str, part_id: UUID) -> HttpResponse:
    """One less; taken away twice, it is gone once."""
    part = _family_or_404(family).rows(gathering).filter(pk=part_id).first()
    if part is not None:
        services.remove_part(part, gathering, actor=request.user)
    toasts.success(request, _("Taken away."))
    return redirect(gathering_page(gathering))


@require_GET
@of_gathering("programmes.view")
def download(request: TenantRequest, gathering: Gathering, part_id: UUID) -> HttpResponseBase:
    """A file, always as a download and never opened as a page of ours."""
    material = Material.objects.filter(gathering=gathering, pk=part_id).exclude(file="").first()
    if material is None:
        raise Http404
    response = FileResponse(
        material.file.open("rb"), as_attachment=True, filename=material.name, content_type=material.content_type
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _family_or_404(name: str) -> Family:
    try:
        return FAMILIES[name]
    except KeyError as error:
        raise Http404 from error
