"""Reads programmes and their cohorts, as one reader sees them."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django_scopes import scopes_disabled

from grobunn.kernel.actors import Actor
from grobunn.organisations.queries import is_member
from grobunn.programmes.models import Cohort, Day, Enrolment, Facilitator, Gathering, Programme, Team
from grobunn.programmes.queries.people import GONE


def programmes_seen_by(actor: Actor, municipality_id: UUID) -> QuerySet[Programme]:
    """The programmes of a municipality that somebody may read about: the open ones, a colleague all of them."""
    rows = Programme.objects.filter(municipality_id=municipality_id).select_related("municipality", "follows")
    if is_member(actor, municipality_id):
        return rows
    return rows.filter(Q(is_open=True) | Q(pk__in=cohorts_of_person(actor).values("programme_id")))


def cohorts_of_person(actor: Actor) -> QuerySet[Cohort]:
    """The cohorts that somebody takes part in or leads, in the municipality whose scope is open."""
    if actor.pk is None:
        return Cohort.objects.none()
    places = Enrolment.objects.filter(user_id=actor.pk).exclude(state__in=GONE)
    led = Facilitator.objects.filter(user_id=actor.pk)
    coached = Team.objects.filter(coach_id=actor.pk, dissolved_at=None)
    return Cohort.objects.filter(
        Q(pk__in=places.values("cohort_id"))
        | Q(pk__in=led.values("gathering__cohort_id"))
        | Q(pk__in=coached.values("cohort_id"))
    )


def with_dates(cohorts: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """Cohorts with `first_on`, `last_on` and `gathering_count`; what is cancelled does not count."""
    days = Day.objects.filter(gathering__cohort=OuterRef("pk"), gathering__cancelled_at=None).order_by()
    gatherings = Gathering.objects.filter(cohort=OuterRef("pk"), cancelled_at=None).order_by()
    return cohorts.annotate(
        first_on=Subquery(days.values("gathering__cohort").annotate(on=Min("on")).values("on")[:1]),
        last_on=Subquery(days.values("gathering__cohort").annotate(on=Max("on")).values("on")[:1]),
        gathering_count=Subquery(gatherings.values("cohort").annotate(all=Count("pk")).values("all")[:1]),
    )


def cohorts_of(programme: Programme) -> QuerySet[Cohort]:
    """The cohorts of a programme, the newest first, with their dates."""
    rows = Cohort.objects.filter(programme=programme).select_related("programme__municipality")
    return with_dates(rows).order_by("-made_at", "id")


def cohort_named(municipality_id: UUID, *, programme: str, cohort: str) -> Cohort | None:
    """The cohort of an address."""
    rows = Cohort.objects.select_related("municipality", "programme__municipality")
    return rows.filter(municipality_id=municipality_id, programme__slug=programme, slug=cohort).first()


def has_programme(user: Any, municipality_id: UUID) -> bool:
    """Whether somebody takes part in, or leads, anything in a municipality."""
    with scopes_disabled():
        return cohorts_of_person(user).filter(municipality_id=municipality_id).exists()
