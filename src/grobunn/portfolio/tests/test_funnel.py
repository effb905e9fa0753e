"""The funnel and the page for the meeting: every number is the count of its rows."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from grobunn.capacity.models import Declaration
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line
from grobunn.ideas.tests.factories import make_idea
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.services.ends import finish_learned, put_in_operation
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel import clock
from grobunn.methods.stages import Stage
from grobunn.organisations.models import Role
from grobunn.portfolio.ages import Age
from grobunn.portfolio.asked import Asked
from grobunn.portfolio.queries.funnel import End, Funnel, Step, begun_in, funnel, ideas_in
from grobunn.portfolio.queries.narrowed import narrowed
from grobunn.portfolio.tests.conftest import Portfolio, put


def _address(portfolio: Portfolio, page: str = "") -> str:
    return f"/{portfolio.town.municipality.slug}/portefolje/{page}"


def _read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.content.decode()


def _funnel(portfolio: Portfolio) -> Funnel:
    here = portfolio.town.municipality.pk
    actor = portfolio.town.adviser
    rows = narrowed(actor, municipality_id=here, asked=Asked())
    return funnel(ideas_in(actor, municipality_id=here, asked=Asked(), since=None), begun_in(rows, since=None))


def _finish(portfolio: Portfolio, initiative: Initiative) -> None:
    finish_learned(initiative, tried="Vi prøvde en robot.", learned="Den var for treg.", actor=portfolio.town.leader)


def test_initiative_counts_as_far_as_it_has_come_also_when_it_has_ended(portfolio: Portfolio) -> None:
    put(portfolio.pilot, stage=Stage.IMPLEMENT, stage_since=clock.now() - timedelta(days=40))
    _finish(portfolio, put(portfolio.pilot))
    operated = put(portfolio.stuck, stage=Stage.CONCEPT)
    put_in_operation(
        operated,
        runs_role=Role.UNIT_LEADER,
        runs_unit=portfolio.town.ward,
        since=clock.today(),
        actor=portfolio.town.leader,
    )

    found = _funnel(portfolio)

    assert found.steps[Step.BEGUN] == 5
    assert found.steps[Step.PILOT] == 3
    assert found.steps[Step.IMPLEMENT] == 3
    assert found.steps[Step.OPERATION] == 2
    assert found.learned == {"implement": 1}


def test_stage_is_timed_when_it_is_left(portfolio: Portfolio) -> None:
    for initiative, days in ((portfolio.pilot, 40), (portfolio.stuck, 60)):
        put(initiative, stage=Stage.PILOT, stage_since=clock.now() - timedelta(days=days))
        _finish(portfolio, put(initiative))

    found = _funnel(portfolio)

    assert found.stages["pilot"].count == 2
    assert found.stages["pilot"].median is not None
    assert found.stages["pilot"].median.days == 50


def test_ideas_are_counted_by_how_they_were_answered(portfolio: Portfolio) -> None:
    idea = make_idea(portfolio.town.municipality, unit=portfolio.town.ward)

    found = _funnel(portfolio)

    assert found.steps[Step.RECEIVED] == 1
    assert found.steps[Step.CHOSEN] == 0
    assert found.ends[End.DECLINED] == 0
    assert idea.reference


def test_ages_are_of_what_is_under_way(portfolio: Portfolio) -> None:
    found = _funnel(portfolio)

    assert found.ages["pilot"][Age.HALF_YEAR] == 1
    assert sum(sum(counts.values()) for counts in found.ages.values()) == 2


@pytest.mark.parametrize("step", [*Step.values, *End.values])
def test_every_number_opens_as_many_rows(client: Client, portfolio: Portfolio, step: str) -> None:
    make_idea(portfolio.town.municipality, unit=portfolio.town.ward)
    client.force_login(portfolio.town.adviser)
    found = _funnel(portfolio)
    number = found.steps[Step(step)] if step in Step.values else found.ends[End(step)]

    html = _read(client, _address(portfolio, f"trakt/{step}/?periode=alt"))

    assert html.count('class="list-row"') == number


def test_unknown_step_is_not_found(client: Client, portfolio: Portfolio) -> None:
    client.force_login(portfolio.town.adviser)

    assert client.get(_address(portfolio, "trakt/noe-annet/")).status_code == 404


def test_meeting_tells_what_is_stuck_over_waiting_and_ended(client: Client, portfolio: Portfolio) -> None:
    later = Quarter.now() + 1
    make_initiative(
        portfolio.town.ward,
        owner=portfolio.town.leader,
        by=portfolio.town.adviser,
        title="Neste kvartal",
        lines=[_line(portfolio, later)],
    )
    Declaration.objects.filter(source=portfolio.source, quarter_on=later.first_day).update(amount=1)
    client.force_login(portfolio.town.nurse)

    html = _read(client, _address(portfolio, "mote/"))
    written = client.get(_address(portfolio, "mote/?format=pdf"))

    document = PdfReader(io.BytesIO(written.content))
    text = " ".join(page.extract_text() for page in document.pages).replace("\n", " ")
    for part in (html, text):
        assert "Vaktbytte på mobil" in part
        assert "Mangler en avgjørelse." in part
        assert "Ingen brukte det" in part
        assert portfolio.town.ward.name in part
    assert "Sensorer i senger" not in text
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert len(document.pages) == 1


def _line(portfolio: Portfolio, quarter: Quarter) -> Line:
    return Line(source=portfolio.source, quarter=quarter, amount=Decimal(3))


@pytest.mark.parametrize("page", ["trakt/", "mote/"])
def test_page_asks_little_however_much_there_is(
    client: Client, portfolio: Portfolio, page: str, django_assert_max_num_queries: Any
) -> None:
    client.force_login(portfolio.town.leader)
    _read(client, _address(portfolio, page))
    for number in range(2):
        with django_assert_max_num_queries(12):
            _read(client, _address(portfolio, page))
        make_initiative(
            portfolio.town.ward,
            owner=portfolio.town.leader,
            by=portfolio.town.adviser,
            source=portfolio.source,
            title=f"Nummer {number}",
        )
