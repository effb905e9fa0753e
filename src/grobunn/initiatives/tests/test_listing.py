"""The list of initiatives and the page of one: what is shown, and to whom."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from grobunn.ideas.models import Visibility
from grobunn.ideas.tests.factories import make_idea
from grobunn.initiatives.models import Initiative, Signal
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative, make_source
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory


def _list(town: Town, query: str = "") -> str:
    return f"/{town.municipality.slug}/initiativ/{query}"


def _read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_list_shows_what_a_member_may_see_and_leaves_the_internal_out(client: Client, town: Town) -> None:
    source = make_source(town.ward, by=town.leader)
    make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source, title="Sensorer i senger")
    make_initiative(
        town.ward,
        owner=town.leader,
        by=town.adviser,
        source=source,
        title="Vaktbytte på mobil",
        visibility=Visibility.INTERNAL,
    )

    client.force_login(town.nurse)
    seen_by_nurse = _read(client, _list(town))
    client.force_login(town.leader)
    seen_by_owner = _read(client, _list(town))

    assert "Sensorer i senger" in seen_by_nurse
    assert "Vaktbytte" not in seen_by_nurse
    assert "Vaktbytte på mobil" in seen_by_owner


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?ord=senger+sensor", ["Sensorer i senger"]),
        ("?status=stuck", ["Vaktbytte på mobil"]),
        ("?tilstand=learned", []),
        ("?fase=nonsense", ["Sensorer i senger", "Vaktbytte på mobil"]),
    ],
)
def test_list_is_narrowed_by_its_address(client: Client, town: Town, query: str, expected: list[str]) -> None:
    source = make_source(town.ward, by=town.leader)
    make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source, title="Sensorer i senger")
    stuck = make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source, title="Vaktbytte på mobil")
    Initiative.objects.filter(pk=stuck.pk).update(signal=Signal.STUCK)
    client.force_login(town.leader)

    page = _read(client, _list(town, query))

    assert [title for title in ("Sensorer i senger", "Vaktbytte på mobil") if title in page] == expected


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_many(
    client: Client, town: Town, django_assert_num_queries: Callable[..., Any], count: int
) -> None:
    source = make_source(town.ward, by=town.leader)
    for _number in range(count):
        make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source)
    client.force_login(town.leader)
    client.get(_list(town))

    with django_assert_num_queries(9):
        client.get(_list(town))


def test_page_tells_owner_hypothesis_idea_and_capacity(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality, text="Sensorer i senger på natt")
    initiative = make_initiative(town.ward, owner=town.leader, by=town.adviser, ideas=(idea,))
    client.force_login(town.nurse)

    page = _read(client, _list(town, f"{initiative.reference}/"))

    assert "Nattevaktene bruker en time mindre på tilsyn." in page
    assert town.leader.name in page
    assert f"/{town.municipality.slug}/ideer/{idea.reference}/" in page


def test_page_is_not_found_by_somebody_from_elsewhere(client: Client, town: Town) -> None:
    initiative = make_initiative(town.ward, owner=town.leader, by=town.adviser)
    elsewhere = MunicipalityFactory(is_in_use=True)
    with scope(municipality=elsewhere.pk):
        unit = UnitFactory(municipality=elsewhere)
        RoleAssignmentFactory(municipality=elsewhere, unit=unit, user=town.outsider, role=Role.UNIT_LEADER)
    client.force_login(town.outsider)

    assert client.get(_list(town)).status_code == 404
    assert client.get(_list(town, f"{initiative.reference}/")).status_code == 404
    assert client.get(f"/{elsewhere.slug}/initiativ/{initiative.reference}/").status_code == 404
