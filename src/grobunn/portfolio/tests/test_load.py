"""Timeline, what-if and load: the numbers add up to what is reserved, and nothing is saved before it is sent."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from grobunn.capacity.kinds import Kind
from grobunn.capacity.models import Declaration, Reservation
from grobunn.capacity.quarters import Quarter
from grobunn.ideas.models import Visibility
from grobunn.initiatives.tests.factories import make_source
from grobunn.kernel.models import StateChange
from grobunn.organisations.queries import unit_tree
from grobunn.portfolio.queries.load_rows import load_rows
from grobunn.portfolio.queries.loads import Sum, loaded
from grobunn.portfolio.tests.conftest import Portfolio, put


def _address(portfolio: Portfolio, page: str = "") -> str:
    return f"/{portfolio.town.municipality.slug}/portefolje/{page}"


def _read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.content.decode()


def _declare(portfolio: Portfolio, quarter: Quarter, amount: int) -> None:
    with scopes_disabled():
        Declaration.objects.filter(source=portfolio.source, quarter_on=quarter.first_day).update(amount=amount)


def test_load_of_the_municipality_is_the_sum_of_its_units(portfolio: Portfolio) -> None:
    now = Quarter.now()
    tree = unit_tree(portfolio.town.municipality.pk)

    found = loaded(portfolio.town.municipality.pk, tree=tree, unit=None, measure="places", quarters=[now])

    assert [line.unit for line in found.lines] == [portfolio.town.office]
    assert found.lines[0].of(now) == Sum(Decimal(20), Decimal(5), Decimal(0), 0) == found.total(now)


def test_what_one_source_has_too_much_of_is_not_helped_by_another(portfolio: Portfolio) -> None:
    now = Quarter.now()
    make_source(portfolio.town.office, by=portfolio.town.adviser, amount=50, name="Fellesplasser")
    _declare(portfolio, now, 2)
    tree = unit_tree(portfolio.town.municipality.pk)

    found = loaded(portfolio.town.municipality.pk, tree=tree, unit=None, measure="places", quarters=[now])

    assert found.total(now) == Sum(Decimal(52), Decimal(5), Decimal(3), 1)


def test_opened_unit_shows_itself_and_those_below(portfolio: Portfolio) -> None:
    now = Quarter.now()
    make_source(portfolio.town.office, by=portfolio.town.adviser, amount=50, name="Fellesplasser")
    tree = unit_tree(portfolio.town.municipality.pk)

    found = loaded(
        portfolio.town.municipality.pk, tree=tree, unit=portfolio.town.office, measure="places", quarters=[now]
    )

    assert [(line.unit, line.is_own) for line in found.lines] == [
        (portfolio.town.office, True),
        (portfolio.town.ward, False),
    ]


def test_rows_behind_a_number_add_up_and_hide_what_the_reader_may_not_see(portfolio: Portfolio) -> None:
    put(portfolio.pilot, visibility=Visibility.INTERNAL)

    (row,) = load_rows(
        portfolio.town.municipality.pk,
        unit_ids=None,
        measure="places",
        quarter=Quarter.now(),
        actor=portfolio.town.nurse,
    )

    assert sum(holder.amount for holder in row.holders) == row.load.reserved == 5
    assert [holder.initiative for holder in row.holders].count(None) == 1
    assert portfolio.pilot not in [holder.initiative for holder in row.holders]


def test_load_page_marks_what_is_over_and_leads_to_the_rows(client: Client, portfolio: Portfolio) -> None:
    now = Quarter.now()
    _declare(portfolio, now, 2)
    client.force_login(portfolio.town.nurse)

    html = _read(client, _address(portfolio, f"last/?maal=places&kvartal={now.code}"))
    rows = _read(
        client, _address(portfolio, f"last/rader/?maal=places&kvartal={now.code}&enhet={portfolio.town.office.slug}")
    )

    assert 'role="img"' in html
    assert "5 av 2" in html
    assert f"kvartal={now.code}" in html
    assert "Sensorer i senger" in rows


def test_timeline_has_a_bar_where_capacity_is_held(client: Client, portfolio: Portfolio) -> None:
    client.force_login(portfolio.town.nurse)

    html = _read(client, _address(portfolio, "tidslinje/"))

    assert html.count('class="quarters__bar"') == 3
    assert f"/portefolje/plan/{portfolio.pilot.reference}/" in html
    assert "Digitalt tilsyn" not in html


def test_trying_another_quarter_saves_nothing(client: Client, portfolio: Portfolio) -> None:
    later = Quarter.now() + 2
    client.force_login(portfolio.town.leader)

    html = _read(client, _address(portfolio, f"plan/{portfolio.pilot.reference}/?til={later.code}"))

    assert str(later) in html
    assert 'name="version"' in html
    with scopes_disabled():
        held = Reservation.objects.get(claim_id=portfolio.pilot.pk)
    assert held.quarter_on == Quarter.now().first_day


def test_what_fits_is_saved_as_a_step_of_the_initiative(client: Client, portfolio: Portfolio) -> None:
    later = Quarter.now() + 2
    client.force_login(portfolio.town.leader)

    response = client.post(
        _address(portfolio, f"plan/{portfolio.pilot.reference}/?til={later.code}"),
        {"version": portfolio.pilot.version, "reason": "Vi venter på sensorene."},
    )

    assert response.status_code == 302
    with scopes_disabled():
        held = Reservation.objects.get(claim_id=portfolio.pilot.pk)
    assert held.quarter_on == later.first_day
    change = StateChange.objects.get(subject_id=portfolio.pilot.pk, edge="replan")
    assert change.reason == "Vi venter på sensorene."


def test_what_does_not_fit_is_refused_with_the_first_quarter_that_does(client: Client, portfolio: Portfolio) -> None:
    later = Quarter.now() + 1
    _declare(portfolio, later, 0)
    client.force_login(portfolio.town.leader)
    address = _address(portfolio, f"plan/{portfolio.pilot.reference}/?til={later.code}")

    html = _read(client, address)
    response = client.post(address, {"version": portfolio.pilot.version})

    assert str(Quarter.now() + 2) in html
    assert 'name="version"' not in html
    assert response.status_code == 422
    with scopes_disabled():
        assert Reservation.objects.get(claim_id=portfolio.pilot.pk).quarter_on == Quarter.now().first_day


def test_employee_may_look_but_not_save(client: Client, portfolio: Portfolio) -> None:
    later = Quarter.now() + 2
    client.force_login(portfolio.town.nurse)
    address = _address(portfolio, f"plan/{portfolio.pilot.reference}/?til={later.code}")

    html = _read(client, address)
    response = client.post(address, {"version": portfolio.pilot.version})

    assert 'name="version"' not in html
    assert response.status_code == 403
    assert not StateChange.objects.filter(subject_id=portfolio.pilot.pk, edge="replan").exists()


@pytest.mark.parametrize("page", ["tidslinje/", "last/?maal=places"])
def test_page_asks_the_same_however_much_there_is(
    client: Client, portfolio: Portfolio, page: str, django_assert_max_num_queries: Any
) -> None:
    client.force_login(portfolio.town.leader)
    _read(client, _address(portfolio, page))
    for number in range(2):
        with django_assert_max_num_queries(12):
            _read(client, _address(portfolio, page))
        make_source(portfolio.town.ward, by=portfolio.town.leader, kind=Kind.IT, name=f"IT {number}")
