"""What the overview shows: a municipality's sources and those lent to it, and what fills them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.db.models import Count, F, Sum, Window
from django.db.models.functions import RowNumber
from django_scopes import scopes_disabled

from grobunn.capacity.claims import Described, described
from grobunn.capacity.models import Reservation, Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.loads import NOTHING
from grobunn.capacity.queries.sources import borrowed_sources, sources_of
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import Municipality, Unit
from grobunn.organisations.queries import descendant_ids


@dataclass(frozen=True)
class Holding:
    """What one claim holds of a source. Takes: claim, None where the reader may not see what it is."""

    claim: Described | None
    is_of_others: bool
    amounts: tuple[Decimal, ...]


def sources_shown(municipality: Municipality, *, unit: Unit | None = None) -> list[Source]:
    """The municipality's sources, and what others lend it; with a unit its own and those below it. At most two SQL."""
    own = sources_of(municipality.pk)
    if unit is not None:
        return list(own.filter(unit_id__in=descendant_ids([unit.pk], municipality_id=municipality.pk)))
    return [*own, *borrowed_sources(municipality.pk)]


def holdings_of(
    source: Source, *, quarters: Sequence[Quarter], municipality: Municipality, actor: Actor
) -> list[Holding]:
    """What fills a source, by claim; of claims of another municipality, or not for the reader, the sum alone. Two SQL.

    Takes:   municipality, whose page it is: what others hold is never named there.
    """
    days = [quarter.first_day for quarter in quarters]
    with scopes_disabled():
        held = Reservation.objects.filter(source=source, quarter_on__in=days)
        rows = list(
            held.values("claim_sort", "claim_id", "municipality_id", "quarter_on")
            .annotate(total=Sum("amount"))
            .order_by()
        )
    own = {(row["claim_sort"], row["claim_id"]) for row in rows if row["municipality_id"] == municipality.pk}
    names = described(sorted(own, key=str), actor=actor)
    sums: dict[tuple[bool, UUID | None], dict[object, Decimal]] = {}
    for row in rows:
        is_of_others = row["municipality_id"] != municipality.pk
        key = (is_of_others, row["claim_id"] if row["claim_id"] in names and not is_of_others else None)
        by_day = sums.setdefault(key, {})
        by_day[row["quarter_on"]] = by_day.get(row["quarter_on"], NOTHING) + row["total"]
    found = [
        Holding(
            claim=names.get(claim_id) if claim_id else None,
            is_of_others=is_of_others,
            amounts=tuple(by_day.get(day, NOTHING) for day in days),
        )
        for (is_of_others, claim_id), by_day in sums.items()
    ]
    return sorted(found, key=_order)


def _order(holding: Holding) -> tuple[bool, bool, str]:
    return (holding.is_of_others, holding.claim is None, holding.claim.title if holding.claim else "")


@dataclass(frozen=True)
class Filling:
    """What holds most of a source in a quarter, as far as the reader may see it; more, how many others hold some."""

    claims: tuple[Described, ...] = ()
    more: int = 0


def largest_claims(
    sources: Iterable[Source], quarter: Quarter, *, municipality: Municipality, actor: Actor, most: int = 3
) -> dict[UUID, Filling]:
    """What fills each source in a quarter, of the municipality's own claims; one SQL, and one for each sort."""
    ids = [source.pk for source in sources]
    of_source = [F("source_id")]
    with scopes_disabled():
        held = Reservation.objects.filter(source__in=ids, quarter_on=quarter.first_day, municipality=municipality)
        ranked = held.annotate(
            rank=Window(RowNumber(), partition_by=of_source, order_by=[F("amount").desc(), F("claim_id").asc()]),
            count=Window(Count("pk"), partition_by=of_source),
        )
        rows = list(
            ranked.filter(rank__lte=most)
            .order_by("source_id", "rank")
            .values_list("source_id", "claim_sort", "claim_id", "count")
        )
    names = described({(sort, claim_id) for _source_id, sort, claim_id, _count in rows}, actor=actor)
    found: dict[UUID, Filling] = {}
    for source_id, rows_of_source in groupby(rows, key=itemgetter(0)):
        top = list(rows_of_source)
        claims = tuple(names[claim_id] for _source_id, _sort, claim_id, _count in top if claim_id in names)
        found[source_id] = Filling(claims=claims, more=top[0][3] - len(claims))
    return found
