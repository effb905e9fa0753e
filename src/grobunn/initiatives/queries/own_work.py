"""What one person has to do with initiatives: what they own and are asked to own, decide, do, and have helped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.capacity.models import HoursUsed
from grobunn.initiatives.models import Initiative, Task
from grobunn.initiatives.queries.helpers import help_of
from grobunn.initiatives.states import UNFINISHED, InitiativeState
from grobunn.kernel import clock
from grobunn.kernel.models import StateChange
from grobunn.organisations.models import LEADER_LINE, Role
from grobunn.organisations.queries import descendant_ids, next_leaders, roles_of

SHOWN = 10
# What asks for a decision, and what answers it or makes the question void.
_AROUND_GATES = ("ask_decision", "pass_gate", "send_back", "change_phase", "switch_method")


@dataclass(frozen=True)
class InitiativeWork:
    """What concerns one person, each list at most SHOWN long.

    Takes: owned, those that they are asked to own first, then by when a report is due; stood_in, those that they answer
           for while the owner is away; to_decide, whose gate waits for them; tasks, theirs and not done, by day;
           helped, those whose hours of this week they have not told.
    """

    owned: list[Initiative]
    stood_in: list[Initiative]
    to_decide: list[Initiative]
    tasks: list[Task]
    helped: list[Initiative]

    @property
    def is_empty(self) -> bool:
        return not (self.owned or self.stood_in or self.to_decide or self.tasks or self.helped)


def initiative_work_of(user: User) -> InitiativeWork:
    """What somebody has to do with initiatives, in every municipality.

    Five SQL beside the one for the roles; one more for whoever stands in, three for each municipality in which a
    decision is asked of a leader above.
    """
    with scopes_disabled():
        owned = Initiative.objects.filter(owner=user, state__in=UNFINISHED).select_related("municipality")
        tasks = Task.objects.filter(assignee=user, done_at=None, initiative__state__in=UNFINISHED)
        return InitiativeWork(
            owned=list(owned.order_by("-is_owner_asked", "report_due_on", "id")[:SHOWN]),
            stood_in=_stood_in(user),
            to_decide=_to_decide(user),
            tasks=list(tasks.select_related("initiative__municipality").order_by("due_on", "id")[:SHOWN]),
            helped=list(_helped_untold(user).select_related("municipality")[:SHOWN]),
        )


def _stood_in(user: User) -> list[Initiative]:
    """What somebody answers for in the place of an owner who is away."""
    absent = _absent_owners(user)
    if not absent:
        return []
    found = Initiative.objects.filter(absent, state__in=UNFINISHED).exclude(owner=user)
    return list(found.select_related("municipality").order_by("report_due_on", "id")[:SHOWN])


def _absent_owners(user: User) -> Q:
    """Owned in a role that somebody carries for another today; nothing where they stand in for nobody."""
    found = Q()
    for held in roles_of(user).held:
        if held.is_stand_in and held.role in LEADER_LINE:
            found |= Q(owner_unit=held.unit_id, owner_role=held.role)
    return found


def _to_decide(user: User) -> list[Initiative]:
    """What waits for a decision: of the owner or the owner's stand-in, or of the next leader above who is there."""
    latest = StateChange.objects.filter(subject_id=OuterRef("pk"), edge__in=_AROUND_GATES).order_by("-id")
    absent = _absent_owners(user)
    own = Q(owner=user) | absent if absent else Q(owner=user)
    asked = (
        Initiative.objects.filter(own | _above(user), state=InitiativeState.UNDERWAY)
        .annotate(
            gate_edge=Subquery(latest.values("edge")[:1]), decided_by=Subquery(latest.values("data__decided_by")[:1])
        )
        .filter(gate_edge="ask_decision")
    )
    found = list(
        asked.filter((own & ~Q(decided_by="leader")) | (Q(decided_by="leader") & _above(user)))
        .select_related("municipality")
        .order_by("id")
    )
    nearest = _nearest([each for each in found if each.decided_by == "leader"])
    theirs: list[Initiative] = [each for each in found if nearest.get(each.pk, user.pk) == user.pk]
    return theirs[:SHOWN]


def _nearest(asked: Sequence[Initiative]) -> dict[UUID, UUID | None]:
    """Who is asked of each: leaders further up may decide too, but it does not wait for them."""
    found: dict[UUID, UUID | None] = {}
    for municipality in {each.municipality for each in asked}:
        there = [each for each in asked if each.municipality_id == municipality.pk]
        leaders = next_leaders({(each.owner_unit_id, each.owner_role) for each in there}, municipality=municipality)
        for each in there:
            leader = leaders.get((each.owner_unit_id, each.owner_role))
            found[each.pk] = leader.pk if leader else None
    return found


def _above(user: User) -> Q:
    """Owned by somebody whom they lead; the chief executive leads everybody."""
    found = Q(pk__in=[])
    for held in roles_of(user).held:
        if held.role == Role.CHIEF_EXEC:
            found |= Q(municipality=held.municipality_id)
        elif held.role in LEADER_LINE:
            below = descendant_ids([held.unit_id], municipality_id=held.municipality_id) - {held.unit_id}
            lower = LEADER_LINE[: LEADER_LINE.index(Role(held.role))]
            found |= Q(owner_unit__in=below) | Q(owner_unit=held.unit_id, owner_role__in=lower)
    return found & ~Q(owner=user)


def _helped_untold(user: User) -> QuerySet[Initiative]:
    """What they help, and of which they have told no hours this week."""
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    told = HoursUsed.objects.filter(claim_id=OuterRef("pk"), helper=user, week_on=monday)
    helped = Initiative.objects.filter(~Exists(told), pk__in=list(help_of(user)), state=InitiativeState.UNDERWAY)
    return helped.order_by("title", "id")
