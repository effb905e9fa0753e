"""Reading programmes, cohorts and participants over the API."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django_scopes import scope
from ninja import Query

from grobunn.kernel import permissions
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.api.pages import Listed, ListedRows, Paging, listed
from grobunn.programmes.api.found import cohort_or_404, municipality_or_404, programme_or_404
from grobunn.programmes.api.router import router
from grobunn.programmes.api.schemas import (
    CohortOut,
    ParticipantOut,
    ParticipantsAsked,
    ProgrammeOut,
    WholeCohortOut,
)
from grobunn.programmes.api.shown import (
    cohort_calendar,
    cohort_shown,
    gathering_shown,
    participant_shown,
    programme_shown,
)
from grobunn.programmes.models import Cohort
from grobunn.programmes.queries.gatherings import gatherings_of
from grobunn.programmes.queries.participants import ORDER, Narrowed, participants
from grobunn.programmes.queries.programmes import cohorts_of, programmes_seen_by

_READS = needs_scope("programmes:read")


@router.get("/municipalities/{slug}/programmes", response=Listed[ProgrammeOut], auth=_READS)
def list_programmes(request: HttpRequest, response: HttpResponse, slug: str, paging: Query[Paging]) -> ListedRows[Any]:
    """Programmes of a municipality that the caller may read about, by name."""
    municipality = municipality_or_404(slug)
    with scope(municipality=municipality.pk):
        rows = programmes_seen_by(request.user, municipality.pk)
        page = listed(request, response, rows, order=("name", "id"), asked=paging)
        return ListedRows(items=[programme_shown(request, each) for each in page.items], next=page.next)


@router.get("/municipalities/{slug}/programmes/{programme}/cohorts", response=list[CohortOut], auth=_READS)
def list_cohorts(request: HttpRequest, slug: str, programme: str) -> list[dict[str, Any]]:
    """The cohorts of a programme, the newest first."""
    municipality = municipality_or_404(slug)
    its = programme_or_404(request, municipality, programme)
    with scope(municipality=municipality.pk):
        return [cohort_shown(request, each) for each in cohorts_of(its)]


@router.get("/cohorts/{cohort_id}", response=WholeCohortOut, auth=_READS)
def show_cohort(request: HttpRequest, cohort_id: UUID) -> dict[str, Any]:
    """A cohort with its gatherings."""
    return whole_cohort(request, cohort_or_404(request, cohort_id))


def whole_cohort(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    """A cohort with everything that its page shows."""
    with scope(municipality=cohort.municipality_id):
        gatherings = [gathering_shown(each) for each in gatherings_of(cohort)]
    leads = permissions.is_allowed("programmes.facilitate", request.user, cohort)
    return {
        **cohort_shown(request, cohort),
        **{name: getattr(cohort, name) for name in ("answer_by", "method", "needs_pitch", "most_missed_days")},
        "calendar": cohort_calendar(cohort) if leads else None,
        "gatherings": gatherings,
    }


@router.get("/cohorts/{cohort_id}/participants", response=Listed[ParticipantOut], auth=_READS)
def list_participants(
    request: HttpRequest,
    response: HttpResponse,
    cohort_id: UUID,
    paging: Query[Paging],
    asked: Query[ParticipantsAsked],
) -> ListedRows[Any]:
    """Who takes part, by name; for those who run or lead the cohort."""
    cohort = cohort_or_404(request, cohort_id)
    permissions.check("programmes.facilitate", request.user, cohort)
    by = Narrowed(state=asked.state or "", unit_id=asked.unit, level=asked.level)
    with scope(municipality=cohort.municipality_id):
        page = listed(request, response, participants(cohort, by), order=ORDER, asked=paging)
        return ListedRows(items=[participant_shown(each) for each in page.items], next=page.next)
