"""What one person has to do with initiatives: what they own and are asked to own, decide, do, and have helped."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.capacity.models import HoursUsed
from grobunn.initiatives.models import Initiative, Task
from grobunn.initiatives.queries.helpers import helped_by
from grobunn.initiatives.states import UNFINISHED, InitiativeState
from grobunn.kernel import clock
from grobunn.kernel.models import StateChange
from grobunn.organisations.models import LEADER_LINE, Role
from grobunn.organisations.queries import descendant_ids, roles_of

SHOWN = 10
# What asks for a decision, and what answers it or makes the question void.
_AROUND_GATES = ("ask_decision", "pass_gate", "send_back", "change_phase", "switch_method")


@dataclass(frozen=True)
class InitiativeWork:
    """What concerns one person, each list at most SHOWN long.

    Takes: owned, those that they are asked to own first, then by when a report is due; to_decide, whose gate waits for
           them; tasks, theirs and not done, by day; helped, those whose hours of this week they have not told.
    """

    owned: list[Initiative]
    to_decide: list[Initiative]
    tasks: list[Task]
    helped: list[Initiative]

    @property
    def is_empty(self) -> bool:
        return not (self.owned or self.to_decide or self.tasks or self.helped)


def initiative_work_of(user: User) -> InitiativeWork:
    """What somebody has to do with initiatives, in every municipality; five SQL beside the one for the roles."""
    with scopes_disabled():
        owned = Initiative.objects.filter(owner=user, state__in=UNFINISHED).select_related("municipality")
        tasks = Task.objects.filter(assignee=user, done_at=None, initiative__state__in=UNFINISHED)
        return InitiativeWork(
            owned=list(owned.order_by("-is_owner_asked", "report_due_on", "id")[:SHOWN]),
            to_decide=list(_to_decide(user).select_related("municipality")[:SHOWN]),
            tasks=list(tasks.select_related("initiative__municipality").order_by("due_on", "id")[:SHOWN]),
            helped=list(_helped_untold(user).select_related("municipality")[:SHOWN]),
        )


def _to_decide(user: User) -> QuerySet[Initiative]:
    """What waits for a decision: of the owner, or of a leader above."""
    latest = StateChange.objects.filter(subject_id=OuterRef("pk"), edge__in=_AROUND_GATES).order_by("-id")
    waiting = Initiative.objects.filter(_theirs(user), state=InitiativeState.UNDERWAY).annotate(
        gate_edge=Subquery(latest.values("edge")[:1]), decided_by=Subquery(latest.values("data__decided_by")[:1])
    )
    asked = waiting.filter(gate_edge="ask_decision")
    by_owner = Q(owner=user) & ~Q(decided_by="leader")
    return asked.filter(by_owner | (Q(decided_by="leader") & _above(user))).order_by("id")


def _theirs(user: User) -> Q:
    return Q(owner=user) | _above(user)


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
    helped = Initiative.objects.filter(~Exists(told), pk__in=helped_by(user.pk), state=InitiativeState.UNDERWAY)
    return helped.order_by("title", "id")
