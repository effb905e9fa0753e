"""The same small municipality as the tests of initiatives have, with something in most columns."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches

from grobunn.capacity.models import Source
from grobunn.initiatives.models import Initiative, Signal
from grobunn.initiatives.states import InitiativeState
from grobunn.initiatives.tests.conftest import Town, town
from grobunn.initiatives.tests.factories import make_initiative, make_source
from grobunn.kernel import clock
from grobunn.methods.stages import Stage
from grobunn.organisations.models import Role

__all__ = ["town"]


@dataclass(frozen=True)
class Portfolio:
    """What is there."""

    town: Town
    source: Source
    stuck: Initiative
    pilot: Initiative
    paused: Initiative
    operating: Initiative
    learned: Initiative


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    caches["process"].clear()


def put(initiative: Initiative, **fields: Any) -> Initiative:
    """Where a test wants an initiative to be, without going all the way there."""
    if fields:
        Initiative.objects.filter(pk=initiative.pk).update(**fields)
    initiative.refresh_from_db()
    return initiative


@pytest.fixture
def portfolio(town: Town) -> Portfolio:
    source = make_source(town.ward, by=town.leader, amount=20)

    def made(title: str, **fields: Any) -> Initiative:
        begun = make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source, title=title)
        return put(begun, **fields)

    now = clock.now()
    return Portfolio(
        town=town,
        source=source,
        stuck=made("Vaktbytte på mobil", stage=Stage.CONCEPT, signal=Signal.STUCK, status="Mangler en avgjørelse."),
        pilot=made("Sensorer i senger", stage=Stage.PILOT, stage_since=now - timedelta(days=100)),
        paused=made("Robot", state=InitiativeState.PAUSED, paused_until=clock.today() + timedelta(days=30)),
        operating=made(
            "Digitalt tilsyn",
            state=InitiativeState.OPERATING,
            operates_since=clock.today(),
            runs_role=Role.UNIT_LEADER,
            runs_unit=town.ward,
            ended_at=now,
        ),
        learned=made(
            "Bokbytte", state=InitiativeState.LEARNED, tried="Et skap", learned="Ingen brukte det", ended_at=now
        ),
    )
