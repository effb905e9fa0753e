"""A member says of entries whether they are impartial."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.juries.events import StandingChanged
from grobunn.juries.grounds import DECLARABLE, FoundBy, Ground
from grobunn.juries.legal import CURRENT
from grobunn.juries.models import Conflict, Declaration, Entry, Member
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.services.assessing import reopen
from grobunn.juries.services.composing import locked
from grobunn.juries.states import OPEN
from grobunn.kernel import audit, clock, events, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import TransitionRefused


class DeclarationIncomplete(TransitionRefused):
    """A relation is named without a word about it."""


@dataclass(frozen=True)
class Declared:
    """What a member says of one entry. Takes: ground, "" for no relation; text, what relation it is."""

    entry: Entry
    ground: str = ""
    text: str = ""


def declare(member: Member, given: Iterable[Declared], *, actor: Actor) -> None:
    """Declare for some entries, or anew. Sent twice, it is said once.

    A relation waits for the panel from now on. Who takes one back says so, and the panel decides about it all the same:
    what was confirmed is lifted by the panel alone.

    Raises:  DeclarationIncomplete; CompositionClosed where declarations are not open; PermissionDenied.
    Effects: rows, audit, StandingChanged.
    """
    panel = member.panel
    permissions.check("juries.declare", actor, panel)
    if member.user_id != actor.pk or member.left_at is not None:
        raise PermissionDenied("juries.declare")
    given = list(given)
    for said in given:
        _check(said, member)
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, *OPEN)
        known = {row.entry_id: row for row in Declaration.objects.filter(member=member)}
        changed = [said for said in given if _is_news(said, known.get(said.entry.pk))]
        for said in changed:
            _say(member, said, known.get(said.entry.pk), actor=actor)
        if changed:
            events.publish(
                StandingChanged(panel_id=panel.pk, municipality_id=panel.municipality_id, member_id=member.pk)
            )


def _check(said: Declared, member: Member) -> None:
    if said.entry.panel_id != member.panel_id or (said.ground and said.ground not in DECLARABLE):
        raise PermissionDenied("juries.declare")
    if said.ground and not said.text.strip():
        raise DeclarationIncomplete(_("Say in a few words what relation it is, so that the panel can assess it."))


def _is_news(said: Declared, known: Declaration | None) -> bool:
    text = said.text.strip() if said.ground else ""
    return known is None or (known.ground, known.text) != (said.ground, text)


def _say(member: Member, said: Declared, known: Declaration | None, *, actor: Actor) -> None:
    text = said.text.strip() if said.ground else ""
    Declaration.objects.update_or_create(
        member=member,
        entry=said.entry,
        defaults={
            "municipality_id": member.municipality_id,
            "ground": said.ground,
            "text": text,
            "legal_basis": CURRENT.key,
            "declared_at": clock.now(),
        },
    )
    audit.record(
        "juries.declared",
        actor=actor,
        subject=member.panel,
        municipality_id=member.municipality_id,
        data={"entry": str(said.entry.pk), "ground": said.ground, "before": known.ground if known else None},
    )
    _keep_conflict(member, said.entry, ground=said.ground, text=text, actor=actor)


def _keep_conflict(member: Member, entry: Entry, *, ground: str, text: str, actor: Actor) -> None:
    """What is declared waits for the panel; what is declared otherwise than the panel decided waits again."""
    row = Conflict.objects.filter(member=member, entry=entry, found_by=FoundBy.DECLARED).first()
    if row is None:
        if ground:
            Conflict.objects.create(
                municipality_id=member.municipality_id,
                member=member,
                entry=entry,
                found_by=FoundBy.DECLARED,
                ground=Ground(ground),
                detail=text,
            )
        return
    if ground:
        Conflict.objects.filter(pk=row.pk).update(ground=Ground(ground), detail=text)
        if row.state == ConflictState.DISMISSED:
            reopen(row, reason=str(_("The member has declared anew.")), actor=actor)
