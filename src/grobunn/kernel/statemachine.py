"""State machines: one table per machine, one way through it.

`perform` is the only writer of a state: permission → what the edge needs → guards → compare-and-set in one
transaction → history row → audit → event after commit. Two actors racing: one wins, the other is told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.functional import Promise

from grobunn.kernel import audit, clock, events, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange, StatefulModel

Words = str | Promise
Guard = Callable[[Any, Mapping[str, Any]], None]
EventMaker = Callable[[Any, StateChange], events.Event]
S = TypeVar("S", bound=StatefulModel)


class TransitionRefused(Exception):  # noqa: N818 -- a business refusal, named for what happened
    """A transition that cannot be done; `message` tells the user what happened and what to do next.

    `field` names what was given, or has to be, that it is about; "" where it is about none.
    """

    field: str = ""

    def __init__(self, message: Words) -> None:
        super().__init__(str(message))
        self.message = message


class NotPossibleNow(TransitionRefused):
    """The table has no such edge from the object's state."""


class SomebodyWasFirst(TransitionRefused):
    """The object changed after it was read: another tab, another person, another worker."""


class InputMissing(TransitionRefused):
    """The edge needs something that was not given.

    Takes: fields, the names of what is missing.
    """

    def __init__(self, message: Words, *, fields: Sequence[str]) -> None:
        super().__init__(message)
        self.fields = tuple(fields)


@dataclass(frozen=True)
class Edge:
    """One arrow of a machine.

    Takes: name, the verb on the button (code); label, the same for people; sources and target (None: the state stays);
           permission; needs, names of the inputs that must be given; guards, that raise TransitionRefused;
           event, that makes the event to publish; is_offered, whether it is a button; undo_minutes, how long the
           actor may take it back.
    """

    name: str
    label: Words
    sources: frozenset[str]
    target: str | None
    permission: str
    needs: tuple[str, ...] = ()
    is_reason_required: bool = False
    guards: tuple[Guard, ...] = ()
    event: EventMaker | None = None
    is_offered: bool = True
    undo_minutes: int = 0


@dataclass(frozen=True)
class Machine:
    """A named table of edges over an enum of states.

    Takes: model_label, `app.Model` of the objects; initial, the state that they are made in.
    Raises: ValueError if the table names an unknown state or an edge twice.
    """

    name: str
    model_label: str
    states: type[models.TextChoices]
    initial: str
    edges: tuple[Edge, ...]
    by_name: Mapping[str, Edge] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_name = {edge.name: edge for edge in self.edges}
        known = set(self.states.values)
        named = {state for edge in self.edges for state in (*edge.sources, *([edge.target] if edge.target else []))}
        named.add(self.initial)
        if len(by_name) != len(self.edges):
            raise ValueError(f"The machine {self.name} has two edges of one name.")
        if not named <= known:
            raise ValueError(f"The machine {self.name} names states that its enum lacks: {sorted(named - known)}.")
        object.__setattr__(self, "by_name", by_name)

    def edges_from(self, state: str) -> list[Edge]:
        """The arrows that leave a state, in the order of the table."""
        return [edge for edge in self.edges if state in edge.sources]

    def available(self, subject: StatefulModel, actor: Actor) -> list[Edge]:
        """What an actor may do with an object now: the buttons of its page."""
        return [
            edge
            for edge in self.edges_from(subject.state)
            if edge.is_offered and permissions.is_allowed(edge.permission, actor, subject)
        ]


@dataclass(frozen=True)
class Messages:
    """What a feature says, in its own words, when a transition is refused."""

    not_possible_now: Words
    somebody_was_first: Words
    input_missing: Words


_machines: dict[str, Machine] = {}


def register(machine: Machine) -> Machine:
    """Make a machine known, for the generated diagrams and the tests that walk every table."""
    _machines[machine.name] = machine
    return machine


def registered() -> Mapping[str, Machine]:
    """Every machine by name."""
    return dict(sorted(_machines.items()))


