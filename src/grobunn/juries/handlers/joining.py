"""Whoever took up an invitation onto a panel is on it."""

from grobunn.accounts.events import InvitationAccepted
from grobunn.accounts.models import User
from grobunn.juries.services.inviting import take_onto_panel
from grobunn.kernel.events import subscribe


@subscribe(InvitationAccepted)
def take_onto_panel_of_invitation(event: InvitationAccepted) -> None:
    """If the invitation was to a panel, and whoever invited is still there."""
    panel_id = event.payload.get("panel")
    inviter = User.objects.filter(pk=event.invited_by_id).first() if event.invited_by_id else None
    if panel_id and inviter is not None:
        take_onto_panel(
            user=User.objects.get(pk=event.user_id),
            invited_by=inviter,
            municipality_id=event.municipality_id,
            panel_id=str(panel_id),
            fields=event.payload.get("member", {}),
        )
