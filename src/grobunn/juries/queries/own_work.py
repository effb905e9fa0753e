"""What one person owes on panels: to declare, to assess, to score."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.juries.addresses import page_of
from grobunn.juries.models import Declaration, Entry, Member, Panel
from grobunn.juries.states import OPEN, PanelPart, PanelState

SHOWN = 10


@dataclass(frozen=True)
class PanelTask:
    """One thing to do on a panel. Takes: kind, "declare" or "score"."""

    panel: Panel
    kind: str
    url: str


def panel_tasks_of(user: User) -> list[PanelTask]:
    """What somebody is asked for on panels now: declarations first, then scores, at most SHOWN. Three SQL at most."""
    with scopes_disabled():
        members = list(
            Member.objects.present()
            .filter(user=user, panel__state__in=OPEN)
            .select_related("panel__municipality")
            .order_by("panel__meets_on", "panel__reference")[: SHOWN * 2]
        )
        left = _not_declared(members) if members else {}
    tasks = []
    for member in members:
        panel = member.panel
        if left.get(member.pk):
            tasks.append(PanelTask(panel, "declare", page_of(panel, "declare")))
        elif panel.state == PanelState.SCORING and member.part in (PanelPart.CHAIR, PanelPart.MEMBER):
            tasks.append(PanelTask(panel, "score", page_of(panel, "compare" if panel.is_pairwise else "scoring")))
    return sorted(tasks, key=lambda task: task.kind)[:SHOWN]


def _not_declared(members: list[Member]) -> Mapping[UUID, int]:
    """How many entries each member has not declared for. Two SQL."""
    judged = dict(
        Entry.objects.judged()
        .filter(panel__in={member.panel_id for member in members})
        .order_by()
        .values_list("panel_id")
        .annotate(count=Count("pk"))
    )
    declared = dict(
        Declaration.objects.filter(member__in=[member.pk for member in members], entry__withdrawn_at=None)
        .order_by()
        .values_list("member_id")
        .annotate(count=Count("pk"))
    )
    return {member.pk: judged.get(member.panel_id, 0) - declared.get(member.pk, 0) for member in members}
