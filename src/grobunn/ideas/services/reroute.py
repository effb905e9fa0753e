"""When somebody leaves or is away: their ideas go to the stand-in, else to the innovation adviser."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django_scopes import scope, scopes_disabled

from grobunn.ideas.models import Idea
from grobunn.ideas.states import OPEN
from grobunn.kernel import audit
from grobunn.kernel.actors import SYSTEM
from grobunn.organisations.models import Role
from grobunn.organisations.queries import holder_of


def find_holders_again(*, user_id: UUID) -> int:
    """Resolve anew who holds a person's open ideas, in every municipality; the role that owes the answer stays.

    Returns: how many ideas got another person.
    Effects: rows, audit.
    """
    return _resolve(Q(holder_id=user_id))


def find_holders_of_unit(*, unit_id: UUID) -> int:
    """Resolve anew who holds the open ideas of a unit, which may have been closed.

    Returns: how many ideas got another person.
    Effects: rows, audit.
    """
    return _resolve(Q(holder_unit_id=unit_id))


def find_missing_holders() -> int:
    """Find a person for open ideas that nobody in particular holds: an account was deleted, a role stood empty.

    Returns: how many ideas got a person.
    Effects: rows, audit.
    """
    return _resolve(Q(holder=None))


def _resolve(whose: Q) -> int:
    with scopes_disabled():
        open_ideas = Idea.objects.filter(whose, state__in=OPEN).select_related("municipality", "holder_unit")
        ideas: Iterable[Idea] = list(open_ideas)
    return sum(_give(idea) for idea in ideas)


def _give(idea: Idea) -> bool:
    with scope(municipality=idea.municipality_id), transaction.atomic():
        holder = holder_of(Role(idea.holder_role), idea.holder_unit, municipality=idea.municipality)
        new_id = holder.user.pk if holder.user else None
        if new_id == idea.holder_id:
            return False
        if not Idea.objects.filter(pk=idea.pk, holder_id=idea.holder_id).update(holder_id=new_id):
            return False  # Somebody forwarded it a moment ago.
        audit.record("ideas.reroute", actor=SYSTEM, subject=idea, municipality_id=idea.municipality_id)
        return True
