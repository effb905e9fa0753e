"""Capacity and initiatives for tests: made by the services themselves."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from grobunn.accounts.models import User
from grobunn.capacity.kinds import Kind
from grobunn.capacity.models import Source
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.capacity.queries.room import Line
from grobunn.capacity.services.declare import declare
from grobunn.ideas.models import Idea
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.services.start import Beginning, start_initiative
from grobunn.kernel import clock
from grobunn.methods.queries import method_of
from grobunn.organisations.models import Role, Unit


def make_source(
    unit: Unit, *, by: User, kind: str = Kind.PLACES, amount: int = 5, quarters: int = 4, **fields: Any
) -> Source:
    """A source of a unit with so much declared from the present quarter on, by somebody who may."""
    source = Source.objects.create(
        municipality=unit.municipality, unit=unit, kind=kind, name=fields.pop("name", str(Kind(kind).label)), **fields
    )
    declare(source, amounts=dict.fromkeys(quarters_from(Quarter.now(), quarters), Decimal(amount)), actor=by)
    return source


def need_field(source: Source, quarter: Quarter | None = None) -> str:
    """The name of the field of the start page for what is needed of a source, in the present quarter or another."""
    return f"need-{source.pk}_{(quarter or Quarter.now()).code}"


def beginning_of(unit: Unit, *, owner: User, lines: list[Line], **changes: Any) -> Beginning:
    """What it takes to begin: everything filled in."""
    method = method_of(unit.municipality_id, changes.pop("method", "veikart"))
    assert method is not None
    given: dict[str, Any] = {
        "title": "Sensorer i senger",
        "hypothesis": "Nattevaktene bruker en time mindre på tilsyn.",
        "unit": unit,
        "owner": owner,
        "owner_role": Role.UNIT_LEADER,
        "owner_unit": unit,
        "milestone": "Ti senger har sensor",
        "milestone_due_on": clock.today() + timedelta(days=60),
        "method": method,
        "phase": method.first.key,
        "lines": lines,
        "reason": "Vi begynner med ti senger.",
        **changes,
    }
    return Beginning(**given)


def make_initiative(
    unit: Unit, *, owner: User, by: User, source: Source | None = None, ideas: tuple[Idea, ...] = (), **changes: Any
) -> Initiative:
    """An initiative that holds one place in the present quarter, or what `lines` say."""
    lines = changes.pop("lines", None) or [
        Line(source=source or _first_source(unit, by=owner), quarter=Quarter.now(), amount=Decimal(1))
    ]
    beginning = beginning_of(unit, owner=owner, lines=lines, **changes)
    return start_initiative(unit.municipality, beginning=beginning, ideas=ideas, actor=by)


def _first_source(unit: Unit, *, by: User) -> Source:
    return Source.objects.filter(unit=unit, name=str(Kind.PLACES.label)).first() or make_source(unit, by=by)
