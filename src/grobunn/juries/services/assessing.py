"""The panel decides about a possible conflict, without the member whom it concerns."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.juries.events import StandingChanged
from grobunn.juries.legal import CURRENT
from grobunn.juries.models import Assessment, Conflict, Member
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.queries.assessing import takers_of
from grobunn.juries.services.composing import locked
from grobunn.juries.services.conflicts import find_conflicts
from grobunn.juries.states import OPEN, PanelState
from grobunn.kernel import audit, clock, events, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import TransitionRefused

# Until the decision is signed; after that it is opened again first.
ASSESSABLE = (PanelState.PREPARING, *OPEN)


class AssessmentRefused(TransitionRefused):
    """It cannot be assessed so; the message says why."""


def assess(conflict: Conflict, *, is_confirmed: bool, reason: str, taken_by: Iterable[Member], actor: Actor) -> None:
    """Confirm or dismiss a possible conflict.

    Takes:   taken_by, who took part besides the one who writes it down.
    Raises:  AssessmentRefused: no reason, assessed already, somebody took part who may not; CompositionClosed;
             PermissionDenied.
    Effects: row, one line of its history, audit, StandingChanged; what follows for those whom the member leads.
    """
    permissions.check("juries.assess", actor, conflict)
    verdict = ConflictState.CONFIRMED if is_confirmed else ConflictState.DISMISSED
    if not reason.strip():
        raise AssessmentRefused(_("Say why. The reason stands in the protocol."))
    panel = conflict.member.panel
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, *ASSESSABLE)
        row = Conflict.objects.select_for_update().get(pk=conflict.pk)
        if row.state != ConflictState.OPEN:
            raise AssessmentRefused(_("Somebody has assessed this already. Look at what they decided."))
        members = _took_part(conflict, taken_by, actor)
        now = clock.now()
        given: dict[str, Any] = {"reason": reason.strip(), "legal_basis": CURRENT.key, "taken_by": members}
        Conflict.objects.filter(pk=row.pk).update(state=verdict, decided_at=now, decided_by_id=actor.pk, **given)
        _keep(conflict, verdict, actor=actor, made_at=now, **given)
        if is_confirmed:
            find_conflicts(panel)
    conflict.refresh_from_db(fields=["state", "reason", "legal_basis", "taken_by", "decided_at"])


def take_up_again(conflict: Conflict, *, reason: str, actor: Actor) -> None:
    """Assess anew what was decided: until then the member waits. What was decided before stays in the history.

    Raises:  AssessmentRefused: no reason, open already; CompositionClosed; PermissionDenied.
    Effects: as `assess`.
    """
    permissions.check("juries.assess", actor, conflict)
    if not reason.strip():
        raise AssessmentRefused(_("Say why. The reason stands in the protocol."))
    panel = conflict.member.panel
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, *ASSESSABLE)
        row = Conflict.objects.select_for_update().get(pk=conflict.pk)
        if row.state == ConflictState.OPEN:
            raise AssessmentRefused(_("This is being assessed already."))
        reopen(conflict, reason=reason.strip(), actor=actor)


def reopen(conflict: Conflict, *, reason: str, actor: Actor) -> None:
    """Let a conflict wait again, in the caller's transaction. Effects: row, line of its history, audit, event."""
    Conflict.objects.filter(pk=conflict.pk).update(
        state=ConflictState.OPEN, decided_at=None, decided_by=None, reason="", taken_by=[]
    )
    _keep(conflict, ConflictState.OPEN, actor=actor, made_at=clock.now(), reason=reason, legal_basis=CURRENT.key)
    conflict.state = ConflictState.OPEN


def _took_part(conflict: Conflict, taken_by: Iterable[Member], actor: Actor) -> list[UUID]:
    """Who took part, the one who writes it down among them. Raises: AssessmentRefused."""
    may = {member.pk: member for member in takers_of(conflict)}
    named = {member.pk for member in taken_by} | {pk for pk, member in may.items() if member.user_id == actor.pk}
    if not named <= may.keys():
        raise AssessmentRefused(
            _("Neither the member concerned nor somebody who is disqualified or being assessed takes part in this.")
        )
    return sorted(named)


def _keep(conflict: Conflict, verdict: ConflictState, *, actor: Actor, **given: Any) -> None:
    panel = conflict.member.panel
    Assessment.objects.create(
        municipality_id=conflict.municipality_id, conflict=conflict, verdict=verdict, made_by_id=actor.pk, **given
    )
    audit.record(
        "juries.assessed",
        actor=actor,
        subject=panel,
        municipality_id=conflict.municipality_id,
        data={"conflict": str(conflict.pk), "verdict": verdict.value, "legal_basis": CURRENT.key},
    )
    events.publish(
        StandingChanged(panel_id=panel.pk, municipality_id=panel.municipality_id, member_id=conflict.member_id)
    )
