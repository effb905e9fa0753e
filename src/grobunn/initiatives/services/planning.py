"""Plans anew, puts on hold and goes on: each with the capacity that belongs to it."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django_scopes import scopes_disabled

from grobunn.capacity.kinds import HOURS, Kind
from grobunn.capacity.models import HoursUsed, Reservation
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line
from grobunn.capacity.queries.sources import sources_by_id
from grobunn.capacity.services.reserve import release, reserve
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.services.start import claim_of
from grobunn.initiatives.services.steps import all_or_nothing, compared, step
from grobunn.initiatives.states import InitiativeState
from grobunn.kernel import clock
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange


def replan(
    initiative: Initiative, *, lines: Sequence[Line], actor: Actor, reason: str = "", version: int | None = None
) -> StateChange:
    """Hold other capacity than before: later or earlier quarters, more or less.

    Takes:   lines, all that it is to hold from the present quarter on.
    Raises:  CapacityExceeded and what else reserving raises, SomebodyWasFirst, NotPossibleNow: then nothing has
             changed; PermissionDenied.
    Effects: row, reservations, history, audit, InitiativeMoved.
    """
    with all_or_nothing(compared(initiative, version)):
        before = initiative.first_quarter_on
        changes = _beginning(initiative, lines) if initiative.is_to_begin else {}
        change = step(
            initiative,
            "replan",
            actor=actor,
            reason=reason,
            inputs={"lines": list(lines)},
            changes=changes,
            data={"from_quarter": Quarter.of(before).code, "to_quarter": _first(lines).code},
        )
        reserve(claim_of(initiative), lines=lines, actor=actor)
    return change


def pause(initiative: Initiative, *, until: date, reason: str, actor: Actor, version: int | None = None) -> StateChange:
    """Put it on hold until a day, on which the owner is asked; what is not used of its capacity is let go.

    What is on hold already waits longer, or shorter.

    Raises:  DateHasPassed, SomebodyWasFirst, NotPossibleNow, InputMissing; PermissionDenied.
    Effects: row, reservations, history, audit, InitiativeMoved.
    """
    held = _kept_in_mind(initiative)
    with all_or_nothing(compared(initiative, version)):
        change = step(
            initiative,
            "pause",
            actor=actor,
            reason=reason,
            inputs={"until": until},
            changes={"paused_until": until, "report_due_on": None},
            data={"until": until.isoformat(), "held": held},
        )
        let_go(initiative, actor=actor)
    return change


def resume(
    initiative: Initiative, *, lines: Sequence[Line], actor: Actor, reason: str = "", version: int | None = None
) -> StateChange:
    """Go on with what was on hold, if there is room.

    Raises:  CapacityExceeded and what else reserving raises, SomebodyWasFirst, NotPossibleNow: then nothing has
             changed; PermissionDenied.
    Effects: row, reservations, history, audit, InitiativeMoved.
    """
    with all_or_nothing(compared(initiative, version)):
        change = step(
            initiative,
            "resume",
            actor=actor,
            reason=reason,
            inputs={"lines": list(lines)},
            changes={"paused_until": None, "asked_to_resume_on": None, **_beginning(initiative, lines)},
            data={"to_quarter": _first(lines).code},
        )
        reserve(claim_of(initiative), lines=lines, actor=actor)
    return change


def let_go(initiative: Initiative, *, actor: Actor) -> None:
    """Let go of capacity from today: all of the quarters to come; of the present one what is not used.

    A place, and room for change, are free at once; hours that were told stay; money of the quarter is taken as spent.
    Effects: reservations, audit, CapacityFreed.
    """
    kept = _used_in(Quarter.now(), initiative)
    if kept:
        reserve(claim_of(initiative), lines=kept, actor=actor)
    else:
        release(claim_of(initiative), actor=actor)


def held_before_pause(initiative: Initiative) -> list[Line]:
    """What it held when it was put on hold, as if it went on in the present quarter: what going on would ask for."""
    held = _held_then(initiative)
    if not held:
        return []
    sources = sources_by_id(UUID(source_id) for source_id, _quarter, _amount in held)
    first = min(Quarter.read(quarter) for _source, quarter, _amount in held)
    return [
        Line(
            source=sources[UUID(source_id)],
            quarter=Quarter.now() + (Quarter.read(quarter) - first),
            amount=Decimal(amount),
        )
        for source_id, quarter, amount in held
        if UUID(source_id) in sources
    ]


def _held_then(initiative: Initiative) -> list[list[str]]:
    paused = StateChange.objects.filter(subject_id=initiative.pk, edge="pause").order_by("-id").first()
    held: list[list[str]] = paused.data.get("held", []) if paused else []
    return held


def _kept_in_mind(initiative: Initiative) -> list[list[str]]:
    if initiative.state == InitiativeState.PAUSED:
        return _held_then(initiative)
    with scopes_disabled():
        rows = list(
            Reservation.objects.filter(claim_id=initiative.pk, quarter_on__gte=Quarter.now().first_day).order_by(
                "quarter_on", "source_id"
            )
        )
    return [[str(row.source_id), Quarter.of(row.quarter_on).code, str(row.amount)] for row in rows]


def _used_in(quarter: Quarter, initiative: Initiative) -> list[Line]:
    rows = Reservation.objects.filter(claim_id=initiative.pk, quarter_on=quarter.first_day).select_related("source")
    told = HoursUsed.objects.filter(claim_id=initiative.pk, week_on__range=(quarter.first_day, quarter.last_day))
    hours = {row["kind"]: row["total"] for row in told.values("kind").annotate(total=Sum("hours")).order_by()}
    kept: list[Line] = []
    for row in rows.order_by("source_id"):
        used = _used_of(row.source.kind, row.amount, hours)
        if used > 0:
            kept.append(Line(source=row.source, quarter=quarter, amount=used))
    return kept


def _used_of(kind: str, held: Decimal, hours: dict[str, Decimal]) -> Decimal:
    """How much is used of what is held; of two sources of one kind the first is taken as used first."""
    if kind == Kind.MONEY:
        return held
    if kind not in HOURS:
        return Decimal(0)
    used = min(held, hours.get(kind, Decimal(0)))
    hours[kind] = hours.get(kind, Decimal(0)) - used
    return used


def _beginning(initiative: Initiative, lines: Sequence[Line]) -> dict[str, Any]:
    """When work begins, and when the first report of it is due."""
    first = _first(lines).first_day
    begins = max(clock.today(), first)
    return {"first_quarter_on": first, "report_due_on": begins + timedelta(weeks=initiative.report_weeks)}


def _first(lines: Sequence[Line]) -> Quarter:
    return min((line.quarter for line in lines), default=Quarter.now())
