"""What completes the words in a box of search: only what the reader may see."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory
from grobunn.search.registry import Visibility
from grobunn.search.tests.conftest import Notes

pytestmark = pytest.mark.django_db


def suggested(client: Client, address: str, words: str) -> list[str]:
    """What a box of search offers: words to search for, addresses to open."""
    page = client.get(address, {"q": words}).content.decode()
    return [one or other for one, other in re.findall(r'data-words="([^"]*)"|data-href="([^"]*)"', page)]


def test_words_are_completed_and_titles_offered(notes: Notes, client: Client) -> None:
    notes.add("Sensorer i søppelkasser", MunicipalityFactory(), url="/note/1/")

    assert suggested(client, "/sok/forslag/", "tøm søppelk") == ["tøm søppelkasser", "/note/1/"]
    assert suggested(client, "/sok/forslag/", "søppelk") == ["søppelkasser", "/note/1/"]


def test_what_is_typed_in_full_is_not_offered_again(notes: Notes, client: Client) -> None:
    notes.add("Sensorer", MunicipalityFactory(), url="/note/1/")

    assert suggested(client, "/sok/forslag/", "sensorer") == ["/note/1/"]


def test_municipality_offers_its_own(notes: Notes, client: Client) -> None:
    here, there = MunicipalityFactory(), MunicipalityFactory()
    notes.add("Sensorer her", here, url="/note/her/")
    notes.add("Sensorer der", there, url="/note/der/")

    assert suggested(client, f"/{here.slug}/sok/forslag/", "sens") == ["sensorer", "/note/her/"]
    assert suggested(client, "/sok/forslag/", "sens")[0] == "sensorer"
    assert len(suggested(client, "/sok/forslag/", "sens")) == 3


def test_hidden_completes_nothing(notes: Notes, client: Client) -> None:
    here, there = MunicipalityFactory(), MunicipalityFactory()
    notes.add("Hemmelighet", here, url="/note/1/", visibility=Visibility.MUNICIPALITY)
    gone = notes.add("Hemmelighetskremmeri", here, url="/note/2/")
    notes.hidden.add(gone.id)
    neighbour = RoleAssignmentFactory(unit=UnitFactory(municipality=there)).user
    colleague = RoleAssignmentFactory(unit=UnitFactory(municipality=here)).user

    assert suggested(client, "/sok/forslag/", "hemm") == []
    client.force_login(neighbour)
    assert suggested(client, f"/{here.slug}/sok/forslag/", "hemm") == []
    client.force_login(colleague)
    assert suggested(client, "/sok/forslag/", "hemm") == ["hemmelighet", "/note/1/"]


@pytest.mark.parametrize("words", ["", "s", "   ", "???", "a" * 5000, "<script>", "\x00", "' | !"])
def test_odd_words_are_answered(notes: Notes, client: Client, words: str) -> None:
    notes.add("Sensorer", MunicipalityFactory())

    answer = client.get("/sok/forslag/", {"q": words})

    assert (answer.status_code, answer.content.decode().strip()) == (200, "")


@pytest.mark.parametrize("count", [1, 3])
def test_suggestions_ask_the_database_as_often_for_one_as_for_three(
    notes: Notes, client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    municipality = MunicipalityFactory()
    for number in range(count):
        notes.add(f"Sensorer nummer {number}", municipality)
    client.get("/sok/forslag/", {"q": "sens"})

    # The rate, stems, documents.
    with django_assert_num_queries(3):
        assert len(suggested(client, "/sok/forslag/", "sens")) == 1 + count
