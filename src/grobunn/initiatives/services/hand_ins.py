"""Keeps what a phase asks for, as a text. Files are handed in with the initiative's other files."""

from uuid import UUID

from grobunn.initiatives.models import Attachment, Initiative
from grobunn.initiatives.states import MESSAGES
from grobunn.kernel import audit, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import NotPossibleNow
from grobunn.methods.shapes import HandIn


def hand_in_text(initiative: Initiative, hand_in: HandIn, *, text: str, key: UUID, actor: Actor) -> Attachment:
    """Hand in a text. An earlier one stays among the files; the newest counts. Sent twice, it is kept once.

    Raises:  NotPossibleNow for an initiative that has ended; PermissionDenied.
    Effects: row, audit.
    """
    permissions.check("initiatives.help", actor, initiative)
    if initiative.is_finished:
        raise NotPossibleNow(MESSAGES.not_possible_now)
    attachment, is_new = Attachment.objects.get_or_create(
        key=key,
        defaults={
            "municipality_id": initiative.municipality_id,
            "initiative": initiative,
            "hand_in": hand_in.key,
            "title": hand_in.name,
            "text": text.strip(),
            "made_by_id": actor.pk,
        },
    )
    if is_new:
        audit.record(
            "initiatives.hand_in",
            actor=actor,
            subject=initiative,
            municipality_id=initiative.municipality_id,
            data={"hand_in": hand_in.key},
        )
    return attachment
