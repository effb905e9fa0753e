"""Keeps what a team asks for."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.capacity.queries.room import Line
from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import NotPossibleNow, SomebodyWasFirst
from grobunn.pitching.models import Proposal, ProposalLine, Slot


def save_proposal(slot: Slot, *, actor: Actor, version: int | None, lines: Sequence[Line], **fields: Any) -> Proposal:
    """Keep a proposal as it is now, whole or not; what it asks for is replaced.

    Takes:   version, of the proposal as it was read, None where there was none; fields, of `Proposal`.
    Raises:  NotPossibleNow once it is decided; SomebodyWasFirst; PermissionDenied.
    Effects: rows.
    """
    permissions.check("pitching.propose", actor, slot)
    with transaction.atomic(), scope(municipality=slot.municipality_id):
        now = Slot.objects.select_for_update().get(pk=slot.pk)
        if now.decided_at is not None:
            raise NotPossibleNow(_("It is decided already: what you asked for is not changed any more."))
        there = Proposal.objects.filter(slot=slot).first()
        if (there.version if there else None) != version:
            raise SomebodyWasFirst(
                _("Somebody else on the team saved it just before you. Open the page anew, and compare.")
            )
        proposal, _made = Proposal.objects.update_or_create(
            slot=slot,
            defaults={**fields, "municipality_id": slot.municipality_id, "version": (version or 0) + 1},
        )
        ProposalLine.objects.filter(proposal=proposal).delete()
        ProposalLine.objects.bulk_create(
            ProposalLine(
                municipality_id=slot.municipality_id,
                proposal=proposal,
                source=line.source,
                quarter_on=line.quarter.first_day,
                amount=line.amount,
            )
            for line in lines
        )
    return proposal
