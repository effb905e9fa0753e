"""Hours told: one's own by week, and sums for what was helped. Nobody sees what another person told."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum
from django_scopes import scopes_disabled

from grobunn.capacity.models import HoursUsed


def own_hours(user_id: UUID, *, weeks: Iterable[date]) -> dict[tuple[UUID, str, date], Decimal]:
    """What somebody told, by claim, kind and Monday; one SQL."""
    with scopes_disabled():
        told = HoursUsed.objects.filter(helper_id=user_id, week_on__in=list(weeks))
        return {(each.claim_id, each.kind, each.week_on): each.hours for each in told}


def hours_of_claims(claim_ids: Iterable[UUID]) -> dict[UUID, Decimal]:
    """Hours told for claims in all, by whomever; one SQL."""
    with scopes_disabled():
        told = HoursUsed.objects.filter(claim_id__in=list(claim_ids))
        rows = told.values("claim_id").annotate(total=Sum("hours")).order_by()
        return {row["claim_id"]: row["total"] for row in rows}


def hours_by_kind(claim_id: UUID) -> dict[str, Decimal]:
    """Hours told for one claim, by kind of help; one SQL."""
    with scopes_disabled():
        rows = HoursUsed.objects.filter(claim_id=claim_id).values("kind").annotate(total=Sum("hours")).order_by()
        return {row["kind"]: row["total"] for row in rows}
