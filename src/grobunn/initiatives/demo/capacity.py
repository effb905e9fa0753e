"""What the units of the demonstration declare, what they lowered since, and who waits for room."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from grobunn.accounts.demo import key_of, person
from grobunn.capacity.claims import Claim
from grobunn.capacity.models import Source, Want
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.capacity.queries.room import Line
from grobunn.capacity.services.declare import declare
from grobunn.capacity.services.queue import join_queue
from grobunn.ideas.models import Idea
from grobunn.initiatives.demo.people import moment
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import unit_by_slug

Told = Mapping[str, Any]

_DECLARED_DAYS_AGO = 300
# From the quarter in which it was declared: past the present one, and a year ahead.
_QUARTERS = 9


def declared_sources(municipality: Municipality, sources: Mapping[str, Told]) -> dict[str, Source]:
    """The sources by their names in the file, each declared long ago for every quarter."""
    return {name: _source(municipality, name, told) for name, told in sources.items()}


def lower(sources: Mapping[str, Source], lowered: list[Told]) -> None:
    """What the owners of some sources said later."""
    for told in lowered:
        quarter = Quarter.now() + told["quarter"]
        amounts = {quarter: Decimal(told["amount"])}
        declare(sources[told["source"]], amounts=amounts, actor=person("adviser"), reason=told["reason"])


def lines_of(sources: Mapping[str, Source], lines: list[Any], *, first: Quarter, present: Quarter) -> list[Line]:
    """A need: so much of each source in every quarter from the first one on.

    Takes: lines, of source, amount, and how many quarters after the present one it ends; at least the first one.
    """
    return [
        Line(source=sources[name], quarter=quarter, amount=Decimal(amount))
        for name, amount, last in lines
        for quarter in quarters_from(first, max(1, (present + last) - first + 1))
    ]


def let_wait(municipality: Municipality, sources: Mapping[str, Source], told: Told) -> None:
    """An idea that stands in the queue for room."""
    idea = Idea.objects.filter(submission_key=key_of("ideas", told["idea"])).first()
    if idea is None or Want.objects.filter(claim_id=idea.pk).exists():
        return
    unit = unit_by_slug(municipality.pk, told["unit"])
    claim = Claim(sort="idea", id=idea.pk, municipality_id=municipality.pk, unit_id=unit.pk)
    first = Quarter.now() + 1
    lines = lines_of(sources, told["lines"], first=first, present=Quarter.now())
    with clock.moved_to(moment(told["days_ago"])):
        want = join_queue(claim, lines=lines)
    Want.objects.filter(pk=want.pk).update(since=clock.now() - timedelta(days=told["days_ago"]))


def _source(municipality: Municipality, name: str, told: Told) -> Source:
    key = key_of("capacity", name)
    known = Source.objects.filter(key=key).first()
    if known is not None:
        return known
    with clock.moved_to(moment(_DECLARED_DAYS_AGO)):
        source = Source.objects.create(
            municipality=municipality,
            unit=unit_by_slug(municipality.pk, told["unit"]),
            kind=told["kind"],
            name=told["name"],
            is_shared=told.get("is_shared", False),
            is_synthetic=True,
            key=key,
        )
        amounts = dict.fromkeys(quarters_from(Quarter.now(), _QUARTERS), Decimal(told["each"]))
        declare(source, amounts=amounts, actor=person("adviser"))
    return source
