"""Rows of the timeline as the page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import pgettext

from grobunn.capacity.kinds import Kind, Measure, measure_of
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.words import amount_words, measured
from grobunn.organisations.models import Municipality, Role
from grobunn.portfolio.queries.timeline import Held, Timeline

_ANY = "x0x"


@dataclass(frozen=True)
class Place:
    """A quarter of a row. Takes: short, hours or what else it holds; whole, every kind in words; "" where nothing."""

    quarter: Quarter
    short: str = ""
    whole: str = ""
    is_first: bool = False
    is_last: bool = False

    @property
    def label(self) -> str:
        """The quarter where there is little room: on a phone it stands above each place."""
        given = {"number": self.quarter.number, "year": f"{self.quarter.year % 100:02}"}
        return pgettext("short quarter", "Q%(number)s %(year)s") % given


@dataclass(frozen=True)
class TimelineRow:
    """An initiative with its quarters. Takes: plan_url, where another quarter is tried out."""

    title: str
    reference: str
    url: str
    plan_url: str
    signal: str
    is_paused: bool
    who: str
    places: Sequence[Place]


def rows_of(found: Timeline, *, municipality: Municipality, back: str) -> list[TimelineRow]:
    """The rows of a page. Takes: back, the query of the timeline, kept on the way through the trial."""
    page = _address("initiatives:initiative", municipality)
    plan = _address("portfolio:trial", municipality)
    roles = {role.value: str(role.label) for role in Role}
    kinds = {kind.value: str(kind.label) for kind in Kind}
    rows = []
    for each in found.page.rows:
        holding = [quarter for quarter in found.quarters if (each.pk, quarter) in found.held]
        rows.append(
            TimelineRow(
                title=each.title,
                reference=each.reference,
                url=page.replace(_ANY, each.reference),
                plan_url=f"{plan.replace(_ANY, each.reference)}?{back}",
                signal=each.signal,
                is_paused=each.state == "paused",
                who=f"{roles[each.owner_role]} · {each.unit_name}",
                places=[
                    _place(quarter, found.held.get((each.pk, quarter), ()), holding=holding, kinds=kinds)
                    for quarter in found.quarters
                ],
            )
        )
    return rows


def _place(quarter: Quarter, held: Sequence[Held], *, holding: Sequence[Quarter], kinds: dict[str, str]) -> Place:
    if not held:
        return Place(quarter)
    hours = sum((each.amount for each in held if measure_of(each.kind) == Measure.HOURS), Decimal(0))
    first = held[0]
    return Place(
        quarter=quarter,
        short=f"{amount_words(hours)} t" if hours else measured(first.amount, first.kind),
        whole=", ".join(f"{kinds[each.kind]} {measured(each.amount, each.kind)}" for each in held),
        is_first=quarter == holding[0],
        is_last=quarter == holding[-1],
    )


def _address(name: str, municipality: Municipality) -> str:
    return reverse(name, kwargs={"municipality": municipality.slug, "reference": _ANY})
