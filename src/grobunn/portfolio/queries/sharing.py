"""Sources that several municipalities share: the load of each, and what every municipality holds of it.

Each municipality sees its own initiatives by name. What the others hold is one sum for each of them, and of sources
that they do not share with it, nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef
from django_scopes import scopes_disabled

from grobunn.capacity.claims import Described, described
from grobunn.capacity.models import Reservation, Share, Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.loads import NOTHING, Load, loads_of
from grobunn.capacity.queries.sources import borrowed_sources, sources_of
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import Municipality

Amounts = tuple[Decimal, ...]


@dataclass(frozen=True)
class OwnClaim:
    """What one of our own holds of a source, quarter by quarter. Takes: claim, None for what the reader may not see."""

    claim: Described | None
    amounts: Amounts


@dataclass(frozen=True)
class Holder:
    """What one municipality holds of a source. Takes: claims, of our own municipality only; of others always empty."""

    municipality: Municipality
    is_here: bool
    amounts: Amounts
    claims: tuple[OwnClaim, ...] = ()


@dataclass(frozen=True)
class SharedSource:
    """A source that is shared with other municipalities. Takes: is_lent, whether another municipality owns it."""

    source: Source
    is_lent: bool
    loads: tuple[Load, ...]
    holders: tuple[Holder, ...]


@dataclass(frozen=True)
class _Held:
    """One claim's reservation of a source in a quarter; its id and sort for our own only."""

    municipality: Municipality
    claim: UUID | None
    amount: Decimal


def shared_sources(municipality: Municipality, *, quarters: Sequence[Quarter], actor: Actor) -> list[SharedSource]:
    """The sources that a municipality shares or is lent, its own first; ten SQL, however many there are.

    Takes:   municipality, whose page it is: only its own claims are named, and only those that the actor may see.
    """
    with scopes_disabled():
        own = Exists(Share.objects.filter(source=OuterRef("pk")))
        sources = [*sources_of(municipality.pk).filter(own), *borrowed_sources(municipality.pk)]
        loads = loads_of(sources, quarters=quarters)
        names, held = _held(sources, quarters, here=municipality, actor=actor)
        guests = _guests([each for each in sources if each.municipality_id == municipality.pk])
    return [
        SharedSource(
            source=source,
            is_lent=source.municipality_id != municipality.pk,
            loads=tuple(loads.row(source)),
            holders=_holders(
                held.get(source.pk, {}),
                quarters,
                here=municipality,
                names=names,
                always=[source.municipality, municipality, *guests.get(source.pk, [])],
            ),
        )
        for source in sources
    ]


_BySource = dict[UUID, dict[Quarter, list[_Held]]]


def _held(
    sources: Iterable[Source], quarters: Sequence[Quarter], *, here: Municipality, actor: Actor
) -> tuple[Mapping[UUID, Described], _BySource]:
    """Reservations by source and quarter, and what our own claims are called. What is another's has no id any more."""
    rows = Reservation.objects.filter(
        source__in=[each.pk for each in sources], quarter_on__in=[quarter.first_day for quarter in quarters]
    ).select_related("municipality")
    found: _BySource = {}
    ours: set[tuple[str, UUID]] = set()
    for row in rows.order_by("id"):
        is_here = row.municipality_id == here.pk
        if is_here:
            ours.add((row.claim_sort, row.claim_id))
        by_quarter = found.setdefault(row.source_id, {})
        at = by_quarter.setdefault(Quarter.of(row.quarter_on), [])
        at.append(_Held(row.municipality, row.claim_id if is_here else None, row.amount))
    return described(sorted(ours, key=str), actor=actor), found


def _guests(own: Iterable[Source]) -> dict[UUID, list[Municipality]]:
    """Whom our own sources are shared with. Who else is lent what we are lent, is told only where they hold of it."""
    found: dict[UUID, list[Municipality]] = {}
    for share in Share.objects.filter(source__in=[each.pk for each in own]).select_related("guest"):
        found.setdefault(share.source_id, []).append(share.guest)
    return found


def _holders(
    held: Mapping[Quarter, Sequence[_Held]],
    quarters: Sequence[Quarter],
    *,
    here: Municipality,
    names: Mapping[UUID, Described],
    always: Iterable[Municipality],
) -> tuple[Holder, ...]:
    """Ours first, then the others by name. Takes: always, who is shown even with nothing."""
    everybody = {each.pk: each for each in always}
    everybody |= {each.municipality.pk: each.municipality for rows in held.values() for each in rows}

    def sums(municipality: Municipality) -> Amounts:
        return tuple(
            sum((each.amount for each in held.get(quarter, ()) if each.municipality.pk == municipality.pk), NOTHING)
            for quarter in quarters
        )

    found = [
        Holder(
            municipality=each,
            is_here=each.pk == here.pk,
            amounts=sums(each),
            claims=_claims(held, quarters, names=names) if each.pk == here.pk else (),
        )
        for each in everybody.values()
    ]
    return tuple(sorted(found, key=lambda holder: (not holder.is_here, holder.municipality.name)))


def _claims(
    held: Mapping[Quarter, Sequence[_Held]], quarters: Sequence[Quarter], *, names: Mapping[UUID, Described]
) -> tuple[OwnClaim, ...]:
    """Our own claims by title; those that the reader may not see are one sum, last."""
    sums: dict[UUID | None, list[Decimal]] = {}
    for place, quarter in enumerate(quarters):
        for each in held.get(quarter, ()):
            if each.claim is not None:
                known = each.claim if each.claim in names else None
                sums.setdefault(known, [NOTHING] * len(quarters))[place] += each.amount
    found = [OwnClaim(names[known] if known else None, tuple(amounts)) for known, amounts in sums.items()]
    return tuple(sorted(found, key=lambda own: (own.claim is None, own.claim.title if own.claim else "")))
