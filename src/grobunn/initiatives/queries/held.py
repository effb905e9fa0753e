"""What an initiative holds of capacity, and what of it is used: sums, never by person."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum
from django_scopes import scopes_disabled

from grobunn.capacity.kinds import Kind, Measure, measure_of
from grobunn.capacity.models import HoursUsed, Reservation, Source
from grobunn.capacity.quarters import Quarter
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.at_hand import has_no
from grobunn.kernel.composed import Composed


@dataclass(frozen=True)
class HeldLine:
    """So much of a source in a quarter."""

    quarter: Quarter
    source: Source
    amount: Decimal


@dataclass(frozen=True)
class KindHeld:
    """What is held of one kind in all its quarters, and how much of it is used so far."""

    kind: Kind
    held: Decimal
    used: Decimal

    @property
    def measure(self) -> Measure:
        """What it is counted in."""
        return measure_of(self.kind)

    @property
    def is_told(self) -> bool:
        """Whether hours are told of this kind: of money and places nobody tells."""
        return self.measure == Measure.HOURS


@dataclass(frozen=True)
class Held:
    """Everything that an initiative holds, and has used."""

    lines: tuple[HeldLine, ...]
    kinds: tuple[KindHeld, ...]

    @property
    def quarters(self) -> list[Quarter]:
        """The quarters that it holds something in, in order."""
        return sorted({line.quarter for line in self.lines})


def held_by(initiative: Initiative) -> Held:
    """What an initiative holds and what it has used, by quarter and by kind; two SQL at most."""
    lines = [] if has_no(initiative, "reservations") else _lines(initiative)
    used = {} if has_no(initiative, "hours") else used_by_kind(initiative)
    held: dict[str, Decimal] = {}
    for line in lines:
        held[line.source.kind] = held.get(line.source.kind, Decimal(0)) + line.amount
    kinds = tuple(
        KindHeld(kind, held.get(kind, Decimal(0)), used.get(kind, Decimal(0)))
        for kind in Kind
        if kind in held or kind in used
    )
    return Held(lines=tuple(lines), kinds=kinds)


def _lines(initiative: Initiative) -> list[HeldLine]:
    return [
        HeldLine(Quarter.of(row.quarter_on), row.source, row.amount) for row in _RESERVATIONS.rows(claim=initiative.pk)
    ]


_RESERVATIONS = Composed(
    lambda claim: (
        Reservation.objects.filter(claim_id=claim).select_related("source").order_by("quarter_on", "source__name", "id")
    ),
    claim=UUID,
)


def used_by_kind(initiative: Initiative) -> Mapping[str, Decimal]:
    """Hours told of an initiative so far, by kind of help; one SQL."""
    with scopes_disabled():
        told = HoursUsed.objects.filter(claim_id=initiative.pk).values("kind").annotate(total=Sum("hours")).order_by()
        return {row["kind"]: row["total"] for row in told}
