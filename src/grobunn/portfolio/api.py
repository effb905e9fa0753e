"""The portfolio in the API: the same figures as the pages, counting what the caller may see."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from grobunn.capacity.kinds import Kind, Measure
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.initiatives.api.shown import municipality_or_404
from grobunn.kernel.api.access import needs_scope
from grobunn.organisations.queries import unit_tree
from grobunn.portfolio.asked import Asked, below
from grobunn.portfolio.columns import Column
from grobunn.portfolio.queries.board import column_counts
from grobunn.portfolio.queries.funnel import Figure, Step, begun_in, funnel, ideas_in
from grobunn.portfolio.queries.loads import Sum, loaded
from grobunn.portfolio.queries.narrowed import narrowed
from grobunn.portfolio.queries.sharing import Amounts, Holder, SharedSource, shared_sources

router = Router(tags=["portfolio"])
_QUARTERS = 6


class PortfolioAsked(Schema):
    """What it is narrowed to."""

    unit: str = Field("", max_length=80, description="A unit's name in addresses: with those below it.")
    measure: Measure = Field(Measure.HOURS, description="What load and capacity are counted in.")


class StageOut(Schema):
    """How many stand in a column of the board, by how they go."""

    stage: Column
    count: int
    good: int
    watch: int
    stuck: int


class LoadOut(Schema):
    """What is promised of what there is. `over` is added up source by source."""

    quarter: str = Field(description="Such as 2027-1.")
    unit: str | None = Field(description="Name of the unit with those below it; null for all together.")
    declared: Decimal
    reserved: Decimal
    over: Decimal


class StepOut(Schema):
    """How many have come so far: of ideas received, and of initiatives begun."""

    step: Step
    count: int


class DurationOut(Schema):
    """How long something took, in the middle of those that did."""

    stage: str = Field(description="A stage, or answering (idea to answer) or starting (idea to beginning of work).")
    median_days: float | None
    count: int


class PortfolioOut(Schema):
    """Where the work stands, its load, and the way from idea to operation since the beginning."""

    stages: list[StageOut]
    load: list[LoadOut]
    funnel: list[StepOut]
    durations: list[DurationOut]


@router.get("/municipalities/{slug}/portfolio", response=PortfolioOut, auth=needs_scope("initiatives:read"))
def show_portfolio(request: HttpRequest, slug: str, asked: Query[PortfolioAsked]) -> dict[str, Any]:
    """The portfolio of a municipality: counts by stage and signal, load by unit and quarter, funnel."""
    here = municipality_or_404(request, slug)
    tree = unit_tree(here.pk, with_closed=True)
    unit = next((branch.unit for branch in tree if asked.unit and branch.unit.slug == asked.unit), None)
    narrow = Asked(unit=unit, unit_ids=below(tree, unit) if unit else None)
    rows = narrowed(request.user, municipality_id=here.pk, asked=narrow)
    quarters = list(quarters_from(Quarter.now(), _QUARTERS))
    loads = loaded(here.pk, tree=tree, unit=unit, measure=asked.measure, quarters=quarters)
    found = funnel(
        ideas_in(request.user, municipality_id=here.pk, asked=narrow, since=None), begun_in(rows, since=None)
    )
    counts = column_counts(rows)
    return {
        "stages": [_stage(column, counts.get(column, {})) for column in Column],
        "load": [
            *(_load(quarter, None, loads.total(quarter)) for quarter in quarters),
            *(_load(quarter, line.unit.name, line.of(quarter)) for line in loads.lines for quarter in quarters),
        ],
        "funnel": [{"step": step, "count": found.steps[step]} for step in Step],
        "durations": [
            _duration("answering", found.answering),
            _duration("starting", found.starting),
            *(_duration(stage, figure) for stage, figure in sorted(found.stages.items())),
        ],
    }


class HeldOut(Schema):
    """What a municipality holds of a shared source in a quarter, or one of its own initiatives does."""

    quarter: str
    municipality: str = Field(description="Its name in addresses.")
    initiative: str | None = Field(
        description="Title of one of ours; null for all of another municipality, and for what you may not see."
    )
    amount: Decimal


class SharedOut(Schema):
    """A source that several municipalities share: its load, and what each of them holds."""

    source: UUID
    name: str
    kind: Kind
    municipality: str = Field(description="Of the municipality that has it, its name in addresses.")
    unit: str
    is_lent: bool = Field(description="Whether another municipality lends it to the one that is asked about.")
    load: list[LoadOut]
    held: list[HeldOut]


@router.get("/municipalities/{slug}/portfolio/shared", response=list[SharedOut], auth=needs_scope("initiatives:read"))
def show_shared(request: HttpRequest, slug: str) -> list[dict[str, Any]]:
    """Sources that a municipality shares with others: its own initiatives by name, of the others only sums."""
    here = municipality_or_404(request, slug)
    quarters = list(quarters_from(Quarter.now(), _QUARTERS))
    return [_shared(each, quarters) for each in shared_sources(here, quarters=quarters, actor=request.user)]


def _shared(shared: SharedSource, quarters: list[Quarter]) -> dict[str, Any]:
    source = shared.source
    return {
        "source": source.pk,
        "name": source.name,
        "kind": source.kind,
        "municipality": source.municipality.slug,
        "unit": source.unit.name,
        "is_lent": shared.is_lent,
        "load": [_load(each.quarter, None, Sum(each.declared, each.reserved, each.over)) for each in shared.loads],
        "held": [
            {"quarter": quarter.code, "municipality": holder.municipality.slug, "initiative": title, "amount": held}
            for holder in shared.holders
            for title, amounts in _titled(holder)
            for quarter, held in zip(quarters, amounts, strict=True)
            if held
        ],
    }


def _titled(holder: Holder) -> list[tuple[str | None, Amounts]]:
    if not holder.is_here:
        return [(None, holder.amounts)]
    return [(own.claim.title if own.claim else None, own.amounts) for own in holder.claims]


def _stage(column: Column, counts: dict[str, int]) -> dict[str, Any]:
    by_signal = {signal: counts.get(signal, 0) for signal in ("good", "watch", "stuck")}
    return {"stage": column, "count": sum(counts.values()), **by_signal}


def _load(quarter: Quarter, unit: str | None, found: Sum) -> dict[str, Any]:
    return {
        "quarter": quarter.code,
        "unit": unit,
        "declared": found.declared,
        "reserved": found.reserved,
        "over": found.over,
    }


def _duration(stage: str, figure: Figure) -> dict[str, Any]:
    days = None if figure.median is None else round(figure.median / timedelta(days=1), 1)
    return {"stage": stage, "median_days": days, "count": figure.count}
