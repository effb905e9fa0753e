"""The front page: finding one's municipality and the way back to one's idea."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from grobunn.organisations.models import MunicipalityNumber
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.web.queries import find_municipality


def _register() -> None:
    for slug, name, number in (
        ("baerum", "Bærum", "3201"),
        ("nord-aurdal", "Nord-Aurdal", "3451"),
        ("aurland", "Aurland", "4641"),
        ("karasjok", "Kárášjohka – Karasjok", "5610"),
        ("hattfjelldal", "Hattfjelldal – Aarborte", "1826"),
    ):
        municipality = MunicipalityFactory(slug=slug, name=name, is_in_use=slug == "baerum")
        MunicipalityNumber.objects.create(municipality=municipality, number=number)


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        ("Bærum", ["baerum"]),
        ("baer", ["baerum"]),
        ("aur", ["aurland", "nord-aurdal"]),
        ("Karasjohka", ["karasjok"]),
        ("karasjok", ["karasjok"]),
        ("3451", ["nord-aurdal"]),
        ("aarborte", ["hattfjelldal"]),
        ("xyz", []),
        ("  ", []),
    ],
)
def test_find_municipality_by_what_people_type(db: None, words: str, slugs: list[str]) -> None:
    _register()

    found = find_municipality(words)

    assert [facts["slug"] for facts in found.rows] == slugs
    assert found.has_more is False


def test_find_municipality_with_many_says_that_there_are_more(db: None) -> None:
    MunicipalityFactory.create_batch(21)

    found = find_municipality("kommune")

    assert len(found.rows) == 20
    assert found.has_more is True


def test_front_shows_the_found_and_those_in_use(client: Client, db: None) -> None:
    _register()

    page = client.get("/", {"sok": "aur"}).content.decode()

    assert 'href="/aurland/"' in page
    assert 'href="/baerum/"' in page
    assert 'href="/karasjok/"' not in page


def test_front_with_unknown_name_says_so(client: Client, db: None) -> None:
    response = client.get("/", {"sok": "Atlantis"})

    assert "Atlantis" in response.content.decode()
    assert response.context["found"].rows == []


@pytest.mark.parametrize("count", [1, 3])
def test_front_asks_the_database_once(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, db: None, count: int
) -> None:
    MunicipalityFactory.create_batch(count)

    with django_assert_num_queries(1):
        client.get("/")
