"""Reading initiatives over the API."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django_scopes import scope
from ninja import Query
from ninja.responses import Status

from grobunn.initiatives.api.router import router
from grobunn.initiatives.api.schemas import InitiativeOut, InitiativesAsked, WholeInitiativeOut
from grobunn.initiatives.api.shown import initiative_or_404, municipality_or_404, shown, tag_of
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.feeding import ideas_feeding
from grobunn.initiatives.queries.held import held_by
from grobunn.initiatives.queries.listing import ORDER, Narrowed, narrowed
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.api.pages import Listed, ListedRows, Paging, listed


@router.get(
    "/municipalities/{slug}/initiatives",
    response={200: Listed[InitiativeOut], 304: None},
    auth=needs_scope("initiatives:read"),
)
def list_initiatives(
    request: HttpRequest,
    response: HttpResponse,
    slug: str,
    paging: Query[Paging],
    asked: Query[InitiativesAsked],
) -> ListedRows[Any] | Status[None]:
    """Initiatives of a municipality that the caller may see, newest first."""
    municipality = municipality_or_404(request, slug)
    by = Narrowed(
        state=asked.state or "",
        stage=asked.stage or "",
        signal=asked.signal or "",
        unit_id=asked.unit,
        owner_id=asked.owner,
        words=asked.words,
        is_overdue=asked.overdue,
    )
    with scope(municipality=municipality.pk):
        rows = narrowed(request.user, municipality_id=municipality.pk, by=by)
        page = listed(request, response, rows, order=ORDER, asked=paging)
    tag = tag_of(page)
    response["ETag"] = tag
    if request.headers.get("If-None-Match") == tag:
        return Status(304, None)
    return ListedRows(items=[shown(request, each, slug=municipality.slug) for each in page.items], next=page.next)


@router.get("/initiatives/{reference}", response=WholeInitiativeOut, auth=needs_scope("initiatives:read"))
def show_initiative(request: HttpRequest, reference: str) -> dict[str, Any]:
    """An initiative with what it comes from, what it holds, and how it ended if it has."""
    return whole(request, initiative_or_404(request, reference))


def whole(request: HttpRequest, initiative: Initiative) -> dict[str, Any]:
    """Everything that the page of an initiative shows."""
    with scope(municipality=initiative.municipality_id):
        held = held_by(initiative)
        ideas = ideas_feeding(initiative, actor=request.user)
    return {
        **shown(request, initiative, slug=initiative.municipality.slug),
        "summary": initiative.summary,
        "method": initiative.method,
        "phase": initiative.phase,
        "ideas": [idea.reference for idea in ideas],
        "held": [
            {
                "source": line.source.name,
                "kind": line.source.kind,
                "quarter": line.quarter.code,
                "amount": line.amount,
            }
            for line in held.lines
        ],
        "used": [{"kind": each.kind, "hours": each.used} for each in held.kinds if each.is_told and each.used],
        "paused_until": initiative.paused_until,
        "operates_since": initiative.operates_since,
        "tried": initiative.tried,
        "learned": initiative.learned,
        "ended_at": initiative.ended_at,
    }
