"""What the holder does with an idea, and what the writer does back: one function per verb on a button."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from grobunn.ideas.models import Idea
from grobunn.ideas.services.promise import new_promise, resumed
from grobunn.ideas.services.routing import Route
from grobunn.ideas.services.submit import holder_fields, route_as_data
from grobunn.ideas.states import MACHINE, MESSAGES
from grobunn.ideas.validators import validate_no_identity_number
from grobunn.ideas.waking import WaitsFor, subject_of
from grobunn.kernel import clock, statemachine
from grobunn.kernel.actors import SYSTEM, Actor, Mandated
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.models import Municipality, Role, Unit
from grobunn.organisations.queries import holder_of, roles_of


class SameHolder(TransitionRefused):
    """Forwarded to the role that has it already."""


def take_up(idea: Idea, *, actor: Actor) -> StateChange:
    """Take an idea up for assessment; a parked one gets a new promise. Raises and effects: as `perform`."""
    return _step(idea, "take_up", actor=actor, changes=_wakened(idea) if idea.parked_until else _unparked())


def ask(idea: Idea, *, actor: Actor, reason: str) -> StateChange:
    """Ask the writer a question; the clock of the promise stands still. Raises and effects: as `perform`."""
    return _step(idea, "ask", actor=actor, reason=reason, changes={"clock_paused_on": clock.today()})


def reply(idea: Idea, *, actor: Actor, reason: str) -> StateChange:
    """The writer answers the question; the clock runs again from where it stood.

    Raises:  as `perform`; ValidationError for a national identity number in the text.
    Effects: as `perform`.
    """
    return _step(idea, "reply", actor=actor, reason=reason, changes=resumed(idea, on=clock.today()))


def forward(idea: Idea, *, actor: Actor, role: str, unit: Unit | None, reason: str = "") -> StateChange:
    """Give the idea to another role; the promised date stays.

    Raises:  SameHolder; as `perform`.
    Effects: as `perform`.
    """
    holder = holder_of(Role(role), unit, municipality=idea.municipality)
    route = Route(rule=None, holder=holder)
    fields = holder_fields(route)
    if (fields["holder_role"], fields["holder_unit_id"]) == (idea.holder_role, idea.holder_unit_id):
        raise SameHolder(_("That role has the idea already. Choose another one."))
    return _step(
        idea,
        "forward",
        actor=actor,
        reason=reason,
        inputs={"role": role},
        changes={**fields, "rule_id": None, "reminded_at": None, "escalated_to_id": None},
        data=route_as_data(route),
    )


def start(idea: Idea, *, actor: Actor, reason: str) -> StateChange:
    """Say yes: somebody works on it now. Raises and effects: as `perform`."""
    return _step(idea, "start", actor=actor, reason=reason, changes=answered_fields(idea))


def park(
    idea: Idea,
    *,
    actor: Actor,
    until: date | None,
    reason: str,
    condition: str = "",
    waits_for: str = WaitsFor.DATE,
    waits_subject: str = "",
) -> StateChange:
    """Put the idea away until a day, and say why; it comes back by itself.

    Takes:   condition, what would wake it earlier, in a sentence; waits_for and waits_subject, the same as far as the
             system can see it.
    Raises:  guards.DateHasPassed; as `perform`.
    """
    waits = {"waits_for": waits_for or WaitsFor.DATE, "waits_subject": subject_of(waits_subject)}
    return _step(
        idea,
        "park",
        actor=actor,
        reason=reason,
        inputs={"until": until},
        changes={**answered_fields(idea), "parked_until": until, "parked_condition": condition.strip(), **waits},
        data={"until": until.isoformat() if until else None, "condition": condition.strip(), **waits},
    )


def solve(idea: Idea, *, actor: Actor, solution: str, reason: str) -> StateChange:
    """Say that the solution exists, and where. Takes: solution, an address or a name. Raises: as `perform`."""
    return _step(
        idea,
        "solve",
        actor=actor,
        reason=reason,
        inputs={"solution": solution.strip()},
        changes={**answered_fields(idea), "solution": solution.strip()},
        data={"solution": solution.strip()},
    )


def decline(idea: Idea, *, actor: Actor, reason: str) -> StateChange:
    """Say no, with the reason. Raises and effects: as `perform`."""
    return _step(idea, "decline", actor=actor, reason=reason, changes=answered_fields(idea))


def wake(idea: Idea, *, because: str | None = None) -> StateChange:
    """Bring a parked idea back, with a new promise: on its day, or because what it waits for has come.

    On its day the condition stays with the idea, for its holder to say whether it has come.
    Takes:   because, what was seen; None on the day.
    Effects: as `perform`.
    """
    waited = {"condition": idea.parked_condition, **_waits(idea)}
    is_review = because is None and (idea.parked_condition or idea.waits_for not in ("", WaitsFor.DATE))
    kept = {"parked_condition": idea.parked_condition, **_waits(idea)} if is_review else {}
    changes = {**_wakened(idea), **kept}
    seen = {} if because is None else {"because": because}
    data = {"due": changes["answer_due_on"].isoformat(), **waited, **seen}
    return _step(idea, "wake", actor=SYSTEM, changes=changes, data=data)


def reopen(idea: Idea, *, actor: Actor, reason: str) -> StateChange:
    """Open a finished idea again, with a new promise. Raises and effects: as `perform`."""
    return _step(idea, "reopen", actor=actor, reason=reason, changes=_wakened(idea))


def withdraw(idea: Idea, *, actor: Actor, reason: str = "") -> StateChange:
    """The writer takes it back. Raises and effects: as `perform`."""
    return _step(idea, "withdraw", actor=actor, reason=reason, changes={**_unparked(), "clock_paused_on": None})


def _step(
    idea: Idea,
    edge: str,
    *,
    actor: Actor,
    reason: str = "",
    inputs: dict[str, Any] | None = None,
    changes: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
) -> StateChange:
    validate_no_identity_number(reason)
    return statemachine.perform(
        MACHINE,
        idea,
        edge,
        actor=actor,
        messages=MESSAGES,
        reason=reason,
        inputs=inputs,
        changes=changes,
        data={**acting_as(idea, actor), **(data or {})},
    )


def acting_as(idea: Idea, actor: Actor) -> dict[str, Any]:
    """In what role somebody acts, for the sentence in the thread: a body's, the holder's, else the adviser's."""
    if isinstance(actor, Mandated):
        return {"for": actor.body}
    if actor.pk is None or actor.pk == idea.writer_id:
        return {}
    if actor.pk == idea.holder_id:
        return {"by": idea.holder_role, "by_unit": idea.holder_unit.name if idea.holder_unit else ""}
    held = roles_of(actor).in_municipality(idea.municipality_id)
    ranked = sorted(held, key=lambda role: role.role != Role.INNOVATION_ADVISER)
    return {"by": ranked[0].role} if ranked else {}


def answered_fields(idea: Idea) -> dict[str, Any]:
    """The promise is kept: nothing is owed any more, and the first time it is noted whether it was in time."""
    fields: dict[str, Any] = {
        "answer_due_on": None,
        "remind_on": None,
        "escalate_on": None,
        "clock_paused_on": None,
        "escalated_to_id": None,
        **_unparked(),
    }
    if idea.first_answered_at is None:
        is_late = idea.answer_due_on is not None and clock.today() > idea.answer_due_on and not idea.clock_paused_on
        fields |= {"first_answered_at": clock.now(), "is_answered_in_time": not is_late}
    return fields


def _unparked() -> dict[str, Any]:
    return {"parked_until": None, "parked_condition": "", "waits_for": "", "waits_subject": ""}


def _waits(idea: Idea) -> dict[str, Any]:
    return {"waits_for": idea.waits_for, "waits_subject": idea.waits_subject}


def _wakened(idea: Idea) -> dict[str, Any]:
    municipality: Municipality = idea.municipality
    return {**new_promise(municipality, on=clock.today()).as_fields(), **_unparked(), "solution": ""}
