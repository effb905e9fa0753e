"""What an address of the API names, for callers who may see it."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django_scopes import scope, scopes_disabled
from ninja import Schema

from grobunn.kernel import permissions
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import municipality_by_slug
from grobunn.programmes.models import Cohort, Enrolment, Gathering, Programme, Team
from grobunn.programmes.queries.gatherings import gathering_named
from grobunn.programmes.queries.programmes import programmes_seen_by, with_dates


def municipality_or_404(slug: str) -> Municipality:
    """A municipality by its slug. Raises: Http404."""
    try:
        return municipality_by_slug(slug)
    except Municipality.DoesNotExist as error:
        raise Http404 from error


def programme_or_404(request: HttpRequest, municipality: Municipality, slug: str) -> Programme:
    """A programme that the caller may read about. Raises: Http404."""
    with scope(municipality=municipality.pk):
        found = programmes_seen_by(request.user, municipality.pk).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def cohort_or_404(request: HttpRequest, cohort_id: UUID) -> Cohort:
    """A cohort that the caller may see. Raises: Http404."""
    with scopes_disabled():
        rows = with_dates(Cohort.objects.select_related("programme__municipality"))
        cohort = rows.filter(pk=cohort_id).first()
    if cohort is None or not permissions.is_allowed("programmes.view", request.user, cohort):
        raise Http404
    return cohort


def gathering_or_404(request: HttpRequest, cohort_id: UUID, topic: str) -> Gathering:
    """A gathering of a cohort that the caller may see. Raises: Http404."""
    cohort = cohort_or_404(request, cohort_id)
    with scope(municipality=cohort.municipality_id):
        gathering = gathering_named(cohort, topic)
    if gathering is None:
        raise Http404
    return gathering


def own_place_or_404(request: HttpRequest, cohort: Cohort) -> Enrolment:
    """The caller's own place in a cohort, given up or not. Raises: Http404."""
    with scope(municipality=cohort.municipality_id):
        found = Enrolment.objects.filter(cohort=cohort, user__isnull=False, user=request.user.pk).first()
    if found is None:
        raise Http404
    found.cohort = cohort
    return found


def team_or_404(request: HttpRequest, team_id: UUID) -> Team:
    """A team. Raises: Http404 to who does not see its cohort, PermissionDenied to who does not see the team."""
    with scopes_disabled():
        rows = Team.objects.filter(pk=team_id, dissolved_at=None)
        team = rows.select_related("idea__municipality", "coach", "unit", "municipality").first()
    if team is None:
        raise Http404
    team.cohort = cohort_or_404(request, team.cohort_id)
    if not permissions.is_allowed("programmes.see_team", request.user, team):
        raise PermissionDenied("programmes.see_team")
    return team


def merged(form: forms.Form, sent: Schema) -> dict[str, Any]:
    """What a form says now, with what was sent in its place: what is left out stays as it is."""
    now = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {**now, **sent.dict(exclude_unset=True)}
