"""The page of search: what is found, counted, narrowed; and what is not."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from grobunn.organisations.models import MunicipalityNumber
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory
from grobunn.search import registry
from grobunn.search.registry import Source, Visibility
from grobunn.search.tests.conftest import KIND, Notes

pytestmark = pytest.mark.django_db


def found_on(client: Client, address: str, **query: Any) -> list[str]:
    """The titles of what a page of search shows."""
    return titles_on(client.get(address, query).content.decode())


def titles_on(page: str) -> list[str]:
    rows = re.findall(r'<div class="list-row__title"><a class="ds-link" href="[^"]*" data-row-link>(.*?)</a>', page)
    return [re.sub("</?mark>", "", row) for row in rows]


def test_page_shows_what_has_all_the_words_best_first(notes: Notes, client: Client) -> None:
    municipality = MunicipalityFactory()
    notes.add("Lån av verktøy", municipality, text="Ladestasjon for elsykkel finnes ikke her.")
    notes.add("Ladestasjon for elsykkel", municipality)
    notes.add("Ladestasjon for bil", municipality)

    assert found_on(client, "/sok/", q="ladestasjoner elsykkel") == ["Ladestasjon for elsykkel", "Lån av verktøy"]


def test_words_are_marked_where_they_stand_and_nothing_is_html(notes: Notes, client: Client) -> None:
    notes.add("Tittel", MunicipalityFactory(), text="Vi vil ha <b>ladestasjonar</b> ved skulen & biblioteket.")

    page = client.get("/sok/", {"q": "ladestasjon <script>"}).content.decode()

    assert "Vi vil ha &lt;b&gt;<mark>ladestasjonar</mark>&lt;/b&gt; ved skulen &amp; biblioteket." in page
    assert "<script>" not in page.replace('<script type="module"', "")


def test_any_of_the_words_where_nothing_has_all(notes: Notes, client: Client) -> None:
    notes.add("Ladestasjon for elsykkel", MunicipalityFactory())

    assert found_on(client, "/sok/", q="ladestasjon flygende tallerken") == ["Ladestasjon for elsykkel"]


def test_beginning_of_the_last_word_is_enough(notes: Notes, client: Client) -> None:
    notes.add("Medisindispenser hjemme hos eldre", MunicipalityFactory())

    assert found_on(client, "/sok/", q="medisindisp") == ["Medisindispenser hjemme hos eldre"]


def test_misspelt_word_finds_what_is_spelled_alike(notes: Notes, client: Client) -> None:
    notes.add("Sensorer i søppelkasser", MunicipalityFactory())

    answer = client.get("/sok/", {"q": "søpelkaser"}, headers={"accept-language": "en"})

    assert found_on(client, "/sok/", q="søpelkaser") == ["Sensorer i søppelkasser"]
    assert "spelled nearly the same" in answer.content.decode()
    assert '<a class="ds-link" href="?q=s%C3%B8ppelkasser">søppelkasser</a>' in answer.content.decode()


@pytest.mark.parametrize(
    ("words", "said"),
    [("vi bør ha en ny", "in nearly every text"), ("xyzzyq", "Try fewer words"), ("🚲 ?!", "no word to search for")],
)
def test_nothing_found_says_what_to_do(notes: Notes, client: Client, words: str, said: str) -> None:
    municipality = MunicipalityFactory()
    notes.add("Vi bør ha en ny ordning", municipality)

    page = client.get(f"/{municipality.slug}/sok/", {"q": words}, headers={"accept-language": "en"}).content.decode()

    assert said in page
    assert 'href="/sok/?q=' in page


def test_page_without_words_is_the_box_alone(notes: Notes, client: Client) -> None:
    notes.add("Sensorer", MunicipalityFactory())

    for query in ({}, {"q": ""}, {"q": "   "}):
        answer = client.get("/sok/", query)
        assert (answer.status_code, b'id="found"' in answer.content) == (200, False)


def test_municipality_page_finds_only_its_own(notes: Notes, client: Client) -> None:
    here, there = MunicipalityFactory(), MunicipalityFactory()
    notes.add("Sensorer her", here)
    notes.add("Sensorer der", there)

    assert found_on(client, f"/{here.slug}/sok/", q="sensorer") == ["Sensorer her"]
    assert found_on(client, "/sok/", q="sensorer", kommune=there.slug) == ["Sensorer der"]
    assert sorted(found_on(client, "/sok/", q="sensorer")) == ["Sensorer der", "Sensorer her"]


def test_what_only_others_have_is_shown_below_where_ones_own_has_nothing(notes: Notes, client: Client) -> None:
    here, there = MunicipalityFactory(name="Her"), MunicipalityFactory()
    notes.add("Benker langs elva", here)
    for number in range(6):
        notes.add(f"Sensorer {number}", there)
    hidden = notes.add("Sensorer i det skjulte", there)
    notes.hidden.add(hidden.id)

    page = client.get(f"/{here.slug}/sok/", {"q": "sensorer"}, headers={"accept-language": "en"}).content.decode()

    assert "No results in Her" in page
    assert "In other municipalities" in page
    assert len(titles_on(page)) == 5
    assert "i det skjulte" not in page
    assert f'href="{reverse("search:everywhere")}?q=sensorer">Show all 6<' in page
    assert "In other municipalities" not in client.get(f"/{here.slug}/sok/", {"q": "benker"}).content.decode()


def facets_on(client: Client, address: str, **query: Any) -> dict[str, list[str]]:
    """What a page of search can be narrowed by: the values with their counts, by heading."""
    page = client.get(address, query, headers={"accept-language": "en"}).content.decode()
    shown = {}
    for section in re.findall(r'<section class="facets__facet".*?</section>', page, re.DOTALL):
        heading = re.findall(r"<h2[^>]*>(.*?)</h2>", section)[0]
        choices = re.findall(r'<a class="facets__choice".*?</a>', section, re.DOTALL)
        words = [re.sub(r"<svg.*?</svg>|<[^>]+>", "", choice, flags=re.DOTALL) for choice in choices]
        shown[heading] = [re.sub(r"\s+", " ", each).strip() for each in words]
    return shown


def test_what_is_found_is_narrowed_by_state(notes: Notes, client: Client) -> None:
    municipality = MunicipalityFactory()
    notes.add("Sensorer i bruk", municipality, state="started")
    notes.add("Sensorer på vei", municipality, state="received")
    notes.add("Sensorer kanskje", municipality, state="received")

    assert facets_on(client, "/sok/", q="sensorer") == {"Status": ["RECEIVED 2", "STARTED 1"]}
    assert found_on(client, "/sok/", q="sensorer", tilstand="started") == ["Sensorer i bruk"]
    assert found_on(client, "/sok/", q="sensorer", tilstand="nothing") == []


def test_every_narrowing_is_offered_and_holds(notes: Notes, client: Client) -> None:
    small, large = MunicipalityFactory(name="Lita", population=1500), MunicipalityFactory(name="Stor", population=90000)
    MunicipalityNumber.objects.create(municipality=small, number="4641", valid_from=date(2020, 1, 1))
    MunicipalityNumber.objects.create(municipality=large, number="5001", valid_from=date(2020, 1, 1))
    caches["process"].clear()
    notes.add("Sensorer i dag", large, themes=("drift",), written_on=date(2026, 3, 1), language="nb")
    notes.add("Sensorer i går", small, themes=("helse", "drift"), written_on=date(2024, 3, 1), language="nn")

    assert facets_on(client, "/sok/", q="sensorer") == {
        "Municipality": ["Lita 1", "Stor 1"],
        "County": ["Trøndelag – Trööndelage 1", "Vestland 1"],
        "Size of the municipality": ["Fewer than 2,000 inhabitants 1", "50,000 inhabitants or more 1"],
        "Theme": ["drift 2", "helse 1"],
        "Year": ["2026 1", "2024 1"],
        "Language": ["Bokmål 1", "Nynorsk 1"],
    }
    for narrowed in (
        {"fylke": "46"},
        {"storrelse": "0"},
        {"tema": "helse"},
        {"ar": "2024"},
        {"sprak": "nn"},
        {"kommune": small.slug},
    ):
        assert found_on(client, "/sok/", q="sensorer", **narrowed) == ["Sensorer i går"]


def test_chip_takes_its_narrowing_away_and_keeps_the_rest(notes: Notes, client: Client) -> None:
    municipality = MunicipalityFactory()
    notes.add("Sensorer", municipality, state="received", language="nn")

    page = client.get("/sok/", {"q": "sensorer", "tilstand": "received", "sprak": "nn", "rekkefolge": "nyest"})

    chips = re.findall(r'<a class="ds-chip" href="\?([^"]*)" data-removable>', page.content.decode())
    assert [chip.replace("&amp;", "&") for chip in chips] == [
        "q=sensorer&sprak=nn&rekkefolge=nyest",
        "q=sensorer&tilstand=received&rekkefolge=nyest",
    ]


def test_narrowings_that_nothing_fits_are_still_called_by_name(notes: Notes, client: Client) -> None:
    municipality = MunicipalityFactory(name="Ulstein")
    caches["process"].clear()
    narrowed = {
        "fylke": "46",
        "storrelse": "2000",
        "tilstand": "noted",
        "slag": KIND,
        "sprak": "nn",
        "tema": "drift",
        "kommune": municipality.slug,
    }

    page = client.get("/sok/", {"q": "xyzzyq", **narrowed}, headers={"accept-language": "en"}).content.decode()

    chips = re.findall(r'data-removable><span class="hidden-visually">[^<]*</span>(.*?)</a>', page)
    assert chips == ["Notes", "NOTED", "Ulstein", "Vestland", "2,000 to 4,999 inhabitants", "drift", "Nynorsk"]


def test_newest_first_where_somebody_asks_for_it(notes: Notes, client: Client) -> None:
    municipality = MunicipalityFactory()
    notes.add("Sensorer sensorer sensorer", municipality, written_on=date(2024, 1, 1))
    notes.add("Lån av verktøy", municipality, text="Og noen sensorer.", written_on=date(2026, 1, 1))

    assert found_on(client, "/sok/", q="sensorer") == ["Sensorer sensorer sensorer", "Lån av verktøy"]
    assert found_on(client, "/sok/", q="sensorer", rekkefolge="nyest") == [
        "Lån av verktøy",
        "Sensorer sensorer sensorer",
    ]


def test_several_kinds_stand_apart(notes: Notes, client: Client) -> None:
    municipality = MunicipalityFactory()
    others = Notes()
    registry.register(
        Source(
            kind="tale",
            label="Stories",
            visible=others.visible,
            document_of=others.document_of,
            ids_after=others.ids_after,
        )
    )
    try:
        for number in range(7):
            notes.add(f"Sensorer {number}", municipality)
        others.add("Sensorer i en historie", municipality, kind="tale")

        assert len(found_on(client, "/sok/", q="sensorer")) == 6
        assert found_on(client, "/sok/", q="sensorer", slag="tale") == ["Sensorer i en historie"]
        assert len(found_on(client, "/sok/", q="sensorer", slag=KIND)) == 7
    finally:
        registry.unregister("tale")


def test_hidden_is_neither_found_nor_counted(notes: Notes, client: Client) -> None:
    here, there = MunicipalityFactory(), MunicipalityFactory()
    notes.add("Sensorer åpent", here, state="open")
    notes.add("Sensorer internt", here, state="inside", visibility=Visibility.MUNICIPALITY)
    notes.add("Sensorer hos noen", here, state="few", visibility=Visibility.RESTRICTED)
    gone = notes.add("Sensorer trukket", here, state="gone")
    notes.hidden.add(gone.id)
    neighbour = RoleAssignmentFactory(unit=UnitFactory(municipality=there)).user
    colleague = RoleAssignmentFactory(unit=UnitFactory(municipality=here)).user

    for user, expected in ((None, 1), (neighbour, 1), (colleague, 3)):
        client.logout()
        if user is not None:
            client.force_login(user)
        page = client.get("/sok/", {"q": "sensorer"}, headers={"accept-language": "en"}).content.decode()
        assert page.count('<div class="list-row__title">') == expected
        assert "GONE" not in page
        assert ("INSIDE" in page, "FEW" in page) == (expected == 3, expected == 3)
        assert f"{expected} result" in page


def test_pages_follow_each_other(notes: Notes, client: Client) -> None:
    municipality = MunicipalityFactory()
    for number in range(23):
        notes.add(f"Sensorer nummer {number}", municipality)

    pages = [found_on(client, "/sok/", q="sensorer", side=number) for number in (1, 2, 3)]

    assert [len(page) for page in pages] == [20, 3, 0]
    assert len({*pages[0], *pages[1]}) == 23


@pytest.mark.parametrize(
    "query",
    [
        {"q": "a" * 301},
        {"q": "x", "side": "0"},
        {"q": "x", "side": "many"},
        {"q": "' & | ! :* ( ) <->"},
        {"q": "\x00"},
        {"q": "x", "kommune": "finnes-ikke"},
        {"q": "ord " * 70},
        {"q": "å" * 10_000},
        {"q": "(a+)+$" * 40},
        {"q": "🙂 👩‍🚒"},
        {"q": "x", "ar": "٢٠٢٦"},
        {"q": "x", "ar": "20266"},
        {"q": "x", "side": "9999999999"},
        {"q": "x", "tema": "\x00"},
        {"q": "x", "rekkefolge": "baklengs"},
    ],
)
def test_odd_addresses_are_answered(notes: Notes, client: Client, query: dict[str, str]) -> None:
    assert client.get("/sok/", query).status_code in {200, 404}


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_database_as_often_for_one_as_for_three(
    notes: Notes, client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    municipality = MunicipalityFactory()
    for number in range(count):
        notes.add(f"Sensorer nummer {number}", municipality)
    client.get("/sok/", {"q": "sensorer"})

    # The rate, stems, documents; stems and texts of those shown, and their days. The source of these asks nothing.
    with django_assert_num_queries(4):
        assert len(found_on(client, "/sok/", q="sensorer")) == count
