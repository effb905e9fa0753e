"""Sources that municipalities share: everybody sees their own by name, and of the others how much, no more."""

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from grobunn.accounts.models import User
from grobunn.accounts.tests.asking import Ask
from grobunn.accounts.tests.factories import UserFactory
from grobunn.capacity.models import Share, Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line
from grobunn.ideas.models import Visibility
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.tests.api.conftest import ask
from grobunn.initiatives.tests.factories import make_initiative, make_source
from grobunn.organisations.models import Municipality, Role, Unit
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory
from grobunn.portfolio.queries.sharing import shared_sources
from grobunn.portfolio.tests.conftest import Portfolio, put

__all__ = ["ask"]

THEIRS = "Hemmelig prøveprosjekt i Nabovik"


@dataclass(frozen=True)
class Neighbour:
    """Another municipality, which is lent a source of ours."""

    municipality: Municipality
    unit: Unit
    leader: User
    lent: Source
    initiative: Initiative


def _neighbour(portfolio: Portfolio, name: str, *, title: str, amount: int) -> Neighbour:
    municipality = MunicipalityFactory(name=name, slug=name.lower(), is_in_use=True)
    with scopes_disabled():
        Share.objects.create(municipality=portfolio.town.municipality, source=portfolio.source, guest=municipality)
    with scope(municipality=municipality.pk):
        unit = UnitFactory(municipality=municipality, leader_level=1)
        leader = UserFactory()
        RoleAssignmentFactory(municipality=municipality, unit=unit, user=leader, role=Role.UNIT_LEADER)
        adviser = UserFactory()
        RoleAssignmentFactory(municipality=municipality, unit=unit, user=adviser, role=Role.INNOVATION_ADVISER)
        lines = [Line(source=portfolio.source, quarter=Quarter.now(), amount=Decimal(amount))]
        made = make_initiative(unit, owner=leader, by=adviser, lines=lines, title=title)
    return Neighbour(municipality, unit, leader, portfolio.source, made)


@pytest.fixture
def neighbour(portfolio: Portfolio) -> Neighbour:
    return _neighbour(portfolio, "Nabovik", title=THEIRS, amount=3)


def _page(client: Client, municipality: Municipality, reader: User, query: str = "") -> str:
    client.force_login(reader)
    response = client.get(f"/{municipality.slug}/portefolje/deling/{query}", headers={"Accept-Language": "nb"})
    assert response.status_code == 200
    return response.content.decode()


def test_owner_sees_its_own_by_name_and_the_neighbour_as_one_sum(
    client: Client, portfolio: Portfolio, neighbour: Neighbour
) -> None:
    html = _page(client, portfolio.town.municipality, portfolio.town.nurse)

    assert "Sensorer i senger" in html
    assert f"/initiativ/{portfolio.pilot.reference}/" in html
    assert "Nabovik" in html
    assert THEIRS not in html
    assert neighbour.initiative.reference not in html


def test_guest_sees_its_own_by_name_and_nothing_of_what_is_not_shared(
    client: Client, portfolio: Portfolio, neighbour: Neighbour
) -> None:
    town = portfolio.town
    secret = make_source(town.ward, by=town.leader, name="Byens egen reserve")
    third = _neighbour(portfolio, "Tredjevik", title="Tredjes tiltak", amount=1)
    with scopes_disabled():
        private = Source.objects.create(
            municipality=third.municipality, unit=third.unit, kind="it", name="Bare for Tredjevik"
        )

    html = _page(client, neighbour.municipality, neighbour.leader)

    assert THEIRS in html
    assert portfolio.source.name in html
    for hidden in ("Sensorer i senger", portfolio.pilot.reference, secret.name, private.name, "Tredjes tiltak"):
        assert hidden not in html
    assert f"/kapasitet/kilder/{portfolio.source.pk}" not in html


def test_sums_add_up_to_what_is_promised_and_hide_what_the_reader_may_not_see(
    portfolio: Portfolio, neighbour: Neighbour
) -> None:
    put(portfolio.pilot, visibility=Visibility.INTERNAL)
    now = Quarter.now()

    (shared,) = shared_sources(portfolio.town.municipality, quarters=[now], actor=portfolio.town.nurse)

    assert [(each.municipality.name, each.is_here, each.amounts) for each in shared.holders] == [
        (portfolio.town.municipality.name, True, (Decimal(5),)),
        ("Nabovik", False, (Decimal(3),)),
    ]
    assert sum(each.amounts[0] for each in shared.holders) == shared.loads[0].reserved == 8
    own = shared.holders[0].claims
    assert (own[-1].claim, own[-1].amounts) == (None, (Decimal(1),))
    assert sum(each.amounts[0] for each in own) == 5
    assert shared.holders[1].claims == ()


