"""Who gets into a cohort, who stands in line, and who moves up: under one lock for each cohort."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.kernel import clock, events, ids, permissions, statemachine
from grobunn.kernel.actors import SYSTEM, Actor, SystemActor
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
    return _invited(cohort, invitees, actor=actor)


def join(cohort: Cohort, invitee: Invitee, *, actor: Actor) -> Enrolment:
    """Give somebody a place without anybody having invited them, or a place in line. Repeated, it changes nothing.

    Whether they may is for the caller to have asked.

    Raises:  NotTakingIn, NotPossibleNow; PermissionDenied.
    Effects: row, history, Invited, EnrolmentStepped.
    """
    email = invitee.email.strip().lower()
    with transaction.atomic(), scope(municipality=cohort.municipality_id):
        _invited(cohort, [invitee], actor=actor)
        enrolment = Enrolment.objects.select_for_update(of=("self",)).get(cohort=cohort, email=email)
        enrolment.cohort = cohort
        if enrolment.state in _ASKED:
            accept(enrolment, actor=actor)
    return enrolment


def _invited(cohort: Cohort, invitees: Iterable[Invitee], *, actor: Actor) -> list[Enrolment]:
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
        edge = "accept" if has_room(cohort) else "line_up"
        changes = {"in_line_since": None if edge == "accept" else clock.now()}
        return step(enrolment, edge, actor=actor, changes=changes)


def take_in(cohort: Cohort, enrolments: Iterable[Enrolment], *, actor: Actor) -> list[Enrolment]:
    """Give places to many without asking them first, in the order given; the rest stand in line.

    Returns: those who have a place or stand in line now and did not before.
    Raises:  PermissionDenied.
    Effects: rows, history, EnrolmentStepped.
    """
    permissions.check("programmes.run", actor, cohort)
    taken = []
    with transaction.atomic(), scope(municipality=cohort.municipality_id):
        _locked(cohort)
        held = Enrolment.objects.filter(cohort=cohort, state__in=HOLDS_A_PLACE).count()
        for enrolment in enrolments:
            if enrolment.state not in _ASKED:
                continue
            is_free = cohort.places is None or held < cohort.places
            held += is_free
            changes = {"in_line_since": None if is_free else clock.now()}
            enrolment.cohort = cohort
            step(enrolment, "accept" if is_free else "line_up", actor=actor, changes=changes)
            taken.append(enrolment)
    return taken


def take_out(cohort: Cohort, enrolments: Iterable[Enrolment], *, actor: Actor) -> list[Enrolment]:
    """End the places, and the invitations, of many; those in line move up.

    Returns: those who took part, or were asked to, and do not any more.
    Raises:  PermissionDenied.
    Effects: rows, history, EnrolmentStepped.
    """
    if not isinstance(actor, SystemActor):
        permissions.check("programmes.run", actor, cohort)
    out = []
    with transaction.atomic(), scope(municipality=cohort.municipality_id):
        _locked(cohort)
        for enrolment in enrolments:
            edge = next((name for name in ("withdraw", "decline") if _leads_from(name, enrolment)), None)
            if edge is not None:
                step(enrolment, edge, actor=actor, changes={"in_line_since": None})
                out.append(enrolment)
        move_up(cohort)
    return out


def _leads_from(edge: str, enrolment: Enrolment) -> bool:
    return enrolment.state in ENROLMENT_MACHINE.by_name[edge].sources


_ASKED = ENROLMENT_MACHINE.by_name["accept"].sources


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
            if not has_room(cohort):
                break
            step(enrolment, "move_up", actor=SYSTEM, changes={"in_line_since": None})
            moved.append(enrolment)
    return moved


def link_account(user: User, *, enrolment_id: UUID | None = None) -> None:
    """Give an account the places that its address has. Safe to repeat.

    Takes:   enrolment_id, of a place that the person was invited to under another address of theirs.
    Effects: rows.
    """
    with scopes_disabled(), transaction.atomic():
        its = Q(email=user.email.lower()) | Q(pk=enrolment_id)
        has = Enrolment.objects.filter(user=user).values("cohort_id")
        Enrolment.objects.filter(its, user=None).exclude(cohort_id__in=has).update(user=user)


def number_in_line(enrolment: Enrolment) -> int:
    """Somebody's number in line, 1 for the first."""
    with scope(municipality=enrolment.municipality_id):
        before = Q(in_line_since__lt=enrolment.in_line_since) | Q(
            in_line_since=enrolment.in_line_since, pk__lt=enrolment.pk
        )
        line = Enrolment.objects.filter(cohort_id=enrolment.cohort_id, state=EnrolmentState.WAITING)
        return line.filter(before).count() + 1


def has_room(cohort: Cohort) -> bool:
    """Whether somebody more gets a place."""
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
