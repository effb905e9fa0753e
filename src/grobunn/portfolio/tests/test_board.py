"""The board, the list, and moving a card: what is shown, to whom, and that every number opens its rows."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from openpyxl import load_workbook

from grobunn.capacity.quarters import Quarter
from grobunn.ideas.models import Visibility
from grobunn.initiatives.queries.phases import method_for
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel import clock
from grobunn.kernel.models import AuditEntry
from grobunn.methods.stages import Stage
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory
from grobunn.portfolio.asked import Asked
from grobunn.portfolio.columns import Column
from grobunn.portfolio.queries.board import standings
from grobunn.portfolio.queries.narrowed import narrowed
from grobunn.portfolio.tests.conftest import Portfolio, put


def _address(portfolio: Portfolio, page: str = "") -> str:
    return f"/{portfolio.town.municipality.slug}/portefolje/{page}"


def _read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.content.decode()


def test_board_has_each_where_it_stands(portfolio: Portfolio) -> None:
    rows = narrowed(portfolio.town.nurse, municipality_id=portfolio.town.municipality.pk, asked=Asked())

    found = {each.column: [card.title for card in each.cards] for each in standings(rows)}

    assert found == {
        Column.CONCEPT: ["Vaktbytte på mobil"],
        Column.PILOT: ["Sensorer i senger"],
        Column.IMPLEMENT: [],
        Column.PAUSED: ["Robot"],
        Column.OPERATING: ["Digitalt tilsyn"],
        Column.LEARNED: ["Bokbytte"],
    }


def test_column_shows_the_first_cards_and_counts_all(portfolio: Portfolio) -> None:
    for number in range(3):
        made = make_initiative(
            portfolio.town.ward,
            owner=portfolio.town.leader,
            by=portfolio.town.adviser,
            source=portfolio.source,
            title=f"Nummer {number}",
        )
        put(made, stage=Stage.CONCEPT, stage_since=clock.now() - timedelta(days=number))
    rows = narrowed(portfolio.town.nurse, municipality_id=portfolio.town.municipality.pk, asked=Asked())

    concept = next(each for each in standings(rows, most=2) if each.column == Column.CONCEPT)

    assert [card.title for card in concept.cards] == ["Vaktbytte på mobil", "Nummer 2"]
    assert (concept.count, concept.more) == (4, 2)


def test_board_shows_cards_with_signal_owner_and_age(client: Client, portfolio: Portfolio) -> None:
    client.force_login(portfolio.town.nurse)

    html = _read(client, _address(portfolio))

    assert "Vaktbytte på mobil" in html
    assert "Mangler en avgjørelse." in html
    assert "?trinn=concept&amp;signal=stuck" in html
    assert f"/portefolje/flytt/{portfolio.stuck.reference}/" in html
    assert f"/portefolje/flytt/{portfolio.learned.reference}/" not in html


def test_outsider_finds_no_portfolio(client: Client, portfolio: Portfolio) -> None:
    elsewhere = UnitFactory(municipality=MunicipalityFactory())
    neighbour = portfolio.town.outsider
    RoleAssignmentFactory(
        municipality=elsewhere.municipality, unit=elsewhere, user=neighbour, role=Role.INNOVATION_ADVISER
    )
    client.force_login(neighbour)

    for page in ("", "liste/", f"flytt/{portfolio.pilot.reference}/"):
        assert client.get(_address(portfolio, page)).status_code == 404


def test_internal_initiative_is_neither_shown_nor_counted_for_others(client: Client, portfolio: Portfolio) -> None:
    put(portfolio.pilot, visibility=Visibility.INTERNAL)
    client.force_login(portfolio.town.nurse)

    assert "Sensorer i senger" not in _read(client, _address(portfolio))
    assert "4 initiativ" in _read(client, _address(portfolio, "liste/"))
    client.force_login(portfolio.town.leader)
    assert "5 initiativ" in _read(client, _address(portfolio, "liste/"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?trinn=pilot", ["Sensorer i senger"]),
        ("?trinn=learned", ["Bokbytte"]),
        ("?signal=stuck", ["Vaktbytte på mobil"]),
        ("?alder=91-180&trinn=pilot", ["Sensorer i senger"]),
        ("?ord=tilsyn", ["Digitalt tilsyn"]),
        ("?syntetisk=bare", []),
        ("?trinn=nonsense&sorter=tittel", ["Bokbytte", "Digitalt tilsyn", "Robot", "Sensorer", "Vaktbytte"]),
    ],
)
def test_list_is_narrowed_and_sorted_by_its_address(
    client: Client, portfolio: Portfolio, query: str, expected: list[str]
) -> None:
    client.force_login(portfolio.town.nurse)

    html = _read(client, _address(portfolio, f"liste/{query}"))

    titles = ["Bokbytte", "Digitalt tilsyn", "Robot", "Sensorer i senger", "Vaktbytte på mobil"]
    shown = sorted((html.index(f">{title}"), title) for title in titles if f">{title}" in html)
    assert [title for _place, title in shown] == [next(t for t in titles if t.startswith(e)) for e in expected]


def test_unit_filter_counts_those_below_it(client: Client, portfolio: Portfolio) -> None:
    client.force_login(portfolio.town.nurse)

    above = _read(client, _address(portfolio, f"liste/?enhet={portfolio.town.office.slug}"))
    below = _read(client, _address(portfolio, f"liste/?enhet={portfolio.town.ward.slug}"))

    assert "Sensorer i senger" in above
    assert "Sensorer i senger" in below


def test_quarter_filter_shows_what_holds_capacity_then(client: Client, portfolio: Portfolio) -> None:

    client.force_login(portfolio.town.nurse)

    assert "5 initiativ" in _read(client, _address(portfolio, f"liste/?kvartal={Quarter.now().code}"))
    assert "Sensorer" not in _read(client, _address(portfolio, f"liste/?kvartal={(Quarter.now() + 1).code}"))


def test_card_is_moved_to_a_phase_that_no_gate_stands_before(client: Client, portfolio: Portfolio) -> None:
    client.force_login(portfolio.town.leader)
    method = method_for(portfolio.pilot)
    initiative = put(portfolio.pilot, phase=method.phases[-1].key)
    address = _address(portfolio, f"flytt/{initiative.reference}/?enhet={portfolio.town.ward.slug}")
    assert initiative.title in _read(client, address)

    response = client.post(address, {"phase": method.first.key, "version": initiative.version})

    initiative.refresh_from_db()
    assert response.status_code == 302
    assert response["Location"] == _address(portfolio, f"?enhet={portfolio.town.ward.slug}#{initiative.reference}")
    assert initiative.phase == method.first.key


def test_card_is_not_moved_over_a_gate_and_its_page_is_shown(client: Client, portfolio: Portfolio) -> None:
    method = method_for(portfolio.pilot)
    gated = next(place for place, phase in enumerate(method.phases) if phase.gate)
    initiative = put(portfolio.pilot, phase=method.phases[gated].key)
    client.force_login(portfolio.town.leader)
    address = _address(portfolio, f"flytt/{initiative.reference}/")

    html = _read(client, address)
    response = client.post(address, {"phase": method.phases[gated + 1].key, "version": initiative.version})

    gate = method.phases[gated].gate
    assert gate is not None
    assert gate.name in html
    assert f"/initiativ/{initiative.reference}/" in html
    assert response.status_code == 422
    assert put(initiative).phase == method.phases[gated].key


def test_card_that_somebody_moved_first_is_told_kindly(client: Client, portfolio: Portfolio) -> None:
    method = method_for(portfolio.pilot)
    initiative = put(portfolio.pilot, phase=method.phases[-1].key)
    client.force_login(portfolio.town.leader)

    response = client.post(
        _address(portfolio, f"flytt/{initiative.reference}/"),
        {"phase": method.first.key, "version": initiative.version - 1},
    )

    assert response.status_code == 422
    assert put(initiative).phase == method.phases[-1].key


def test_who_does_not_work_on_it_cannot_move_it(client: Client, portfolio: Portfolio) -> None:
    client.force_login(portfolio.town.nurse)
    address = _address(portfolio, f"flytt/{portfolio.pilot.reference}/")
    before = portfolio.pilot.phase

    _read(client, address)
    response = client.post(address, {"phase": "noe", "version": portfolio.pilot.version})

    portfolio.pilot.refresh_from_db()
    assert response.status_code in (403, 422)
    assert portfolio.pilot.phase == before


def test_export_holds_every_row_and_no_names(client: Client, portfolio: Portfolio) -> None:
    client.force_login(portfolio.town.leader)

    sheet = client.get(_address(portfolio, "liste/?format=xlsx"))
    text = client.get(_address(portfolio, "liste/?format=csv&trinn=learned"))

    rows = list(load_workbook(io.BytesIO(b"".join(sheet.streaming_content))).active.values)  # type: ignore[union-attr]
    lines = list(csv.reader(io.StringIO(b"".join(text.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 6
    assert [line[1] for line in lines[1:]] == ["Bokbytte"]
    assert portfolio.town.leader.name not in str(rows)
    assert AuditEntry.objects.filter(action="initiatives.export").count() == 2


def test_employee_takes_no_file_out(client: Client, portfolio: Portfolio) -> None:
    client.force_login(portfolio.town.nurse)

    assert client.get(_address(portfolio, "liste/?format=csv")).status_code == 403


@pytest.mark.parametrize("page", ["", "liste/"])
def test_page_asks_the_same_of_the_database_however_much_there_is(
    client: Client, portfolio: Portfolio, page: str, django_assert_max_num_queries: object
) -> None:
    client.force_login(portfolio.town.leader)
    _read(client, _address(portfolio, page))
    for number in range(3):
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            _read(client, _address(portfolio, page))
        make_initiative(
            portfolio.town.ward,
            owner=portfolio.town.leader,
            by=portfolio.town.adviser,
            source=portfolio.source,
            title=f"Nummer {number}",
        )
