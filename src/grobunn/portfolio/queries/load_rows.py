"""The rows behind a number of the load: each source, and who holds how much of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.capacity.models import Reservation, Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.loads import Load, loads_of
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.initiatives import for_user
from grobunn.kernel.actors import Actor
from grobunn.portfolio.queries.loads import kinds_of


@dataclass(frozen=True)
class Holder:
    """Who holds how much. Takes: initiative, None for what the reader may not see: then only the amount is told."""

    initiative: Initiative | None
    amount: Decimal


@dataclass(frozen=True)
class SourceRow:
    """A source in a quarter, and who holds it; what the reader may not see is added up in one line."""

    load: Load
    holders: Sequence[Holder]


def load_rows(
    municipality_id: UUID, *, unit_ids: frozenset[UUID] | None, measure: str, quarter: Quarter, actor: Actor
) -> list[SourceRow]:
    """The sources of some units (None: of all) that have or owe something in a quarter, those that are over first."""
    with scopes_disabled():
        sources = Source.objects.filter(municipality_id=municipality_id, kind__in=kinds_of(measure))
        if unit_ids is not None:
            sources = sources.filter(unit__in=unit_ids)
        found = list(sources.select_related("unit", "municipality").order_by("unit__name", "kind", "name", "id"))
        loads = loads_of(found, quarters=[quarter])
        held = Reservation.objects.filter(source__in=[each.pk for each in found], quarter_on=quarter.first_day)
        amounts = list(held.order_by("-amount", "id").values_list("source_id", "claim_id", "amount"))
        claims = {claim_id for _source, claim_id, _amount in amounts}
        seen = {each.pk: each for each in for_user(actor).filter(pk__in=claims).select_related("unit", "municipality")}
    rows = [
        SourceRow(load, _holders([(claim, amount) for at, claim, amount in amounts if at == source.pk], seen))
        for source in found
        if (load := loads.of(source, quarter)).declared or load.reserved
    ]
    return sorted(rows, key=lambda row: not row.load.is_over)


def _holders(amounts: Sequence[tuple[UUID, Decimal]], seen: dict[UUID, Initiative]) -> list[Holder]:
    named = [Holder(seen[claim], amount) for claim, amount in amounts if claim in seen]
    hidden = sum((amount for claim, amount in amounts if claim not in seen), Decimal(0))
    return [*named, Holder(None, hidden)] if hidden else named
