"""Who owns an initiative: given on, accepted, and never nobody when somebody leaves."""

from collections.abc import Collection
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.succession import (
    NextOwner,
    fits,
    next_owner,
    owned_by,
    owned_in,
    owners_who_do_not_fit,
)
from grobunn.initiatives.services.steps import all_or_nothing, step
from grobunn.initiatives.states import UNFINISHED
from grobunn.kernel import clock
from grobunn.kernel.actors import SYSTEM, Actor
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.calendar import working_days_between
from grobunn.organisations.models import LEADER_LINE, Municipality, Role, Unit
from grobunn.organisations.queries import away_today, forget_roles

# Why somebody does not own it any more; the history's sentence says it.
Why = Literal["role_ended", "left", "deleted", "away", "unit_closed", "leader_came"]

# Who is away for a week comes back to what is theirs; who is away longer without a stand-in cannot answer for it.
SHORT_ABSENCE_DAYS = 5


class NotALeader(TransitionRefused):
    """Given to somebody who is not in the line there."""


class OwnsItAlready(TransitionRefused):
    """Given to whoever owns it."""


class OnlyKeepsThePlace(TransitionRefused):
    """Accepted by somebody who is not in the line: they may only pass it on."""


def change_owner(
    initiative: Initiative, *, to: User, role: str, unit: Unit, actor: Actor, reason: str = ""
) -> StateChange:
    """Give an initiative to a leader, who is told and asked; who takes it themselves has said yes by that.

    Raises:  NotALeader, OwnsItAlready, what a step raises.
    Effects: row, history, audit, OwnerChanged.
    """
    if (initiative.owner_id, initiative.owner_role, initiative.owner_unit_id) == (to.pk, role, unit.pk):
        raise OwnsItAlready(_("That is who owns it now. Choose somebody else."))
    with all_or_nothing(initiative):
        person = lock_owner(to.pk, role=role, unit=unit)
        if person is None or unit.municipality_id != initiative.municipality_id:
            raise NotALeader(_("The owner is somebody in the line: choose a leader."))
        return _given(
            initiative, "change_owner", person, role=role, unit=unit, actor=actor, reason=reason, data={"how": "given"}
        )


def accept_owner(initiative: Initiative, *, actor: Actor) -> StateChange:
    """Say yes to an initiative that came from somebody else.

    Raises:  OnlyKeepsThePlace, what a step raises.
    Effects: row, history, audit.
    """
    if initiative.owner_role not in LEADER_LINE:
        raise OnlyKeepsThePlace(_("You keep the place until there is a leader. Give it to somebody in the line."))
    changes = {"is_owner_asked": False, **_ASKED_NOTHING}
    return step(initiative, "accept_owner", actor=actor, changes=changes)


def lock_owner(user_id: UUID, *, role: str, unit: Unit) -> User | None:
    """Hold somebody's account until the transaction ends, so that they cannot leave while they become owner.

    Returns: the person, None if they have left or have not the role in the line of that unit.
    """
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id, is_active=True).first()
    return user if user is not None and fits(user, role=role, unit=unit) else None


def hand_over(user_id: UUID, *, why: Why, without: Collection[UUID] = ()) -> int:
    """Find another owner for what somebody owns and can no longer answer for. Returns: how many moved."""
    return _each(owned_by(user_id), why=why, without=without)


def hand_over_unit(unit_id: UUID) -> int:
    """Find another owner for what the leaders of a closed unit owned. Returns: how many moved."""
    return _each(owned_in(unit_id), why="unit_closed")


def hand_over_absent(municipality_id: UUID, user_id: UUID) -> int:
    """Somebody is away: the stand-in answers, as for every role; longer away with none, it gets another owner.

    Returns: how many moved.
    """
    with scopes_disabled():
        absence = away_today(municipality_id).filter(user_id=user_id).first()
        if absence is None or working_days_between(clock.today(), absence.to_on) < SHORT_ABSENCE_DAYS:
            return 0
        if absence.stand_in is not None and absence.stand_in.is_active:
            return 0
        return _each(owned_by(user_id).filter(municipality=municipality_id), why="away", without=[user_id])


