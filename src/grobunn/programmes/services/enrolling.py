"""Who gets into a cohort, who stands in line, and who moves up: under one lock for each cohort."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.kernel import clock, events, ids, permissions, statemachine
from grobunn.kernel.actors import SYSTEM, Actor
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.models import Unit
from grobunn.programmes.events import Invited
from grobunn.programmes.models import Cohort, Enrolment
from grobunn.programmes.states import (
    ENROLMENT_MACHINE,
    ENROLMENT_MESSAGES,
    HOLDS_A_PLACE,
    TAKES_IN,
    CohortState,
    EnrolmentState,
)


class NotTakingIn(TransitionRefused):
    """The cohort takes nobody in now."""


@dataclass(frozen=True)
class Invitee:
    """Somebody to invite. Takes: email, in any case; organisation, of an external."""

    name: str
    email: str
    unit: Unit | None = None
    leader_level: int | None = None
    organisation: str = ""
    is_external: bool = False
    is_synthetic: bool = False


def invite(cohort: Cohort, invitees: Iterable[Invitee], *, actor: Actor) -> list[Enrolment]:
    """Invite people; who is known by the e-mail address already keeps the place they have.

    Returns: the new ones.
    Raises:  PermissionDenied.
    Effects: rows, history, Invited.
    """
    permissions.check("programmes.run", actor, cohort)
    by_email = {each.email.strip().lower(): each for each in invitees}
    with transaction.atomic(), scope(municipality=cohort.municipality_id):
        _locked(cohort)
        known = set(Enrolment.objects.filter(cohort=cohort, email__in=by_email).values_list("email", flat=True))
        users = {user.email: user for user in User.objects.filter(email__in=by_email, is_active=True)}
        made = Enrolment.objects.bulk_create(
            Enrolment(
                id=ids.new_id(),
                municipality_id=cohort.municipality_id,
                cohort=cohort,
                user=users.get(email),
                name=each.name.strip() or email,
                email=email,
                unit=each.unit,
                leader_level=each.leader_level,
                organisation=each.organisation.strip(),
                is_external=each.is_external,
                is_synthetic=each.is_synthetic,
                feed_key=secrets.token_urlsafe(24),
            )
            for email, each in by_email.items()
            if email not in known
        )
        for enrolment in made:
            statemachine.record_change(
                ENROLMENT_MACHINE, enrolment, edge_name="invite", to_state=enrolment.state, actor=actor
            )
            events.publish(
                Invited(enrolment_id=enrolment.pk, cohort_id=cohort.pk, municipality_id=cohort.municipality_id)
            )
    return made


def accept(enrolment: Enrolment, *, actor: Actor) -> StateChange:
    """Take the place, or stand in line where there is none left.

    Raises:  NotTakingIn, NotPossibleNow, SomebodyWasFirst; PermissionDenied.
    Effects: row, history, EnrolmentStepped.
    """
    with transaction.atomic(), scope(municipality=enrolment.municipality_id):
        cohort = _locked(enrolment.cohort)
        if cohort.state not in TAKES_IN:
            raise NotTakingIn(_("This cohort does not take anybody in now. Ask whoever runs the programme."))
        edge = "accept" if _has_room(cohort) else "line_up"
        changes = {"in_line_since": None if edge == "accept" else clock.now()}
        return step(enrolment, edge, actor=actor, changes=changes)


def decline(enrolment: Enrolment, *, actor: Actor, reason: str = "") -> StateChange:
    """Say no. Raises: NotPossibleNow, SomebodyWasFirst; PermissionDenied."""
    return step(enrolment, "decline", actor=actor, reason=reason, changes={"in_line_since": None})


def withdraw(enrolment: Enrolment, *, actor: Actor, reason: str = "") -> StateChange:
    """Give up the place; the first in line gets it. Raises: NotPossibleNow, SomebodyWasFirst; PermissionDenied."""
    with transaction.atomic(), scope(municipality=enrolment.municipality_id):
        cohort = _locked(enrolment.cohort)
        change = step(enrolment, "withdraw", actor=actor, reason=reason)
        move_up(cohort)
    return change


def move_up(cohort: Cohort) -> list[Enrolment]:
    """Give free places to those in line, in the order in which they came. Returns: who got one."""
    moved = []
    with transaction.atomic(), scope(municipality=cohort.municipality_id):
        cohort = _locked(cohort)
        if cohort.state not in TAKES_IN:
            return []
        line = Enrolment.objects.filter(cohort=cohort, state=EnrolmentState.WAITING)
        for enrolment in line.order_by("in_line_since", "id"):
            if not _has_room(cohort):
                break
            step(enrolment, "move_up", actor=SYSTEM, changes={"in_line_since": None})
            moved.append(enrolment)
    return moved


def _has_room(cohort: Cohort) -> bool:
    if cohort.places is None:
        return True
    return Enrolment.objects.filter(cohort=cohort, state__in=HOLDS_A_PLACE).count() < cohort.places


def _locked(cohort: Cohort) -> Cohort:
    """The cohort as it is now, so that everybody else who enrols waits."""
    now = Cohort.objects.select_for_update().get(pk=cohort.pk)
    cohort.state, cohort.places = CohortState(now.state), now.places
    return cohort


def step(enrolment: Enrolment, edge: str, *, actor: Actor, reason: str = "", changes: Any = None) -> StateChange:
    """Move a place along one edge. Takes, raises and effects: as `statemachine.perform`."""
    return statemachine.perform(
        ENROLMENT_MACHINE,
        enrolment,
        edge,
        actor=actor,
        messages=ENROLMENT_MESSAGES,
        reason=reason,
        changes=changes,
    )
