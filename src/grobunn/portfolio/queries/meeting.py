"""What the leaders' meeting needs: under way, stuck, over capacity, waiting for a decision, ended since last time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django_scopes import scopes_disabled

from grobunn.capacity.quarters import Quarter
from grobunn.initiatives.models import Initiative, Signal
from grobunn.initiatives.states import FINISHED, InitiativeState
from grobunn.kernel.models import StateChange
from grobunn.portfolio.columns import WORK
from grobunn.portfolio.queries.board import column_counts
from grobunn.portfolio.queries.loads import Over, over_in

# One page: whoever wants more opens the list.
MOST = 8
# More than these wait for a decision, or end between two meetings, nowhere.
_COUNTED = 500
_ABOUT_GATES = ("ask_decision", "pass_gate", "send_back", "change_phase", "switch_method")


@dataclass(frozen=True)
class Meeting:
    """The page. Takes: counts, by column and signal; the lists, at most MOST each, and how many there are of each."""

    counts: dict[str, dict[str, int]]
    stuck: Sequence[Initiative]
    stuck_count: int
    over: Sequence[Over]
    quarter: Quarter
    waiting: Sequence[Initiative]
    waiting_count: int
    ended: Sequence[Initiative]
    ended_count: int

    def count_of(self, column: str) -> int:
        return sum(self.counts.get(column, {}).values())


def meeting(rows: QuerySet[Initiative], *, municipality_id: UUID, since: date) -> Meeting:
    """What is to be talked about; five SQL. Takes: since, the day of the last meeting."""
    with scopes_disabled():
        last = StateChange.objects.filter(subject_id=OuterRef("pk"), edge__in=_ABOUT_GATES).order_by("-id")
        under_way = rows.filter(state=InitiativeState.UNDERWAY).select_related("unit", "municipality")
        asked = under_way.annotate(last_edge=Subquery(last.values("edge")[:1])).filter(last_edge="ask_decision")
        waiting = list(asked.order_by("stage_since", "id")[:_COUNTED])
        moment = timezone.make_aware(datetime.combine(since, datetime.min.time()))
        finished = rows.filter(state__in=[state.value for state in FINISHED], ended_at__gte=moment)
        ended = list(finished.select_related("unit", "municipality").order_by("-ended_at", "id")[:_COUNTED])
        quarter = Quarter.now() + 1
        counts = column_counts(rows)
        return Meeting(
            counts=counts,
            stuck=list(under_way.filter(signal=Signal.STUCK).order_by("stage_since", "id")[:MOST]),
            stuck_count=sum(counts.get(column, {}).get(Signal.STUCK, 0) for column in WORK),
            over=over_in(municipality_id, quarter=quarter),
            quarter=quarter,
            waiting=waiting[:MOST],
            waiting_count=len(waiting),
            ended=ended[:MOST],
            ended_count=len(ended),
        )
