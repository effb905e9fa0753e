"""When somebody leaves or is away: their ideas go to the stand-in, else to the innovation adviser."""

from uuid import UUID

from django.db import transaction

from grobunn.ideas.models import Idea
from grobunn.ideas.states import OPEN
from grobunn.kernel import audit
from grobunn.kernel.actors import SYSTEM
from grobunn.organisations.models import Role
from grobunn.organisations.queries import holder_of


def find_holders_again(*, user_id: UUID) -> int:
    """Resolve anew who holds a person's open ideas; the role that owes the answer stays.

    Returns: how many ideas got another person.
    Effects: rows, audit.
    """
    moved = 0
    held = Idea.objects.filter(holder_id=user_id, state__in=OPEN).select_related("municipality", "holder_unit")
    for idea in held:
        holder = holder_of(Role(idea.holder_role), idea.holder_unit, municipality=idea.municipality)
        new_id = holder.user.pk if holder.user else None
        if new_id == user_id:
            continue
        with transaction.atomic():
            if Idea.objects.filter(pk=idea.pk, holder_id=user_id).update(holder_id=new_id):
                audit.record("ideas.reroute", actor=SYSTEM, subject=idea, municipality_id=idea.municipality_id)
                moved += 1
    return moved
