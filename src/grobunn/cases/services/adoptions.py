"""Taking another's case into use: one function per verb on a button. Only the adopter moves an adoption."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from grobunn.cases.events import AdoptionBegun
from grobunn.cases.models import Adoption, Case, Edition
from grobunn.cases.packages import starting_steps
from grobunn.cases.queries.adoptions import is_based_on, is_own_case
from grobunn.cases.services.counting import locked_case, recount_adoptions
from grobunn.cases.states import ADOPTION_MESSAGES, ADOPTIONS, GOING_ON, AdoptionState, CaseState
from grobunn.cases.validators import validate_no_identity_numbers
from grobunn.kernel import audit, clock, events, permissions, statemachine
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import NotPossibleNow, SomebodyWasFirst, TransitionRefused
from grobunn.organisations.models import Municipality, Unit

# "Is it still in use?" is asked once, so long after it was told.
CONFIRM_AFTER_MONTHS = 6


class OwnCase(TransitionRefused):
    """A municipality's own case, or one of those that it is made of."""


class AlreadyBegun(TransitionRefused):
    """The municipality is on its way with the case already."""

    def __init__(self, message: Any, *, adoption: Adoption) -> None:
        super().__init__(message)
        self.adoption = adoption


class CaseNotRead(TransitionRefused):
    """The case is not published: nobody can take it into use."""


class DidNotWork(TransitionRefused):
    """The case tells of what did not work, and nobody has made it work since."""


class LineageLoops(TransitionRefused):
    """Two that would be based on each other, or one on another case."""


def begin_adoption(
    case: Case, *, municipality: Municipality, actor: Actor, based_on: Adoption | None = None, key: UUID | None = None
) -> Adoption:
    """Say that a municipality thinks about a case of another, and open its start package.

    Takes:   municipality, the adopter; based_on, another's adoption of the case whose way they start from; key, of the
             form: sent again, it gives the same adoption.
    Raises:  PermissionDenied; CaseNotRead, OwnCase, AlreadyBegun, LineageLoops, DidNotWork.
    Effects: row, history, audit, event.
    """
    permissions.check("cases.adopt", actor, municipality)
    with scopes_disabled(), transaction.atomic():
        locked = locked_case(case.pk)
        known = Adoption.objects.filter(key=key, municipality=municipality).first() if key is not None else None
        if known is not None:
            return known
        _check_beginning(locked, municipality, based_on)
        adoption = Adoption.objects.create(
            municipality=municipality,
            adopter=municipality,
            case=locked,
            edition=Edition.objects.filter(case=locked).order_by("-number").first(),
            based_on=based_on,
            responsible_id=actor.pk,
            steps=starting_steps(locked, language=municipality.language),
            key=key,
            is_synthetic=locked.is_synthetic,
        )
        statemachine.record_change(
            ADOPTIONS, adoption, edge_name="create", to_state=AdoptionState.CONSIDERING, actor=actor
        )
        audit.record("adoptions.begin", actor=actor, subject=adoption, municipality_id=municipality.pk)
        events.publish(
            AdoptionBegun(adoption_id=adoption.pk, municipality_id=municipality.pk, case_id=adoption.case_id)
        )
    return adoption


def _check_beginning(case: Case, municipality: Municipality, based_on: Adoption | None) -> None:
    if case.state != CaseState.PUBLISHED:
        raise CaseNotRead(_("The case is not published any more."))
    if is_own_case(case, municipality):
        raise OwnCase(_("This is your own case: only others can take it into use."))
    going_on = Adoption.objects.filter(case=case, municipality=municipality, state__in=GOING_ON).first()
    if going_on is not None:
        raise AlreadyBegun(_("Your municipality is on its way with this already."), adoption=going_on)
    if based_on is not None and based_on.case_id != case.pk:
        raise LineageLoops(_("That is an adoption of another case."))
    if case.is_learning and based_on is None:
        raise DidNotWork(_("It did not work where it was tried. Ask them what they would have done differently."))


def plan(adoption: Adoption, *, actor: Actor, planned_on: date | None, key: UUID | None = None) -> StateChange:
    """Say from when it is planned. Raises and effects: as `perform`."""
    told = {"planned_on": planned_on}
    return _step(adoption, "plan", actor=actor, key=key, inputs=told, changes=told)


def replan(adoption: Adoption, *, actor: Actor, planned_on: date | None, key: UUID | None = None) -> StateChange:
    """Say that it is planned from another day. Raises and effects: as `perform`; nobody is sent a notice."""
    told = {"planned_on": planned_on}
    return _step(adoption, "replan", actor=actor, key=key, inputs=told, changes=told)


def try_out(adoption: Adoption, *, actor: Actor, key: UUID | None = None) -> StateChange:
    """Say that trying out has begun. Raises and effects: as `perform`."""
    return _step(adoption, "try_out", actor=actor, key=key, changes={"tried_on": clock.today()})