def test_what_is_no_longer_lent_is_not_shown_to_the_guest(portfolio: Portfolio, neighbour: Neighbour) -> None:
    with scopes_disabled():
        Share.objects.all().delete()

    assert shared_sources(neighbour.municipality, quarters=[Quarter.now()], actor=neighbour.leader) == []


def test_guest_who_holds_nothing_is_told_to_the_owner_alone(portfolio: Portfolio, neighbour: Neighbour) -> None:
    quiet = MunicipalityFactory(name="Stillevik", is_in_use=True)
    with scopes_disabled():
        Share.objects.create(municipality=portfolio.town.municipality, source=portfolio.source, guest=quiet)
    quarters = [Quarter.now()]

    (ours,) = shared_sources(portfolio.town.municipality, quarters=quarters, actor=portfolio.town.leader)
    (lent,) = shared_sources(neighbour.municipality, quarters=quarters, actor=neighbour.leader)

    assert "Stillevik" in [holder.municipality.name for holder in ours.holders]
    assert "Stillevik" not in [holder.municipality.name for holder in lent.holders]


def test_file_has_the_same_rows_and_no_name_of_others(
    client: Client, portfolio: Portfolio, neighbour: Neighbour
) -> None:
    client.force_login(portfolio.town.leader)
    response = client.get(f"/{portfolio.town.municipality.slug}/portefolje/deling/?format=xlsx")

    rows = list(load_workbook(BytesIO(b"".join(response.streaming_content))).active.iter_rows(values_only=True))

    assert len(rows) == 1 + 5 + 1
    assert [row[7:] for row in rows if row[7] == "Nabovik"] == [("Nabovik", None, 3)]
    assert THEIRS not in str(rows)


def test_file_is_for_those_who_may_take_lists_out(client: Client, portfolio: Portfolio, neighbour: Neighbour) -> None:
    client.force_login(portfolio.town.nurse)

    refused = client.get(f"/{portfolio.town.municipality.slug}/portefolje/deling/?format=csv")

    assert refused.status_code == 403


def test_api_tells_the_same(ask: Ask, portfolio: Portfolio, neighbour: Neighbour) -> None:
    path = f"municipalities/{neighbour.municipality.slug}/portfolio/shared"

    (told,) = ask("get", path, by=neighbour.leader).json()

    held = [(each["municipality"], each["initiative"], float(each["amount"])) for each in told["held"]]
    assert (told["name"], told["is_lent"]) == (portfolio.source.name, True)
    assert held == [("nabovik", THEIRS, 3.0), (portfolio.town.municipality.slug, None, 5.0)]
    assert ask("get", path, by=portfolio.town.leader).status_code == 404


def test_outsiders_find_no_page(client: Client, portfolio: Portfolio, neighbour: Neighbour) -> None:
    client.force_login(portfolio.town.leader)

    assert client.get(f"/{neighbour.municipality.slug}/portefolje/deling/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_much_of_one_source_as_of_three(
    client: Client,
    portfolio: Portfolio,
    neighbour: Neighbour,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    town = portfolio.town
    for number in range(count - 1):
        source = make_source(town.ward, by=town.leader, name=f"Delt {number}")
        with scopes_disabled():
            Share.objects.create(municipality=town.municipality, source=source, guest=neighbour.municipality)

    with django_assert_num_queries(10):
        found = shared_sources(town.municipality, quarters=[Quarter.now()], actor=town.nurse)

    assert len(found) == count


def test_chart_is_a_picture_for_slides(client: Client, portfolio: Portfolio, neighbour: Neighbour) -> None:
    html = _page(client, portfolio.town.municipality, portfolio.town.nurse)
    assert f"?bilde=shared-{portfolio.source.pk}" in html

    picture = client.get(f"/{portfolio.town.municipality.slug}/portefolje/deling/?bilde=shared-{portfolio.source.pk}")

    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert picture["Content-Disposition"].endswith('.png"')


@pytest.mark.parametrize("page", ["last/?maal=places&bilde=load-by-unit", "trakt/?bilde=funnel"])
def test_every_chart_of_the_portfolio_is_a_picture(client: Client, portfolio: Portfolio, page: str) -> None:
    client.force_login(portfolio.town.nurse)

    picture = client.get(f"/{portfolio.town.municipality.slug}/portefolje/{page}")

    assert picture["Content-Type"] == "image/png"
