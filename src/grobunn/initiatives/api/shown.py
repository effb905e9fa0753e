"""Initiatives as the API shows them."""

import hashlib
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.initiatives import initiative_by_reference
from grobunn.kernel.api.pages import ListedRows
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import is_member, municipality_by_slug


def municipality_or_404(request: HttpRequest, slug: str) -> Municipality:
    """A municipality that the caller works in. Raises: Http404."""
    try:
        municipality = municipality_by_slug(slug)
    except Municipality.DoesNotExist as error:
        raise Http404 from error
    if not is_member(request.user, municipality.pk):
        raise Http404
    return municipality


def initiative_or_404(request: HttpRequest, reference: str) -> Initiative:
    """An initiative that the caller may see. Raises: Http404."""
    initiative = initiative_by_reference(reference, actor=request.user)
    if initiative is None:
        raise Http404
    return initiative


def tag_of(page: ListedRows[Initiative]) -> str:
    """An entity tag of a page: other when one of its rows has changed, or what comes after it."""
    parts = [*(f"{row.pk}:{row.version}:{row.status_at}:{row.report_due_on}" for row in page.items), page.next or ""]
    return f'"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'


def shown(request: HttpRequest, initiative: Initiative, *, slug: str) -> dict[str, Any]:
    """An initiative in a list. Takes: slug, of its municipality."""
    where = reverse("initiatives:initiative", kwargs={"municipality": slug, "reference": initiative.reference})
    return {
        "reference": initiative.reference,
        "title": initiative.title,
        "hypothesis": initiative.hypothesis,
        "state": initiative.state,
        "stage": initiative.stage,
        "stage_since": initiative.stage_since,
        "signal": initiative.signal,
        "status": initiative.status,
        "status_at": initiative.status_at,
        "owner": {
            "role": initiative.owner_role,
            "unit": initiative.owner_unit.name,
            "name": initiative.owner.name if initiative.owner else None,
            "is_asked": initiative.is_owner_asked,
        },
        "unit": initiative.unit.name,
        "started_at": initiative.started_at,
        "first_quarter_on": initiative.first_quarter_on,
        "report_due_on": initiative.report_due_on,
        "visibility": initiative.visibility,
        "version": initiative.version,
        "url": request.build_absolute_uri(where),
        "is_synthetic": initiative.is_synthetic,
    }
