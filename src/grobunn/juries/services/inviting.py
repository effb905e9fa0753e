"""Invites somebody from outside onto a panel: they get an account, and nothing but the panel."""

from typing import Any
from uuid import UUID

from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.accounts.services.invitations import invite
from grobunn.juries.models import Panel
from grobunn.juries.services.composing import CompositionClosed, add_member
from grobunn.kernel import permissions


def invite_member(panel: Panel, *, email: str, actor: User, **fields: Any) -> None:
    """Invite somebody by e-mail; who takes it up is on the panel.

    Takes:   fields, as `add_member`.
    Raises:  PermissionDenied.
    Effects: invitation with its mail.
    """
    permissions.check("juries.run", actor, panel)
    invite(
        email=email,
        municipality_id=panel.municipality_id,
        municipality_name=panel.municipality.name,
        payload={"panel": str(panel.pk), "member": {**fields, "part": str(fields.get("part", "member"))}},
        invited_by=actor,
        language=panel.municipality.language,
    )


def take_onto_panel(*, user: User, invited_by: User, municipality_id: UUID, panel_id: str, fields: Any) -> None:
    """Let who took up an invitation onto the panel; safe to repeat. A panel that is closed stays closed."""
    with scope(municipality=municipality_id):
        panel = Panel.objects.select_related("municipality").filter(pk=panel_id).first()
        if panel is None:
            return
        try:
            add_member(panel, user, actor=invited_by, **fields)
        except CompositionClosed:
            return
