"""The pages of units, and their posters."""

from io import BytesIO

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
