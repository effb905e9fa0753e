"""The pages of units, and their posters."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader
from pytest_django.fixtures import DjangoAssertNumQueries

from grobunn.kernel import clock
from grobunn.organisations import queries
from grobunn.organisations.models import Municipality, Role
from grobunn.organisations.tests.factories import (
    RoleAssignmentFactory,
    UnitFactory,
)
from grobunn.organisations.tests.set_up.steps import member, signed_in, url

pytestmark = pytest.mark.django_db


def test_unit_is_added_moved_closed_and_opened_again(here: Municipality, adviser: Client) -> None:
    top = UnitFactory(municipality=here, name="Topp", slug="topp")
    sent = {"name": "Sone øst", "leader_level": 2, "mailbox": "", "external_id": ""}

    adviser.post(url("new_unit", here), {**sent, "above": ""})
    zone = queries.unit_by_slug(here.pk, "sone-ost")
    adviser.post(url("unit", here, unit="sone-ost"), {**sent, "name": "Sone Øst", "above": str(top.pk)})
    zone.refresh_from_db()
    assert (zone.name, zone.parent_id) == ("Sone Øst", top.pk)

    refused = adviser.post(url("close_unit", here, unit="topp"), follow=True)
    assert queries.unit_by_slug(here.pk, "topp").closed_on is None
    assert 'data-color="danger"' in refused.content.decode()

    closed = adviser.post(url("close_unit", here, unit="sone-ost"), follow=True)
    assert queries.unit_by_slug(here.pk, "sone-ost").closed_on == clock.today()
    assert url("reopen_unit", here, unit="sone-ost") in closed.content.decode()

    adviser.post(url("reopen_unit", here, unit="sone-ost"))
    assert queries.unit_by_slug(here.pk, "sone-ost").closed_on is None


def test_unit_page_does_not_offer_places_below_itself(here: Municipality, adviser: Client) -> None:
    top = UnitFactory(municipality=here)
    below = UnitFactory(municipality=here, parent=top)

    response = adviser.post(
        url("unit", here, unit=top.slug), {"name": "Topp", "leader_level": 1, "above": str(below.pk)}
    )

    assert response.status_code == 422
    assert 'id="id_above_error"' in response.content.decode()
    assert queries.unit_by_slug(here.pk, top.slug).parent_id is None


def test_new_unit_with_taken_id_is_refused_beside_the_field(here: Municipality, adviser: Client) -> None:
    UnitFactory(municipality=here, external_id="7")

    response = adviser.post(url("new_unit", here), {"name": "Ny", "leader_level": 1, "external_id": "7"})

    assert response.status_code == 422
    assert 'id="id_external_id_error"' in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_units_page_costs_the_same_for_one_and_three(
    here: Municipality, adviser: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count - 1):
        RoleAssignmentFactory(unit=UnitFactory(municipality=here), role=Role.UNIT_LEADER)

    adviser.get(url("set_up", here))  # the municipality is known to the process

    with django_assert_num_queries(5):  # session, user, roles, leaders, units
        adviser.get(url("units", here))


@pytest.fixture
def large(here: Municipality, monkeypatch: pytest.MonkeyPatch) -> Municipality:
    """A municipality with more units than the list shows at once: a top, two zones, three wards in each."""
    monkeypatch.setattr("grobunn.organisations.queries.unit_lines.MOST_LINES", 4)
    top = UnitFactory(municipality=here, name="Topp", slug="topp")
    for zone in ("Vest", "Øst"):
        above = UnitFactory(municipality=here, name=zone, slug=zone.lower().replace("ø", "o"), parent=top)
        for number in range(3):
            UnitFactory(municipality=here, name=f"Post {number} {zone}", parent=above)
    return here


def _lines(page: Any) -> list[tuple[str, int, int]]:
    return [(line.unit.name, line.depth, line.below) for line in page.context["found"].rows]


def test_units_of_a_small_municipality_are_all_in_the_list(here: Municipality, adviser: Client) -> None:
    top = UnitFactory(municipality=here, name="Aa-enhet")
    UnitFactory(municipality=here, name="Sone", parent=UnitFactory(municipality=here, name="Hus", parent=top))

    page = adviser.get(url("units", here))

    assert [line for line in _lines(page) if line[1]] == [("Hus", 1, 0), ("Sone", 2, 0)]
    assert 'id="unit-words"' not in page.content.decode()


def test_lower_levels_of_many_units_are_folded_and_opened_by_branch(large: Municipality, adviser: Client) -> None:
    page = adviser.get(url("units", large))
    opened = adviser.get(f"{url('units', large)}?under=ost")

    assert [line for line in _lines(page) if line[0] in {"Topp", "Vest", "Øst"}] == [
        ("Topp", 0, 0),
        ("Vest", 1, 3),
        ("Øst", 1, 3),
    ]
    assert f'href="{url("units", large)}?under=ost">3 enheter under' in page.content.decode()
    assert _lines(opened) == [
        ("Øst", 0, 0),
        ("Post 0 Øst", 1, 0),
        ("Post 1 Øst", 1, 0),
        ("Post 2 Øst", 1, 0),
    ]
    assert [label for label, _address in opened.context["trail"]] == ["Oppsett", "Enheter", "Topp", "Øst"]


def test_units_are_found_by_their_names_over_pages(large: Municipality, adviser: Client) -> None:
    first = adviser.get(f"{url('units', large)}?q=POST+post")
    second = adviser.get(f"{url('units', large)}?q=POST+post&cursor={first.context['found'].next_cursor}")
    none = adviser.get(f"{url('units', large)}?q=brannstasjon")

    assert [line[0] for line in _lines(first) + _lines(second)] == [
        f"Post {number} {zone}" for zone in ("Vest", "Øst") for number in range(3)
    ]
    assert [line.above for line in first.context["found"].rows] == ["Vest", "Vest", "Vest", "Øst"]
    assert "under=&amp;q=POST+post&amp;cursor=4" in first.content.decode()
    assert (second.context["found"].previous_cursor, second.context["found"].next_cursor) == ("0", None)
    assert "Ingen enhet har det i navnet" in none.content.decode()


@pytest.mark.parametrize(("query", "status"), [("under=finnesikke", 404), ("cursor=-1", 200), ("cursor=²", 200)])
def test_units_page_with_an_address_that_nobody_gave(
    large: Municipality, adviser: Client, query: str, status: int
) -> None:
    assert adviser.get(f"{url('units', large)}?{query}").status_code == status


def test_poster_leads_to_the_units_box_in_the_municipalitys_language(here: Municipality) -> None:
    Municipality.objects.filter(pk=here.pk).update(language_form="nn", answer_days=12)
    unit = UnitFactory(municipality=here, slug="heimetenesta", name="Heimetenesta #1 *øst*")
    employee = signed_in(member(Role.EMPLOYEE)(here))

    pdf = employee.get(url("poster_pdf", here, unit="heimetenesta"))
    svg = employee.get(url("poster_svg", here, unit="heimetenesta"))

    (page,) = PdfReader(BytesIO(pdf.content)).pages
    text = page.extract_text()
    assert "/provevik/heimetenesta/ny" in text
    assert unit.name in text
    assert "12" in text
    assert svg["Content-Type"] == "image/svg+xml"
    assert svg.content.startswith(b"<svg")
    assert Client().get(url("poster_pdf", here, unit="heimetenesta")).status_code == 302
