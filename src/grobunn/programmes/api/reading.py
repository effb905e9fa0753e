"""Reading programmes, cohorts and participants over the API."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django_scopes import scope, scopes_disabled
from ninja import Query

from grobunn.kernel import permissions
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.api.pages import Listed, ListedRows, Paging, listed
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import municipality_by_slug
from grobunn.programmes.addresses import cohort_page
from grobunn.programmes.api.router import router
from grobunn.programmes.api.schemas import (
    CohortOut,
    ParticipantOut,
    ParticipantsAsked,
    ProgrammeOut,
    WholeCohortOut,
)
from grobunn.programmes.models import Cohort, Enrolment, Programme
from grobunn.programmes.queries.gatherings import Whole, gatherings_of
from grobunn.programmes.queries.participants import ORDER, Narrowed, participants
from grobunn.programmes.queries.programmes import cohorts_of, programmes_seen_by, with_dates


@router.get("/municipalities/{slug}/programmes", response=Listed[ProgrammeOut], auth=needs_scope("programmes:read"))
def list_programmes(request: HttpRequest, response: HttpResponse, slug: str, paging: Query[Paging]) -> ListedRows[Any]:
    """Programmes of a municipality that the caller may read about, by name."""
    municipality = _municipality_or_404(slug)
    with scope(municipality=municipality.pk):
        rows = programmes_seen_by(request.user, municipality.pk)
        page = listed(request, response, rows, order=("name", "id"), asked=paging)
        return ListedRows(items=[_programme(request, each) for each in page.items], next=page.next)


@router.get(
    "/municipalities/{slug}/programmes/{programme}/cohorts",
    response=list[CohortOut],
    auth=needs_scope("programmes:read"),
)
def list_cohorts(request: HttpRequest, slug: str, programme: str) -> list[dict[str, Any]]:
    """The cohorts of a programme, the newest first."""
    municipality = _municipality_or_404(slug)
    with scope(municipality=municipality.pk):
        its = programmes_seen_by(request.user, municipality.pk).filter(slug=programme).first()
        if its is None:
            raise Http404
        return [_cohort(request, each) for each in cohorts_of(its)]


@router.get("/cohorts/{cohort_id}", response=WholeCohortOut, auth=needs_scope("programmes:read"))
def show_cohort(request: HttpRequest, cohort_id: UUID) -> dict[str, Any]:
    """A cohort with its gatherings."""
    cohort = _cohort_or_404(request, cohort_id)
    with scope(municipality=cohort.municipality_id):
        gatherings = [_gathering(each) for each in gatherings_of(cohort)]
    return {**_cohort(request, cohort), "gatherings": gatherings}


@router.get("/cohorts/{cohort_id}/participants", response=Listed[ParticipantOut], auth=needs_scope("programmes:read"))
def list_participants(
    request: HttpRequest,
    response: HttpResponse,
    cohort_id: UUID,
    paging: Query[Paging],
    asked: Query[ParticipantsAsked],
) -> ListedRows[Any]:
    """Who takes part, by name; for those who run or lead the cohort."""
    cohort = _cohort_or_404(request, cohort_id)
    permissions.check("programmes.facilitate", request.user, cohort)
    by = Narrowed(state=asked.state or "", unit_id=asked.unit, level=asked.level)
    with scope(municipality=cohort.municipality_id):
        page = listed(request, response, participants(cohort, by), order=ORDER, asked=paging)
        return ListedRows(items=[_participant(each) for each in page.items], next=page.next)


def _municipality_or_404(slug: str) -> Municipality:
    try:
        return municipality_by_slug(slug)
    except Municipality.DoesNotExist as error:
        raise Http404 from error


def _cohort_or_404(request: HttpRequest, cohort_id: UUID) -> Cohort:
    with scopes_disabled():
        rows = with_dates(Cohort.objects.select_related("programme__municipality"))
        cohort = rows.filter(pk=cohort_id).first()
    if cohort is None or not permissions.is_allowed("programmes.view", request.user, cohort):
        raise Http404
    return cohort


def _programme(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    where = {"municipality": programme.municipality.slug, "programme": programme.slug}
    told = ("slug", "kind", "name", "purpose", "guiding_question", "derives_from", "audience", "is_open")
    return {
        **{name: getattr(programme, name) for name in told},
        "url": request.build_absolute_uri(reverse("programmes:programme", kwargs=where)),
        "is_synthetic": programme.is_synthetic,
    }


def _cohort(request: HttpRequest, cohort: Any) -> dict[str, Any]:
    told = ("id", "slug", "name", "state", "first_on", "last_on", "places", "is_synthetic")
    return {
        **{name: getattr(cohort, name) for name in told},
        "gathering_count": cohort.gathering_count or 0,
        "url": request.build_absolute_uri(cohort_page(cohort)),
    }


def _gathering(whole: Whole) -> dict[str, Any]:
    its = whole.gathering
    return {
        "topic": its.topic,
        "title": its.title,
        "is_about_innovation": its.is_about_innovation,
        "is_required": its.is_required,
        "is_cancelled": its.cancelled_at is not None,
        "place": its.place,
        "days": [{"on": day.on, "starts": day.starts, "ends": day.ends} for day in whole.days],
    }


def _participant(enrolment: Enrolment) -> dict[str, Any]:
    told = ("id", "state", "name", "email", "leader_level", "organisation", "is_external")
    return {
        **{name: getattr(enrolment, name) for name in told},
        "unit": enrolment.unit.name if enrolment.unit else None,
    }
