"""The queue for capacity: who waits, since when, and for what."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django_scopes import scope, scopes_disabled

from grobunn.capacity.claims import Claim
from grobunn.capacity.models import Want, WantLine
from grobunn.capacity.queries.room import Line


def join_queue(claim: Claim, *, lines: Sequence[Line]) -> Want:
    """Wait for room; asked again, the place is kept and the need is the new one. Effects: rows."""
    first = min(line.quarter for line in lines)
    with transaction.atomic(), scope(municipality=claim.municipality_id):
        want, _made = Want.objects.update_or_create(
            claim_id=claim.id,
            defaults={"municipality_id": claim.municipality_id, "claim_sort": claim.sort, "called_at": None},
        )
        WantLine.objects.filter(want=want).delete()
        WantLine.objects.bulk_create(
            WantLine(
                municipality_id=claim.municipality_id,
                want=want,
                source=line.source,
                quarters_in=line.quarter - first,
                amount=line.amount,
            )
            for line in lines
        )
    return want


def leave_queue(claim_id: UUID) -> None:
    """No longer wait; twice is the same as once. Effects: rows."""
    with scopes_disabled():
        Want.objects.filter(claim_id=claim_id).delete()
