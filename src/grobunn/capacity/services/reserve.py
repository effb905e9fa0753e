"""Reserves capacity for claims: the one way to hold some of a source."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope, scopes_disabled

from grobunn.capacity.claims import Claim
from grobunn.capacity.errors import CapacityExceeded, NothingAsked, QuarterHasPassed, SourceNotOpen
from grobunn.capacity.events import CapacityFreed
from grobunn.capacity.models import Reservation, Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line, free_from, shortfalls_of
from grobunn.capacity.queries.sources import sources_open_to
from grobunn.kernel import audit, events
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import SomebodyWasFirst
from grobunn.organisations.models import Unit


def reserve(claim: Claim, *, lines: Sequence[Line], actor: Actor) -> list[Reservation]:
    """Let a claim hold exactly this from the present quarter on: the first time, or in place of what it holds.

    What it held in quarters that have passed stays. The caller has asked whether the actor may.
    Takes:   lines, at least one, none in a quarter that has passed; two of one source and quarter are taken together.
    Raises:  NothingAsked, QuarterHasPassed, SourceNotOpen, CapacityExceeded, SomebodyWasFirst; nothing has changed.
    Effects: rows, audit; CapacityFreed for what it no longer holds.
    """
    wanted = _wanted(lines)
    with transaction.atomic(), scope(municipality=claim.municipality_id):
        held = _held_under_lock(claim, {source_id for source_id, _quarter in wanted})
        _check_sources(claim, wanted, held)
        missing = shortfalls_of(list(wanted.values()), without=claim.id)
        grows = [each for each in missing if _grows(wanted, held, each.source.pk, each.quarter)]
        if grows:
            raise CapacityExceeded(grows, free_from=free_from(list(wanted.values()), without=claim.id))
        _write(claim, wanted, held)
        audit.record("capacity.reserve", actor=actor, municipality_id=claim.municipality_id, data=_told(claim, wanted))
    return list_reservations(claim.id)


def release(claim: Claim, *, actor: Actor, first: Quarter | None = None) -> None:
    """Let go of what a claim holds from a quarter on (None: the present one). Twice is the same as once.

    What it held in quarters that have passed stays.
    Effects: rows, audit; CapacityFreed for each source.
    """
    begin = max(first or Quarter.now(), Quarter.now())
    with transaction.atomic(), scope(municipality=claim.municipality_id):
        held = Reservation.objects.filter(claim_id=claim.id, quarter_on__gte=begin.first_day)
        source_ids = set(held.values_list("source_id", flat=True))
        if not source_ids:
            return
        _lock(source_ids)
        if not held.delete()[0]:
            return
        audit.record(
            "capacity.release",
            actor=actor,
            municipality_id=claim.municipality_id,
            data={"claim": str(claim.id), "from": begin.code},
        )
        tell_freed(source_ids)


def list_reservations(claim_id: UUID) -> list[Reservation]:
    """What a claim holds and held, by quarter."""
    with scopes_disabled():
        held = Reservation.objects.filter(claim_id=claim_id).select_related("source__unit", "source__municipality")
        return list(held.order_by("quarter_on", "source__kind", "source__name", "id"))


def tell_freed(source_ids: Iterable[UUID]) -> None:
    """Tell that there may be room of some sources again. Effects: CapacityFreed for each."""
    with scopes_disabled():
        for source in Source.objects.filter(pk__in=set(source_ids)).order_by("pk"):
            events.publish(CapacityFreed(municipality_id=source.municipality_id, source_id=source.pk))


def lock_sources(source_ids: Iterable[UUID]) -> None:
    """Make others wait who write of the same sources, until the transaction ends; in one order, so never in a ring."""
    _lock(set(source_ids))


def _lock(source_ids: set[UUID]) -> None:
    with scopes_disabled():
        locked = Source.objects.select_for_update(no_key=True)
        list(locked.filter(pk__in=source_ids).order_by("pk").values_list("pk", flat=True))


def _held_under_lock(claim: Claim, asked: set[UUID]) -> dict[tuple[UUID, Quarter], Reservation]:
    """What a claim holds from now on, read while nobody else can change it: all sources in question are locked."""
    held = Reservation.objects.filter(claim_id=claim.id, quarter_on__gte=Quarter.now().first_day)
    locked = asked | set(held.values_list("source_id", flat=True))
    _lock(locked)
    rows = {(row.source_id, Quarter.of(row.quarter_on)): row for row in held.all()}
    if not {source_id for source_id, _quarter in rows} <= locked:
        raise SomebodyWasFirst(_("Somebody else changed this at the same moment. Look again, and try once more."))
    return rows


def _wanted(lines: Sequence[Line]) -> dict[tuple[UUID, Quarter], Line]:
    asked = [line for line in lines if line.amount > 0]
    if not asked:
        raise NothingAsked(
            _("Say what help it needs, and how much: without that nobody can see whether there is room.")
        )
    if min(line.quarter for line in asked) < Quarter.now():
        raise QuarterHasPassed(_("Capacity cannot be reserved in a quarter that has passed. Choose a later one."))
    wanted: dict[tuple[UUID, Quarter], Line] = {}
    for line in asked:
        known = wanted.get((line.source.pk, line.quarter))
        wanted[line.source.pk, line.quarter] = (
            line if known is None else replace(line, amount=known.amount + line.amount)
        )
    return wanted


def _check_sources(
    claim: Claim,
    wanted: dict[tuple[UUID, Quarter], Line],
    held: dict[tuple[UUID, Quarter], Reservation],
) -> None:
    """What the claim holds already it may keep, also of a source that is closed to new ones; it gets no more of it."""
    asked = {source_id for source_id, quarter in wanted if _grows(wanted, held, source_id, quarter)}
    unit = Unit.objects.get(pk=claim.unit_id)
    is_open = set(sources_open_to(unit).filter(pk__in=asked).values_list("pk", flat=True))
    closed = next((line.source for (source_id, _q), line in wanted.items() if source_id in asked - is_open), None)
    if closed is not None:
        raise SourceNotOpen(
            _("“%(source)s” is closed, or not for this unit. Choose another source, or ask its owner to share it.")
            % {"source": closed.name}
        )


def _grows(
    wanted: dict[tuple[UUID, Quarter], Line],
    held: dict[tuple[UUID, Quarter], Reservation],
    source_id: UUID,
    quarter: Quarter,
) -> bool:
    """Whether more is asked than is held: who keeps what was promised, or asks for less, is never refused."""
    before = held.get((source_id, quarter))
    return before is None or wanted[source_id, quarter].amount > before.amount


def _write(
    claim: Claim,
    wanted: dict[tuple[UUID, Quarter], Line],
    held: dict[tuple[UUID, Quarter], Reservation],
) -> None:
    freed = {source_id for source_id, quarter in held if (source_id, quarter) not in wanted}
    Reservation.objects.filter(pk__in=[row.pk for place, row in held.items() if place not in wanted]).delete()
    for place, line in sorted(wanted.items(), key=lambda item: (item[0][0], item[0][1])):
        before = held.get(place)
        if before is None:
            Reservation.objects.create(
                municipality_id=claim.municipality_id,
                source_id=place[0],
                quarter_on=place[1].first_day,
                claim_sort=claim.sort,
                claim_id=claim.id,
                amount=line.amount,
            )
        elif before.amount != line.amount:
            if line.amount < before.amount:
                freed.add(place[0])
            Reservation.objects.filter(pk=before.pk).update(amount=line.amount)
    tell_freed(freed)


def _told(claim: Claim, wanted: dict[tuple[UUID, Quarter], Line]) -> dict[str, object]:
    amounts: dict[str, str] = {
        f"{source_id} {quarter.code}": str(Decimal(line.amount)) for (source_id, quarter), line in wanted.items()
    }
    return {"claim": str(claim.id), "lines": amounts}
