"""The map of the library, and cases side by side."""

import re
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from grobunn.cases.models import Adoption, Case, Manner
from grobunn.cases.states import AdoptionState, CaseState
from grobunn.cases.tests.rows import case_row
from grobunn.kernel import clock
from grobunn.organisations import geography
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import all_municipalities
from grobunn.organisations.services.municipalities import load_municipalities
from grobunn.organisations.tests.factories import MunicipalityFactory


@pytest.fixture
def place(db: None) -> Municipality:
    return MunicipalityFactory(slug="ulstein", name="Ulstein", population=8_900)


def _adopted(case: Case, by: Municipality, state: str = AdoptionState.IN_USE) -> None:
    with scopes_disabled():
        Adoption.objects.create(
            municipality=by,
            adopter=by,
            case=case,
            state=state,
            manner=Manner.COPIED,
            in_use_on=clock.today(),
            begun_at=clock.now(),
        )
        Case.objects.filter(pk=case.pk).update(adoption_count=1)


def _table(page: Any) -> list[tuple[str, int, int]]:
    return [(spot.slug, spot.told, spot.adopted) for spot in page.context["spots"]]


def test_map_has_a_point_inside_the_picture_for_every_municipality(db: None) -> None:
    load_municipalities()
    points = geography.points()

    assert {each["slug"] for each in all_municipalities()} == set(points)
    assert all(0 < x < geography.WIDTH and 0 < y < geography.HEIGHT for x, y in points.values())


def test_map_shows_who_has_told_and_who_has_taken_into_use(client: Client, place: Municipality) -> None:
    hareid = MunicipalityFactory(slug="hareid", name="Hareid")
    considering = MunicipalityFactory(slug="volda", name="Volda")
    case = case_row(place, "skole", kostra=["202"])
    case_row(hareid, "mat")
    case_row(considering, "kladd", state=CaseState.DRAFT)
    _adopted(case, hareid)
    _adopted(case, considering, AdoptionState.PILOT)

    page = client.get("/eksempler/kart/")

    assert _table(page) == [("hareid", 1, 1), ("ulstein", 1, 0)]
    assert _table(client.get("/eksempler/kart/?kostra=202")) == [("hareid", 0, 1), ("ulstein", 1, 0)]
    drawing = re.search(r'<svg class="norway__map".*?</svg>', page.content.decode(), re.DOTALL)
    assert drawing is not None
    assert (drawing[0].count("norway__told"), drawing[0].count("norway__adopted")) == (2, 1)


def test_map_asks_the_database_no_more_with_three_than_with_one(
    client: Client, place: Municipality, django_assert_num_queries: Any
) -> None:
    case_row(place, "en")
    client.get("/eksempler/kart/")
    with django_assert_num_queries(3):
        client.get("/eksempler/kart/")
    for slug in ("to", "tre"):
        case_row(MunicipalityFactory(), slug)
    client.get("/eksempler/kart/")
    with django_assert_num_queries(3):
        assert len(_table(client.get("/eksempler/kart/"))) == 3


def test_compared_cases_stand_in_the_order_of_the_address(client: Client, place: Municipality) -> None:
    case_row(place, "en", title="En", one_off_nok=1_000_000, lessons="Nettet først.")
    case_row(place, "to", title="To", adoption_count=3, lessons="Folk først.")

    page = client.get("/eksempler/sammenlign/?case=to&case=en", headers={"Accept-Language": "nb"})

    rows = {row.label: list(row.cells) for row in page.context["rows"]}
    assert rows["I bruk andre steder"] == ["3", "0"]
    assert rows["Kostnad å innføre"] == ["Ikke oppgitt", "1\xa0000\xa0000 kroner"]
    assert rows["Erfaringer"] == ["<p>Folk først.</p>\n", "<p>Nettet først.</p>\n"]


def test_compared_cases_say_whom_to_ask_and_unknown_costs_once(client: Client, place: Municipality) -> None:
    case_row(place, "en", contact_mailbox="post@kommune.example")
    case_row(place, "to")

    page = client.get("/eksempler/sammenlign/?case=en&case=to", headers={"Accept-Language": "nb"})

    rows = {row.label: list(row.cells) for row in page.context["rows"]}
    assert rows["Kostnad og arbeid"] == ["Ikke oppgitt", "Ikke oppgitt"]
    assert "Kostnad å innføre" not in rows
    assert rows["Kontakt"][0].endswith("<br>post@kommune.example</p>")


@pytest.mark.parametrize(("query", "status"), [("", 200), ("?case=en", 200), ("?case=en&case=kladd", 404)])
def test_comparing_takes_published_cases_only(client: Client, place: Municipality, query: str, status: int) -> None:
    case_row(place, "en")
    case_row(place, "kladd", state=CaseState.DRAFT)

    response = client.get(f"/eksempler/sammenlign/{query}", headers={"Accept-Language": "nb"})

    assert response.status_code == status
    assert ("Velg to eller tre eksempler" in response.content.decode()) is (status == 200)


def test_no_more_than_three_are_compared(client: Client, place: Municipality) -> None:
    for slug in "abcd":
        case_row(place, slug)

    page = client.get("/eksempler/sammenlign/?case=a&case=b&case=b&case=c&case=d")

    assert [case.slug for case in page.context["cases"]] == ["a", "b", "c"]
