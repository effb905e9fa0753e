"""Which of two a member finds better: kept once by its id, and what was said last can be taken back."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.juries.models import Comparison, Entry, Member
from grobunn.juries.queries.scoring import entries_to_score
from grobunn.juries.services.composing import locked
from grobunn.juries.states import PanelState
from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import TransitionRefused


class NotComparedNow(TransitionRefused):
    """The pair is not the member's to compare, or the panel does not compare."""


def compare(member: Member, pair: tuple[UUID, UUID], *, better: UUID | None, key: UUID, actor: Actor) -> Comparison:
    """Keep an answer. Sent twice, it is kept once.

    Takes:   pair, ids of two entries; better, one of them, None where they are equally good; key, made with the page.
    Raises:  NotComparedNow, CompositionClosed; PermissionDenied.
    Effects: row.
    """
    panel = member.panel
    permissions.check("juries.declare", actor, panel)
    left, right = pair
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, PanelState.SCORING)
        theirs = set(entries_to_score(member).filter(pk__in=pair).values_list("pk", flat=True))
        is_theirs = theirs == set(pair) and left != right
        if not (panel.is_pairwise and member.user_id == actor.pk and is_theirs and better in (left, right, None)):
            raise NotComparedNow(_("These two are not for you to compare any more. Here are the next ones."))
        comparison, _is_new = Comparison.objects.get_or_create(
            pk=key,
            defaults={
                "municipality_id": panel.municipality_id,
                "panel": panel,
                "member": member,
                "left": Entry(pk=left),
                "right": Entry(pk=right),
                "better_id": better,
            },
        )
    return comparison


def take_back_last(member: Member, *, actor: Actor) -> bool:
    """Let a member's last answer not count; it stays in the record. Returns: whether there was one.

    Raises: CompositionClosed; PermissionDenied.
    """
    panel = member.panel
    permissions.check("juries.declare", actor, panel)
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, PanelState.SCORING)
        own = Comparison.objects.filter(member=member, member__user_id=actor.pk, counts=True)
        last = own.order_by("-received_at", "-pk").first()
        if last is None:
            return False
        Comparison.objects.filter(pk=last.pk).update(counts=False)
    return True
