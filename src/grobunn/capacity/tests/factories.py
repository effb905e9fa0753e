"""Sources and claims for tests: made by the services themselves."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from grobunn.accounts.models import User
from grobunn.capacity.claims import Claim
from grobunn.capacity.kinds import Kind
from grobunn.capacity.models import Reservation, Source
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.capacity.queries.room import Line
from grobunn.capacity.services.declare import declare
from grobunn.capacity.services.reserve import reserve
from grobunn.kernel import ids
from grobunn.organisations.models import Unit

SORT = "test"


def make_source(
    unit: Unit, *, by: User, kind: str = Kind.IT, amount: int | str = 100, quarters: int = 4, **fields: Any
) -> Source:
    """A source of a unit with so much declared from the present quarter on, by somebody who may."""
    name = fields.pop("name", f"{Kind(kind).value} {ids.new_id()}")
    source = Source.objects.create(municipality=unit.municipality, unit=unit, kind=kind, name=name, **fields)
    declare(source, amounts=dict.fromkeys(quarters_from(Quarter.now(), quarters), Decimal(amount)), actor=by)
    return source


def claim_of(unit: Unit) -> Claim:
    """Something new that needs capacity."""
    return Claim(sort=SORT, id=ids.new_id(), municipality_id=unit.municipality_id, unit_id=unit.pk)


def line(source: Source, amount: int | str = 1, *, ahead: int = 0) -> Line:
    """So much of a source, so many quarters from the present one."""
    return Line(source=source, quarter=Quarter.now() + ahead, amount=Decimal(amount))


def hold(unit: Unit, lines: Sequence[Line], *, by: User) -> Claim:
    """A new claim that holds what the lines say."""
    claim = claim_of(unit)
    reserve(claim, lines=lines, actor=by)
    return claim


def held_of(source: Source, quarter: Quarter | None = None) -> Decimal:
    """How much is reserved of a source in a quarter, counted from the rows."""
    day = (quarter or Quarter.now()).first_day
    amounts = Reservation.objects.filter(source=source, quarter_on=day).values_list("amount", flat=True)
    return sum(amounts, Decimal(0))