def find_missing_owners() -> int:
    """Whatever was missed: give what somebody owns who cannot, and what is kept for the line, to a leader.

    Returns: how many moved. Safe to run at any time and side by side.
    """
    return _each(owners_who_do_not_fit(), why=None)


def _each(initiatives: QuerySet[Initiative], *, why: Why | None, without: Collection[UUID] = ()) -> int:
    with scopes_disabled():
        found = list(initiatives.order_by("id").values_list("pk", "municipality_id"))
    moved = 0
    for initiative_id, municipality_id in found:
        with transaction.atomic(), scope(municipality=municipality_id):
            initiative = (
                Initiative.objects.select_for_update(of=("self",))
                .select_related("municipality", "owner", "owner_unit")
                .filter(pk=initiative_id, state__in=UNFINISHED)
                .first()
            )
            moved += initiative is not None and _lose_owner(initiative, why=why, without=without)
    return moved


def _lose_owner(initiative: Initiative, *, why: Why | None, without: Collection[UUID]) -> bool:
    """Find who owns it next. Returns: whether it moved."""
    owner = initiative.owner
    stays = owner is not None and owner.pk not in without and owner.is_active
    if stays and owner is not None and fits(owner, role=initiative.owner_role, unit=initiative.owner_unit):
        return False
    found = _held(initiative, without)
    if found is None and stays:
        return False  # Nobody else is left: better the last one than nobody.
    if found is None:
        found = NextOwner(_the_municipality(initiative), Role.INNOVATION_ADVISER, initiative.owner_unit, "keeper")
    now = (initiative.owner_id, initiative.owner_role, initiative.owner_unit_id)
    if (found.user.pk, found.role, found.unit.pk) == now:
        return False
    _given(
        initiative,
        "lose_owner",
        found.user,
        role=found.role,
        unit=found.unit,
        actor=SYSTEM,
        data={"why": why or _why(initiative), "how": found.how},
    )
    return True


def _why(initiative: Initiative) -> Why:
    """Why an owner that nobody told of does not fit."""
    if initiative.owner_role not in LEADER_LINE:
        return "leader_came"
    return "left" if initiative.owner is None or not initiative.owner.is_active else "role_ended"


def _held(initiative: Initiative, without: Collection[UUID]) -> NextOwner | None:
    """Who owns it next, their account held so that they cannot leave meanwhile; who is just leaving is passed over."""
    gone = set(without)
    while (found := next_owner(initiative, without=gone)) is not None:
        present = User.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=found.user.pk, is_active=True)
        if present.exists():
            return found
        gone.add(found.user.pk)
    return None


def _the_municipality(initiative: Initiative) -> User:
    """Nobody of a municipality is left: its shared mailbox keeps the place, as an account that nobody signs in to."""
    municipality: Municipality = initiative.municipality
    keeper, _made = User.objects.get_or_create(
        # RFC 2606: nothing is ever delivered to .invalid.
        email=f"{municipality.pk}@keeper.invalid",
        defaults={"name": municipality.name, "is_service": True},
    )
    return keeper


# Nobody has been reminded of the new question yet.
_ASKED_NOTHING = {"owner_reminded_at": None, "owner_escalated_at": None}


def _given(
    initiative: Initiative,
    edge: str,
    user: User,
    *,
    role: str,
    unit: Unit,
    actor: Actor,
    data: dict[str, str],
    reason: str = "",
) -> StateChange:
    is_asked = user.pk not in (actor.pk, initiative.owner_id)
    is_keeper = role not in LEADER_LINE
    changes = {
        "owner_id": user.pk,
        "owner_role": role,
        "owner_unit_id": unit.pk,
        "is_owner_asked": is_asked or is_keeper,
        "owner_asked_at": clock.now() if is_asked or is_keeper else None,
        **_ASKED_NOTHING,
    }
    told = {
        **data,
        "from_role": initiative.owner_role,
        "from_unit": initiative.owner_unit.name,
        "role": role,
        "unit": unit.name,
    }
    change = step(initiative, edge, actor=actor, reason=reason, inputs={"owner": user}, changes=changes, data=told)
    forget_roles(user)
    return change
