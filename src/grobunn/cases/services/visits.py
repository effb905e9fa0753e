"""Study visits: asked for by one municipality, agreed by the origin of the case, and kept in a log."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from grobunn.cases.events import VisitMoved
from grobunn.cases.models import Case, Visit
from grobunn.cases.services.questions import check_asking
from grobunn.cases.states import ADOPTION_MESSAGES, VISITS
from grobunn.cases.validators import validate_no_identity_numbers
from grobunn.kernel import audit, clock, events, permissions, statemachine
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import NotPossibleNow, SomebodyWasFirst
from grobunn.organisations.models import Municipality


def ask_for_visit(case: Case, *, municipality: Municipality, actor: Actor, wish: str, people: int, key: UUID) -> Visit:
    """Ask the origin whether a municipality may come and see.

    Takes:   wish, what they would like to see and when; key, of the form: sent again, it is the same visit.
    Raises:  PermissionDenied; CaseNotRead, OwnCase; ValidationError.
    Effects: row, history, audit, event.
    """
    permissions.check("cases.ask", actor, municipality)
    check_asking(case, municipality)
    if not wish.strip():
        raise ValidationError({"wish": _("Write what you would like to see, and when you can come.")}, code="required")
    validate_no_identity_numbers({"wish": wish})
    with scopes_disabled(), transaction.atomic():
        visit, is_new = Visit.objects.get_or_create(
            key=key,
            defaults={
                "municipality": municipality,
                "case": case,
                "wish": wish.strip(),
                "people": people,
                "asked_by_id": actor.pk,
            },
        )
        if is_new:
            change = statemachine.record_change(
                VISITS, visit, edge_name="create", to_state=visit.state, actor=actor, reason=visit.wish
            )
            audit.record("visits.ask", actor=actor, subject=visit, municipality_id=municipality.pk)
            events.publish(
                VisitMoved(
                    visit_id=visit.pk,
                    municipality_id=municipality.pk,
                    case_id=visit.case_id,
                    change_id=change.pk,
                    edge=change.edge,
                )
            )
    return visit


def agree(visit: Visit, *, actor: Actor, on: date | None, answer: str = "") -> StateChange:
    """Agree on a day, or on another one. Takes: answer, where and how. Raises and effects: as `perform`."""
    changes = {"on": on, "answer": answer.strip(), **_answered_by(actor)}
    data = {"on": on.isoformat() if on else None}
    return _step(visit, "agree", actor=actor, words=answer, inputs={"on": on}, changes=changes, data=data)


def hold(visit: Visit, *, actor: Actor) -> StateChange:
    """Say that the visit has been. Raises and effects: as `perform`."""
    return _step(visit, "hold", actor=actor)


def decline(visit: Visit, *, actor: Actor, reason: str) -> StateChange:
    """Say that it is not possible, and why. Raises and effects: as `perform`."""
    changes = {"answer": reason.strip(), **_answered_by(actor)}
    return _step(visit, "decline", actor=actor, words=reason, reason=reason, changes=changes)


_STEPS: Mapping[str, Callable[..., StateChange]] = {"agree": agree, "hold": hold, "decline": decline}


def move_visit(visit: Visit, name: str, *, actor: Actor, version: int | None = None, **arguments: Any) -> StateChange:
    """Do one step by its name.

    Raises: NotPossibleNow for an unknown name; SomebodyWasFirst; what the step itself raises.
    """
    step = _STEPS.get(name)
    if step is None:
        raise NotPossibleNow(ADOPTION_MESSAGES.not_possible_now)
    if version is not None and version != visit.version:
        raise SomebodyWasFirst(ADOPTION_MESSAGES.somebody_was_first)
    return step(visit, actor=actor, **arguments)


def _answered_by(actor: Actor) -> dict[str, Any]:
    return {"answered_by_id": actor.pk, "answered_at": clock.now()}


def _step(
    visit: Visit,
    edge: str,
    *,
    actor: Actor,
    words: str = "",
    reason: str = "",
    inputs: dict[str, Any] | None = None,
    changes: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
) -> StateChange:
    validate_no_identity_numbers({"answer": words})
    return statemachine.perform(
        VISITS,
        visit,
        edge,
        actor=actor,
        messages=ADOPTION_MESSAGES,
        reason=reason or words,
        inputs=inputs,
        changes=changes,
        data=data,
    )