def perform(
    machine: Machine,
    subject: S,
    edge_name: str,
    *,
    actor: Actor,
    messages: Messages,
    reason: str = "",
    inputs: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> StateChange:
    """Move an object along one edge of its machine.

    Takes:   subject as it was read (its state and version are compared); inputs, what the edge needs and guards look
             at; changes, fields written in the same statement; data, facts for the history row (ids, dates, codes).
    Returns: the history row.
    Raises:  NotPossibleNow, InputMissing, SomebodyWasFirst, what guards raise; PermissionDenied.
    Effects: row, history, audit, event.
    """
    edge = machine.by_name.get(edge_name)
    if edge is None or subject.state not in edge.sources:
        raise NotPossibleNow(messages.not_possible_now)
    permissions.check(edge.permission, actor, subject)
    given = {**(inputs or {}), "reason": reason.strip()}
    _require(edge, given, messages)
    for guard in edge.guards:
        guard(subject, given)
    with transaction.atomic():
        change = _move(
            machine, subject, edge, actor=actor, reason=given["reason"], changes=changes, data=data, messages=messages
        )
        audit.record(
            f"{machine.name}.{edge.name}",
            actor=actor,
            subject=subject,
            municipality_id=subject.municipality_id,
            data={"from": change.from_state, "to": change.to_state},
        )
        if edge.event is not None:
            events.publish(edge.event(subject, change))
    return change


def _require(edge: Edge, given: Mapping[str, Any], messages: Messages) -> None:
    needs = (*edge.needs, "reason") if edge.is_reason_required else edge.needs
    missing = [need for need in dict.fromkeys(needs) if given.get(need) in (None, "")]
    if missing:
        raise InputMissing(messages.input_missing, fields=missing)


def _move(
    machine: Machine,
    subject: S,
    edge: Edge,
    *,
    actor: Actor,
    reason: str,
    changes: Mapping[str, Any] | None,
    data: Mapping[str, Any] | None,
    messages: Messages,
) -> StateChange:
    target = edge.target or subject.state
    at = clock.now()
    since = at if target != subject.state else subject.state_since
    written = {**(changes or {}), "state": target, "state_since": since}
    before = {name: _as_json(getattr(subject, name)) for name in written}
    _compare_and_set(subject, written, messages)
    change = record_change(
        machine,
        subject,
        edge_name=edge.name,
        to_state=target,
        actor=actor,
        reason=reason,
        data=data,
        before=before,
        at=at,
    )
    _take_over(subject, written)
    return change


def _compare_and_set(subject: StatefulModel, written: Mapping[str, Any], messages: Messages) -> None:
    claimed = (
        type(subject)
        ._base_manager.filter(pk=subject.pk, version=subject.version, state=subject.state)  # type: ignore[misc]
        .update(version=models.F("version") + 1, **written)
    )
    if not claimed:
        raise SomebodyWasFirst(messages.somebody_was_first)


def _take_over(subject: StatefulModel, written: Mapping[str, Any]) -> None:
    subject.version += 1
    for name, value in written.items():
        setattr(subject, name, value)


def _as_json(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date | datetime) else value


def undo(machine: Machine, subject: S, change: StateChange, *, actor: Actor, messages: Messages) -> StateChange:
    """Take back the last step of an object: the state and the fields that it overwrote return.

    Takes:   change, the step; only the one who did it may, within the edge's `undo_minutes`.
    Returns: the history row of the undoing, with `data.undoes`.
    Raises:  NotPossibleNow (too late, not the last step, not one that can be undone), SomebodyWasFirst,
             PermissionDenied.
    Effects: row, history, audit.
    """
    edge = machine.by_name[change.edge]
    if actor.pk is None or actor.pk != change.actor_id:
        raise PermissionDenied(change.edge)
    last = StateChange.objects.filter(subject_id=subject.pk).order_by("-id").first()
    is_in_time = clock.now() < change.at + timedelta(minutes=edge.undo_minutes)
    if last != change or not is_in_time:
        raise NotPossibleNow(messages.not_possible_now)
    fields: dict[str, Any] = {name: type(subject)._meta.get_field(name) for name in change.before}
    written = {name: fields[name].to_python(value) for name, value in change.before.items()}
    with transaction.atomic():
        _compare_and_set(subject, written, messages)
        undone = record_change(
            machine,
            subject,
            edge_name="undo",
            to_state=written["state"],
            actor=actor,
            data={"undoes": str(change.pk), "edge": change.edge},
        )
        _take_over(subject, written)
        audit.record(
            f"{machine.name}.undo",
            actor=actor,
            subject=subject,
            municipality_id=subject.municipality_id,
            data={"edge": change.edge},
        )
    return undone


def record_change(
    machine: Machine,
    subject: StatefulModel,
    *,
    edge_name: str,
    to_state: str,
    actor: Actor,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> StateChange:
    """Write one row of an object's history; `perform` does it for every edge, a creating service for the first row."""
    return StateChange.objects.create(
        machine=machine.name,
        subject_id=subject.pk,
        municipality_id=subject.municipality_id,
        edge=edge_name,
        from_state=subject.state if edge_name != "create" else "",
        to_state=to_state,
        actor_id=actor.pk,
        actor_kind=audit.kind_of(actor),
        reason=reason,
        data=dict(data or {}),
        before=dict(before or {}),
        at=at or clock.now(),
    )
