"""Runs a pitch day: who is on stage, and how the clock goes. One lock for each day, so that two never collide."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django_scopes import scope

from grobunn.kernel import clock, events, permissions, statemachine
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import NotPossibleNow
from grobunn.pitching.events import SlotStepped
from grobunn.pitching.live import tell_room
from grobunn.pitching.models import PitchDay, Slot
from grobunn.pitching.states import (
    DAY_MACHINE,
    DAY_MESSAGES,
    ON_STAGE,
    SLOT_MACHINE,
    SLOT_MESSAGES,
    DayState,
    SlotState,
)
from grobunn.programmes.services.completing import has_pitched


def step_day(day: PitchDay, edge: str, *, actor: Actor, reason: str = "") -> StateChange:
    """Begin, end, open again or cancel a day. Who is on stage when it ends has pitched.

    Raises and effects: as `statemachine.perform`.
    """
    with transaction.atomic(), scope(municipality=day.municipality_id):
        if edge in ("end", "cancel"):
            present = _present(day)
            if present is not None:
                _step(present, "finish" if edge == "end" else "put_back", actor=actor)
        tell_room(day.pk)
        return statemachine.perform(DAY_MACHINE, day, edge, actor=actor, messages=DAY_MESSAGES, reason=reason)


def step_slot(slot: Slot, edge: str, *, actor: Actor) -> StateChange:
    """Call a team on stage, let it be asked, thank it, skip it, or send it back to wait.

    Whoever is on stage when another team is called is thanked; the clock begins anew with each part.

    Raises:  NotPossibleNow while the day is not under way; as `statemachine.perform`.
    Effects: as `statemachine.perform`; the team has pitched when it is thanked.
    """
    permissions.check("pitching.run", actor, slot)
    with transaction.atomic(), scope(municipality=slot.municipality_id):
        day = PitchDay.objects.select_for_update().get(pk=slot.day_id)
        if day.state != DayState.RUNNING:
            raise NotPossibleNow(SLOT_MESSAGES.not_possible_now)
        if edge in ("call", "ask"):
            present = _present(day)
            if present is not None and present.pk != slot.pk:
                _step(present, "finish", actor=actor)
        tell_room(day.pk)
        return _step(slot, edge, actor=actor)


def pause(slot: Slot, *, actor: Actor) -> None:
    """Stop the clock. Pressed twice, it stands. Raises: NotPossibleNow; PermissionDenied."""
    _set_clock(slot, actor=actor, edge="pause")


def resume(slot: Slot, *, actor: Actor) -> None:
    """Let the clock go on from where it stood. Pressed twice, it goes. Raises: NotPossibleNow; PermissionDenied."""
    _set_clock(slot, actor=actor, edge="resume")


def _set_clock(slot: Slot, *, actor: Actor, edge: str) -> None:
    permissions.check("pitching.run", actor, slot)
    with transaction.atomic(), scope(municipality=slot.municipality_id):
        now = Slot.objects.select_for_update().get(pk=slot.pk)
        if now.state not in ON_STAGE:
            raise NotPossibleNow(SLOT_MESSAGES.not_possible_now)
        if (edge == "pause") == (now.paused_at is not None):
            return
        stood = int((clock.now() - now.paused_at).total_seconds()) if now.paused_at else 0
        Slot.objects.filter(pk=slot.pk).update(
            paused_at=clock.now() if edge == "pause" else None,
            paused_seconds=F("paused_seconds") + stood,
        )
        tell_room(slot.day_id)
        events.publish(
            SlotStepped(slot_id=slot.pk, day_id=slot.day_id, municipality_id=slot.municipality_id, edge=edge)
        )


def _step(slot: Slot, edge: str, *, actor: Actor) -> StateChange:
    begins = edge in ("call", "ask")
    changes: dict[str, Any] = {
        "began_at": clock.now() if begins else None if edge == "put_back" else slot.began_at,
        "paused_at": None,
        "paused_seconds": 0,
    }
    change = statemachine.perform(SLOT_MACHINE, slot, edge, actor=actor, messages=SLOT_MESSAGES, changes=changes)
    if slot.state == SlotState.DONE:
        has_pitched(slot.team)
    return change


def _present(day: PitchDay) -> Slot | None:
    return Slot.objects.filter(day=day, state__in=ON_STAGE).select_related("day").first()
