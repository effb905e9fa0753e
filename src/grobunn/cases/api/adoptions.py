"""Adoptions in the API: who has a case in use, and taking it into use."""

import hashlib
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django_scopes import scope
from ninja import Query
from ninja.responses import Status

from grobunn.cases.api.adoption_schemas import AdoptionIn, AdoptionOut, AdoptionStep, AdoptionStepIn
from grobunn.cases.api.router import router
from grobunn.cases.forms.adopting import FORMS
from grobunn.cases.models import Adoption, Case
from grobunn.cases.queries.adoptions import adoption_by_id, told_adoptions_of
from grobunn.cases.queries.published import published_case
from grobunn.cases.services.adoptions import begin_adoption, move_adoption
from grobunn.cases.states import AdoptionState
from grobunn.kernel import permissions
from grobunn.kernel.api.access import needs_scope, open_to_all
from grobunn.kernel.api.forms import checked
from grobunn.kernel.api.pages import Listed, ListedRows, Paging, listed
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import municipality_by_slug

_ORDER = ("-begun_at", "-id")


@router.get(
    "/cases/{slug}/adoptions",
    response={200: Listed[AdoptionOut], 304: None},
    auth=open_to_all("cases:read", why="Everybody sees who has a published case in use, or is on the way."),
)
def list_adoptions(
    request: HttpRequest, response: HttpResponse, slug: str, paging: Query[Paging], state: AdoptionState | None = None
) -> ListedRows[Any] | Status[None]:
    """Who has a case in use, who is on the way, and who stopped; newest first."""
    case = _case_or_404(slug)
    rows = told_adoptions_of([case.pk])
    if state is not None:
        rows = rows.filter(state=state)
    page = listed(request, response, rows, order=_ORDER, asked=paging)
    tag = _tag(page)
    response["ETag"] = tag
    if request.headers.get("If-None-Match") == tag:
        return Status(304, None)
    return ListedRows(items=[_shown(adoption, case) for adoption in page.items], next=page.next)


@router.post("/cases/{slug}/adoptions", response={201: AdoptionOut}, auth=needs_scope("cases:write"))
def begin(request: HttpRequest, slug: str, sent: AdoptionIn) -> Status[dict[str, Any]]:
    """Begin to consider a case on behalf of a municipality. It is not counted before it is in use."""
    case = _case_or_404(slug)
    adopter = _municipality_or_404(sent.municipality)
    adoption = begin_adoption(
        case, municipality=adopter, actor=request.user, based_on=_based_on(sent.based_on), key=sent.key
    )
    return Status(201, _shown(adoption, case))


@router.post("/adoptions/{adoption_id}/{transition}", response=AdoptionOut, auth=needs_scope("cases:write"))
def take_adoption_step(
    request: HttpRequest, adoption_id: UUID, transition: AdoptionStep, sent: AdoptionStepIn
) -> dict[str, Any]:
    """Take a step with an adoption, as the adopter. The description of each field says which step needs it."""
    adoption = adoption_by_id(adoption_id)
    if adoption is None or not permissions.is_allowed("cases.view_adoption", request.user, adoption):
        raise Http404
    permissions.check("cases.move_adoption", request.user, adoption)
    with scope(municipality=adoption.municipality_id):
        form = checked(FORMS[transition](sent.dict(exclude_none=True), adoption=adoption))
        given = {name: form.cleaned_data[name] for name in ("version", "key")}
        move_adoption(adoption, transition, actor=request.user, **given, **form.arguments())
    return _shown(adoption, adoption.case)


def _case_or_404(slug: str) -> Case:
    try:
        return published_case(slug)
    except Case.DoesNotExist as error:
        raise Http404 from error


def _municipality_or_404(slug: str) -> Municipality:
    try:
        return municipality_by_slug(slug)
    except Municipality.DoesNotExist as error:
        raise Http404 from error


def _based_on(adoption_id: UUID | None) -> Adoption | None:
    if adoption_id is None:
        return None
    adoption = adoption_by_id(adoption_id)
    if adoption is None:
        raise ValidationError({"based_on": _("There is no such adoption of this case.")})
    return adoption


def _tag(page: ListedRows[Adoption]) -> str:
    """An entity tag of a page: other when one of its rows has moved, or what comes after it."""
    parts = [*(f"{row.pk}:{row.version}:{row.municipality_id}" for row in page.items), page.next or ""]
    return f'"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'


def _shown(adoption: Adoption, case: Case) -> dict[str, Any]:
    is_merged = adoption.adopter_id != adoption.municipality_id
    return {
        "id": adoption.pk,
        "municipality": adoption.municipality.slug,
        "municipality_name": adoption.municipality.name,
        "originally": adoption.adopter.name if is_merged else None,
        "state": adoption.state,
        "manner": adoption.manner or None,
        "changed": adoption.changed,
        "gave": adoption.gave,
        "planned_on": adoption.planned_on,
        "tried_on": adoption.tried_on,
        "in_use_on": adoption.in_use_on,
        "confirmed_at": adoption.confirmed_at,
        "stopped_on": adoption.stopped_on,
        "stopped_because": adoption.stopped_because,
        "based_on": adoption.based_on_id,
        "contact": _contact(adoption),
        "is_counted": adoption.state == AdoptionState.IN_USE and adoption.municipality_id != case.municipality_id,
        "is_synthetic": adoption.is_synthetic,
        "version": adoption.version,
    }


def _contact(adoption: Adoption) -> dict[str, Any] | None:
    if not adoption.contact_role:
        return None
    unit = adoption.contact_unit.name if adoption.contact_unit else ""
    return {"role": adoption.contact_role, "unit": unit, "mailbox": adoption.contact_mailbox}
