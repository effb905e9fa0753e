"""The queue for room: who waits, in which place, and when there is room for each, served in the order of asking."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet
from django_scopes import scopes_disabled

from grobunn.capacity.models import Source, Want, WantLine
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.capacity.queries.loads import loads_of
from grobunn.capacity.queries.room import HORIZON, Line
from grobunn.kernel import clock


@dataclass(frozen=True)
class Waiting:
    """One that waits, and what it needs. Takes: lines, at least one, of WantLine with its source."""

    want: Want
    lines: tuple[WantLine, ...]

    @property
    def earliest(self) -> Quarter:
        """The first quarter in which it wants to begin: the present one, or a later one that it asked for."""
        asked = self.want.first_quarter_on
        return max(Quarter.now(), Quarter.of(asked)) if asked else Quarter.now()

    def begun_in(self, quarter: Quarter) -> list[Line]:
        """Its need, if it begins in a quarter."""
        return [Line(source=each.source, quarter=quarter + each.quarters_in, amount=each.amount) for each in self.lines]


@dataclass(frozen=True)
class Served:
    """When there is room for one that waits; quarter is None where nothing that is declared has room."""

    waiting: Waiting
    quarter: Quarter | None

    @property
    def has_room_now(self) -> bool:
        """Whether it could begin as early as it wants to."""
        return self.quarter is not None and self.quarter == self.waiting.earliest


@dataclass(frozen=True)
class Place:
    """A place in the queue as a page shows it. Takes: number, from 1, in the municipality's own queue."""

    number: int
    served: Served

    @property
    def want(self) -> Want:
        """What waits."""
        return self.served.waiting.want

    @property
    def lines(self) -> tuple[WantLine, ...]:
        """What it needs."""
        return self.served.waiting.lines

    @property
    def expected(self) -> Quarter | None:
        """When there is room for it, as things stand."""
        return self.served.quarter

    @property
    def waited(self) -> timedelta:
        """How long it has waited."""
        return clock.now() - self.want.since

    @property
    def closed_source(self) -> Source | None:
        """A source that it needs and that takes nothing new: then it waits in vain."""
        today = clock.today()
        return next(
            (x.source for x in self.lines if x.source.closed_on is not None and x.source.closed_on <= today), None
        )


def queue_of(municipality_id: UUID) -> list[Place]:
    """What waits in a municipality, in the order of asking. What others wait for of the same sources is counted in."""
    with scopes_disabled():
        source_ids = set(
            WantLine.objects.filter(municipality_id=municipality_id).values_list("source_id", flat=True).distinct()
        )
    served = serve(waiting_for(source_ids))
    own = [each for each in served if each.waiting.want.municipality_id == municipality_id]
    return [Place(number=number, served=each) for number, each in enumerate(own, start=1)]


def place_of(claim_id: UUID) -> Place | None:
    """The place of one claim in the queue of its municipality; None if it does not wait."""
    with scopes_disabled():
        want = Want.objects.filter(claim_id=claim_id).first()
    if want is None:
        return None
    return next((place for place in queue_of(want.municipality_id) if place.want.pk == want.pk), None)


def waiting_for(source_ids: Iterable[UUID]) -> list[Waiting]:
    """All that compete for some sources, directly or through another source that they need, in the order of asking."""
    with scopes_disabled():
        known: set[UUID] = set()
        asked = set(source_ids)
        while not asked <= known:
            known |= asked
            asked = set(_rivals(known).values_list("source_id", flat=True).distinct())
        lines: dict[UUID, list[WantLine]] = {}
        wants: dict[UUID, Want] = {}
        rows = _rivals(known).select_related("want", "source__unit", "source__municipality")
        for row in rows.order_by("quarters_in", "source__kind", "source__name", "id"):
            wants[row.want_id] = row.want
            lines.setdefault(row.want_id, []).append(row)
    ordered = sorted(wants.values(), key=lambda want: (want.since, want.pk))
    return [Waiting(want=want, lines=tuple(lines[want.pk])) for want in ordered]


def serve(queue: Sequence[Waiting]) -> list[Served]:
    """When there is room for each, if all are served in the order of asking.

    Whoever was called keeps the room that was found, as long as it is there; a small need further back may come first.
    """
    if not queue:
        return []
    sources = list({line.source_id: line.source for waiting in queue for line in waiting.lines}.values())
    first = Quarter.now()
    last = max(waiting.earliest + max(line.quarters_in for line in waiting.lines) for waiting in queue)
    quarters = list(quarters_from(first, last - first + HORIZON + 1))
    loads = loads_of(sources, quarters=quarters)
    left = {(source.pk, quarter): loads.of(source, quarter).left for source in sources for quarter in quarters}
    served: list[Served] = []
    for waiting in queue:
        quarter = _room_for(waiting, left)
        if quarter is not None:
            for line in waiting.begun_in(quarter):
                left[line.source.pk, line.quarter] -= line.amount
        served.append(Served(waiting=waiting, quarter=quarter))
    return served


def _room_for(waiting: Waiting, left: dict[tuple[UUID, Quarter], Decimal]) -> Quarter | None:
    today = clock.today()
    if any(line.source.closed_on is not None and line.source.closed_on <= today for line in waiting.lines):
        return None
    called = waiting.want.called_for_on
    tried = [] if called is None or Quarter.of(called) < waiting.earliest else [Quarter.of(called)]
    tried += quarters_from(waiting.earliest, HORIZON + 1)
    return next((quarter for quarter in tried if _fits(waiting.begun_in(quarter), left)), None)


def _fits(lines: Iterable[Line], left: dict[tuple[UUID, Quarter], Decimal]) -> bool:
    return all(line.amount <= left.get((line.source.pk, line.quarter), Decimal(0)) for line in lines)


def _rivals(source_ids: Iterable[UUID]) -> QuerySet[WantLine]:
    """Every line of those that need one of some sources."""
    among = WantLine.objects.filter(source__in=list(source_ids)).values("want_id")
    return WantLine.objects.filter(want__in=among)
