"""Who is who in the demonstration of programmes."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from itertools import product
from typing import Any

from grobunn.kernel import clock
from grobunn.kernel.slugs import plain
from grobunn.organisations.models import Unit
from grobunn.programmes.services.enrolling import Invitee

_DEPT_LEADER_LEVEL = 4


def moment(in_days: int) -> datetime:
    """A morning so many days from today, never ahead of now."""
    return min(clock.at(clock.today() + timedelta(days=in_days), time(8, 30)), clock.now())


def made_up_leaders(told: Mapping[str, Any], units: list[Unit]) -> Iterator[Invitee]:
    """Leaders without an account, spread over units; each name once."""
    names = product(told["last_names"], told["first_names"])
    for number, (last, first) in enumerate(names):
        unit = units[number % len(units)]
        yield Invitee(
            name=f"{first} {last}",
            email=f"{plain(first)}.{plain(last)}@demo.example",
            unit=unit,
            leader_level=min(unit.leader_level, _DEPT_LEADER_LEVEL),
            is_synthetic=True,
        )