def take_into_use(
    adoption: Adoption,
    *,
    actor: Actor,
    in_use_on: date | None,
    manner: str,
    contact_role: str,
    changed: str = "",
    gave: str = "",
    contact_unit: Unit | None = None,
    contact_mailbox: str = "",
    based_on: Adoption | None = None,
    key: UUID | None = None,
) -> StateChange:
    """Say that it is in use, since when and how: from now on the adoption counts.

    Takes:   changed, what they do in another way than the original; gave, what it gave so far; contact_role, whom the
             next one may ask; based_on, whose way they started from (None: as it is).
    Raises:  guards.DateLiesAhead, ChangesUntold; LineageLoops; ValidationError; as `perform`.
    Effects: as `perform`; the case's count.
    """
    changes = {
        "in_use_on": in_use_on,
        "manner": manner,
        "changed": changed.strip(),
        "gave": gave.strip(),
        "contact_role": contact_role,
        "contact_unit_id": contact_unit.pk if contact_unit else None,
        "contact_mailbox": contact_mailbox.strip(),
        "confirm_due_on": months_after(clock.today(), CONFIRM_AFTER_MONTHS),
        "confirm_asked_at": None,
        "confirmed_at": None,
    }
    if based_on is not None:
        changes["based_on_id"] = based_on.pk
    return _step(
        adoption,
        "take_into_use",
        actor=actor,
        key=key,
        texts={"changed": changed, "gave": gave},
        inputs=changes,
        changes=changes,
        based_on=based_on,
        data={"manner": manner, "in_use_on": in_use_on.isoformat() if in_use_on else None},
    )


def confirm(adoption: Adoption, *, actor: Actor, gave: str = "", key: UUID | None = None) -> StateChange:
    """Say that it is still in use. Takes: gave, what it has given, where that is known now. Effects: as `perform`."""
    changes: dict[str, Any] = {"confirmed_at": clock.now(), "confirm_due_on": None}
    if gave.strip():
        changes["gave"] = gave.strip()
    return _step(adoption, "confirm", actor=actor, key=key, texts={"gave": gave}, changes=changes)


def tell(adoption: Adoption, *, actor: Actor, gave: str, changed: str, key: UUID | None = None) -> StateChange:
    """Tell anew what it has given and what was changed: often known long after it was taken into use.

    Raises: guards.ChangesUntold; as `perform`. Effects: as `perform`; the origin is not sent a notice.
    """
    told = {"gave": gave.strip(), "changed": changed.strip()}
    return _step(adoption, "tell", actor=actor, key=key, texts=told, inputs=told, changes=told)


def stop(adoption: Adoption, *, actor: Actor, reason: str, key: UUID | None = None) -> StateChange:
    """Say that it has stopped, and why: others learn from it. Raises and effects: as `perform`; the case's count."""
    changes = {"stopped_on": clock.today(), "stopped_because": reason.strip(), "confirm_due_on": None}
    return _step(adoption, "stop", actor=actor, key=key, reason=reason, texts={"reason": reason}, changes=changes)


TRANSITIONS: Mapping[str, Callable[..., StateChange]] = {
    "plan": plan,
    "replan": replan,
    "try_out": try_out,
    "take_into_use": take_into_use,
    "confirm": confirm,
    "tell": tell,
    "stop": stop,
}


def move_adoption(
    adoption: Adoption,
    name: str,
    *,
    actor: Actor,
    version: int | None = None,
    key: UUID | None = None,
    **arguments: Any,
) -> StateChange:
    """Do one step by its name: one door for the pages and for the API.

    Takes:   version that the actor looked at, if known; key, of the form: sent again, the step that it led to.
    Raises:  NotPossibleNow for an unknown name; SomebodyWasFirst; what the step itself raises.
    """
    transition = TRANSITIONS.get(name)
    if transition is None:
        raise NotPossibleNow(ADOPTION_MESSAGES.not_possible_now)
    if key is not None and (done := _done_with(adoption, key)) is not None:
        permissions.check("cases.move_adoption", actor, adoption)
        return done
    if version is not None and version != adoption.version:
        raise SomebodyWasFirst(ADOPTION_MESSAGES.somebody_was_first)
    return transition(adoption, actor=actor, key=key, **arguments)


def months_after(on: date, months: int) -> date:
    """The same day of a later month, or that month's last where it has no such day."""
    years, month = divmod(on.month - 1 + months, 12)
    year = on.year + years
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def _done_with(adoption: Adoption, key: UUID) -> StateChange | None:
    """The step that a form with this key led to, if it has come before."""
    return StateChange.objects.filter(subject_id=adoption.pk, data__key=str(key)).first()


def _step(
    adoption: Adoption,
    edge: str,
    *,
    actor: Actor,
    key: UUID | None,
    reason: str = "",
    texts: Mapping[str, str] | None = None,
    inputs: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    based_on: Adoption | None = None,
    data: Mapping[str, Any] | None = None,
) -> StateChange:
    validate_no_identity_numbers(texts or {})
    with scopes_disabled(), transaction.atomic():
        locked_case(adoption.case_id)
        if key is not None and (done := _done_with(adoption, key)) is not None:
            return done
        if based_on is not None and (based_on.case_id != adoption.case_id or is_based_on(based_on, adoption)):
            raise LineageLoops(_("They started from you, so you cannot have started from them. Choose the original."))
        change = statemachine.perform(
            ADOPTIONS,
            adoption,
            edge,
            actor=actor,
            messages=ADOPTION_MESSAGES,
            reason=reason,
            inputs=inputs,
            changes=changes,
            data={**(data or {}), **({"key": str(key)} if key is not None else {})},
        )
        recount_adoptions(adoption.case_id)
    return change
