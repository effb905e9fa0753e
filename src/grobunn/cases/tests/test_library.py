"""The library: exact answers, counts of what is published alone, addresses that can be shared."""

import csv
import io
from datetime import timedelta
from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django_scopes import scopes_disabled
from openpyxl import load_workbook

from grobunn.cases.findable import KIND
from grobunn.cases.library.alike import likes_of
from grobunn.cases.library.asked import FACETS, Order, asked_of
from grobunn.cases.library.facets import FACETS as ALL_FACETS
from grobunn.cases.library.found import Found, find
from grobunn.cases.models import Case, CaseKind, LibraryVersion
from grobunn.cases.queries.listing import listed_cases
from grobunn.cases.states import CaseState
from grobunn.cases.tests.rows import case_row
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.organisations.models import LanguageForm, Municipality, MunicipalityNumber
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.models import Waiting
from grobunn.search.services import index, index_waiting

NOBODY = AnonymousUser()


@pytest.fixture
def small(db: None) -> Municipality:
    return _place("frøya", "Frøya", 4_900, "5014")


@pytest.fixture
def large(db: None) -> Municipality:
    return _place("trondheim", "Trondheim", 214_000, "5001")


def _place(slug: str, name: str, population: int, number: str, form: str = LanguageForm.BOKMAAL) -> Municipality:
    place: Municipality = MunicipalityFactory(
        slug=slug.replace("ø", "o"), name=name, population=population, language_form=form
    )
    MunicipalityNumber.objects.create(municipality=place, number=number)
    return place


def _found(query: str = "") -> Found:
    return find(asked_of(QueryDict(query)), user=NOBODY)


def _slugs(query: str = "") -> list[str]:
    return [case.slug for case in listed_cases(_found(query).ids)]


def test_scenario_20_gives_exactly_the_cases_that_meet_all_four(small: Municipality, large: Municipality) -> None:
    fits: dict[str, Any] = {"kostra": ["253", "254"], "one_off_nok": 499_999, "adoption_count": 2}
    case_row(small, "passer", **fits)
    case_row(large, "for-stor", **fits)
    case_row(small, "annet-omrade", **fits | {"kostra": ["253"]})
    case_row(small, "for-dyr", **fits | {"one_off_nok": 500_000})
    case_row(small, "uten-kostnad", **fits | {"one_off_nok": None})
    case_row(small, "tatt-i-bruk-av-en", **fits | {"adoption_count": 1})
    case_row(small, "kladd", **fits | {"state": CaseState.DRAFT})

    assert _slugs("storrelse=0&storrelse=2000&kostra=254&kostnad=500000&ibruk=2") == ["passer"]


def test_each_facet_counts_what_its_values_would_leave(small: Municipality, large: Municipality) -> None:
    case_row(small, "en", kostra=["254"], one_off_nok=50_000, adoption_count=5, innovation_kinds=["service", "process"])
    case_row(
        large,
        "to",
        kostra=["254", "202"],
        los=["omsorgstjenester"],
        one_off_nok=700_000,
        adoption_count=1,
        kind=CaseKind.LEARNING,
    )
    case_row(large, "tre", language="nn", stage="")
    case_row(large, "skjult", state=CaseState.WITHDRAWN, kostra=["254"])

    facets = _found("kostra=254").facets

    assert facets == {
        "storrelse": {"2000": 1, "50000": 1},
        "kostra": {"202": 1, "254": 2},
        "tema": {"helse-og-omsorg": 1, "omsorgstjenester": 1},
        "kostnad": {"100000": 1, "500000": 1, "1000000": 2, "5000000": 2},
        "ibruk": {"1": 2, "2": 1, "5": 1},
        "fylke": {"50": 2},
        "slag": {"solution": 1, "learning": 1},
        "innovasjon": {"service": 1, "process": 1},
        "steg": {"operate": 2},
        "sprak": {"nb": 2},
    }


@pytest.mark.parametrize("name", FACETS)
def test_every_value_leaves_as_many_as_it_says(small: Municipality, large: Municipality, name: str) -> None:
    case_row(small, "en", kostra=["254"], one_off_nok=50_000, adoption_count=5, innovation_kinds=["service"])
    case_row(large, "to", kostra=["202"], one_off_nok=700_000, adoption_count=1, kind=CaseKind.LEARNING)
    case_row(large, "tre", language="nn", innovation_kinds=["service", "product"], stage="pilot")
    found = _found()

    counted = {value: _found(f"{name}={value}").total for value in found.facets[name]}

    assert counted == found.facets[name]
    assert set(counted) <= set(ALL_FACETS[name].values(found.table))


@pytest.mark.parametrize("query", ["kostra=999", "ibruk=3", "kostnad=x", "storrelse=1e9", "slag=%00", "fylke=0"])
def test_a_value_that_nobody_knows_leaves_nothing(client: Client, small: Municipality, query: str) -> None:
    case_row(small, adoption_count=9, one_off_nok=1)

    response = client.get(f"/eksempler/?{query}")

    assert response.status_code == 200
    assert response.context["found"].total == (1 if query == "slag=%00" else 0)


def test_what_the_library_does_not_count_by_can_be_taken_away(client: Client, small: Municipality) -> None:
    case_row(small, one_off_nok=200_000)

    page = client.get("/eksempler/?kostnad=300000&storrelse=xx").context

    assert [(chip.label, chip.query) for chip in page["chips"]] == [
        ("xx", "kostnad=300000"),
        ("300000", "storrelse=xx"),
    ]
    assert list(page["facets"]) == []


def test_orders_are_newest_and_most_taken_into_use(small: Municipality) -> None:
    now = clock.now()
    for slug, days, count in (("eldst", 3, 4), ("midt", 2, 9), ("ny", 1, 4)):
        case_row(small, slug, edited_at=now - timedelta(days=days), adoption_count=count)

    assert _slugs() == ["ny", "midt", "eldst"]
    assert _slugs("rekkefolge=ibruk") == ["midt", "ny", "eldst"]


@pytest.mark.parametrize("order", ["", "rekkefolge=ibruk"])
def test_pages_neither_repeat_nor_skip_when_one_goes(small: Municipality, order: str) -> None:
    now = clock.now()
    for number in range(5):
        case_row(small, f"nr-{number}", edited_at=now - timedelta(minutes=number), adoption_count=5 - number)
    first = find(asked_of(QueryDict(order)), user=NOBODY, size=2)

    with scopes_disabled():
        Case.objects.filter(slug="nr-1").delete()
    second = find(asked_of(QueryDict(f"{order}&side={first.next_cursor}")), user=NOBODY, size=2)
    third = find(asked_of(QueryDict(f"{order}&side={second.next_cursor}")), user=NOBODY, size=2)
    back = find(asked_of(QueryDict(f"{order}&side={third.previous_cursor}")), user=NOBODY, size=2)

    assert [case.slug for case in listed_cases(second.ids)] == ["nr-2", "nr-3"]
    assert [case.slug for case in listed_cases(third.ids)] == ["nr-4"]
    assert third.next_cursor is None
    assert back.ids == second.ids


@pytest.mark.parametrize("cursor", ["x", "WzFd", "é", "bnVsbA"])
def test_a_place_that_the_list_did_not_give_out_is_not_found(client: Client, small: Municipality, cursor: str) -> None:
    case_row(small)

    assert client.get("/eksempler/", {"side": cursor}).status_code == 404


def test_what_changes_is_counted_anew(small: Municipality) -> None:
    case = case_row(small)
    assert _found().total == 1

    with scopes_disabled():
        Case.objects.filter(pk=case.pk).update(state=CaseState.WITHDRAWN)

    assert _found().total == 0
    assert LibraryVersion.objects.get().number == 2


def test_words_are_searched_and_best_comes_first(small: Municipality, large: Municipality) -> None:
    one = case_row(small, "kjole", title="Kjøkken på hjul", need="Varm mat til hjemmeboende.")
    other = case_row(large, "mat", title="Varm mat", need="Varm mat hver dag, og mer varm mat.")
    hidden = case_row(large, "kladd", title="Varm mat i kladd", state=CaseState.DRAFT)
    case_row(large, "bok", title="Bokbuss", need="Bøker til alle.")
    for case in (one, other, hidden):
        index(KIND, case.pk)
    run_jobs()

    assert sorted(_slugs("q=varm+mat")) == ["kjole", "mat"]
    assert _slugs("q=varm+mat&storrelse=2000") == ["kjole"]
    assert _found("q=varm+mat").facets["storrelse"] == {"2000": 1, "50000": 1}


def test_publishing_through_the_steps_is_found_by_search(town: Any, case: Case) -> None:
    run_jobs()

    assert _slugs("q=sensorer") == [case.slug]


def test_page_costs_the_same_with_one_and_three(
    client: Client, small: Municipality, django_assert_num_queries: Any
) -> None:
    case_row(small, "en")
    client.get("/eksempler/")
    with django_assert_num_queries(2):
        client.get("/eksempler/")
    for slug in ("to", "tre"):
        # A municipality that this process has not met costs nothing more.
        case_row(MunicipalityFactory(), slug)
    find(asked_of(QueryDict("")), user=NOBODY)
    with django_assert_num_queries(2):
        assert client.get("/eksempler/").content.count(b'<li class="list-row">') == 3


def test_links_of_the_page_are_addresses_that_say_the_same(client: Client, small: Municipality) -> None:
    case_row(small, "en", kostra=["254"], one_off_nok=50_000)

    page = client.get("/eksempler/?kostra=254&kostnad=100000&q=").context

    choices = {choice.label: choice for facet in page["facets"] for choice in facet.choices}
    assert choices["254 Helse- og omsorgstjenester til hjemmeboende"].is_chosen
    assert parse_qsl(choices["254 Helse- og omsorgstjenester til hjemmeboende"].query) == [("kostnad", "100000")]
    assert [parse_qsl(chip.query) for chip in page["chips"]] == [[("kostnad", "100000")], [("kostra", "254")]]


def test_facets_that_are_kept_are_those_of_the_question_and_of_now(client: Client, small: Municipality) -> None:
    case_row(small, "en", kostra=["254"])

    def facets(query: str, language: str = "nb") -> str:
        page = client.get(f"/eksempler/?{query}", headers={"accept-language": language}).content.decode()
        return page.split('<nav class="facets')[1].split("</nav>")[0]

    first = facets("")
    assert facets("") == first != facets("ibruk=1")
    assert "?kostra=254" in first
    assert "som=froya&amp;kostra=254" in facets("som=froya")
    assert "Narrow the list" in facets("", "en")
    assert "Narrow the list" not in first
    case_row(small, "to", kostra=["254", "253"])
    assert "?kostra=253" in facets("")
    with scopes_disabled():
        Case.objects.filter(slug="to").update(state=CaseState.DRAFT)
    assert facets("") == first


def _themes(client: Client, query: str) -> list[tuple[str, int, int]]:
    shown = client.get(f"/eksempler/?{query}").context["facets"]
    facet = next(each for each in shown if str(each.heading) in {"Tema", "Theme"})
    return [(choice.label, choice.count, choice.depth) for choice in facet.choices]


def test_theme_opens_to_those_below_it_and_to_its_words(client: Client, small: Municipality) -> None:
    case_row(small, "hjem", los=["ord/matlevering"])
    case_row(small, "sykehjem", los=["ord/sykehjem", "omsorgstjenester"])
    case_row(small, "skole", los=["grunnskole"])

    assert _themes(client, "") == [("Helse og omsorg", 2, 0), ("Skole og utdanning", 1, 0), ("Sosiale tjenester", 1, 0)]
    assert _themes(client, "tema=omsorgstjenester") == [
        ("Helse og omsorg", 2, 0),
        ("Omsorgstjenester", 2, 1),
        ("Matlevering", 1, 2),
        ("Helsetjenester", 1, 1),
        ("Skole og utdanning", 1, 0),
        ("Sosiale tjenester", 1, 0),
    ]
    assert _slugs("tema=ord/matlevering") == ["hjem"]


def test_theme_takes_the_place_of_the_one_above_it(client: Client, small: Municipality) -> None:
    case_row(small, "hjem", los=["ord/matlevering"])

    facets = client.get("/eksempler/?tema=omsorgstjenester&tema=kultur").context["facets"]

    queries = {choice.label: parse_qsl(choice.query) for facet in facets for choice in facet.choices}
    assert queries["Matlevering"] == [("tema", "kultur"), ("tema", "ord/matlevering")]
    assert queries["Omsorgstjenester"] == [("tema", "kultur")]


def test_case_is_found_by_the_names_of_its_themes(small: Municipality) -> None:
    case = case_row(small, "mat", title="Kjøkken på hjul", los=["ord/matlevering"])
    index(KIND, case.pk)
    run_jobs()

    assert _slugs("q=omsorgstenester") == _slugs("q=matlevering") == ["mat"]


def test_upgrade_indexes_published_cases_with_themes_anew(small: Municipality) -> None:
    case_row(small, "mat", title="Kjøkken på hjul", los=["ord/matlevering"])
    case_row(small, "uten-tema", title="Uten tema")
    case_row(small, "trukket", title="Trukket", los=["ord/matlevering"], state=CaseState.WITHDRAWN)
    migration = import_module("grobunn.cases.migrations.0010_find_published_cases_by_theme")

    with connection.cursor() as cursor:
        cursor.execute(migration.WAIT)

    assert Waiting.objects.count() == 1
    assert index_waiting() == 1
    assert _slugs("q=matlevering") == ["mat"]


def test_a_municipality_has_what_it_did_and_what_it_looks_after(
    client: Client, small: Municipality, large: Municipality
) -> None:
    old = MunicipalityFactory(slug="fjell", name="Fjell")
    case_row(small, "eget")
    case_row(small, "arvet", origin=old)
    case_row(large, "andres")

    page = client.get("/froya/eksempler/").context

    assert sorted(case.slug for case in page["cases"]) == ["arvet", "eget"]


def test_what_was_done_by_one_that_merged_counts_where_it_is_kept(small: Municipality) -> None:
    case_row(small, origin=MunicipalityFactory(slug="fjell", name="Fjell"))

    assert _found().facets["storrelse"] == {"2000": 1}
    assert _found().facets["fylke"] == {"50": 1}


def test_likes_are_as_many_as_central_and_share_language_or_county(small: Municipality, large: Municipality) -> None:
    like = _place("hitra", "Hitra", 5_200, "5056", LanguageForm.NYNORSK)
    _place("ulstein", "Ulstein", 8_900, "1516", LanguageForm.NYNORSK)
    neutral = _place("vik", "Vik", 2_600, "4639", LanguageForm.NEUTRAL)
    _place("utsira", "Utsira", 200, "1151")
    _place("kvam", "Kvam", 8_500, "4622")

    likes = likes_of("Frøya")

    assert likes is not None
    assert likes.ids == {small.pk, like.pk, neutral.pk}
    assert (likes.least, likes.most) == (2_450, 9_800)
    assert likes_of("finnes-ikke") is None


def test_one_press_leads_to_municipalities_like_the_one_of_the_page(
    client: Client, small: Municipality, large: Municipality
) -> None:
    case_row(small, "lite")
    case_row(large, "stort")

    mine = client.get("/froya/eksempler/").context["mine"]
    page = client.get(f"/eksempler/?{mine['query']}", headers={"Accept-Language": "nb"})

    assert [case.slug for case in page.context["cases"]] == ["lite"]
    assert "omtrent like sentral, og samme målform" in page.content.decode()


def test_order_by_fit_needs_words() -> None:
    assert asked_of(QueryDict("rekkefolge=treff")).order == Order.NEWEST
    assert asked_of(QueryDict("q=mat")).order == Order.BEST


def test_files_and_the_api_have_what_the_page_found(client: Client, small: Municipality, large: Municipality) -> None:
    case_row(small, "passer", title="Varsling om natten", kostra=["254"], one_off_nok=300_000, adoption_count=2)
    case_row(large, "for-stor", title="Samme i en by", kostra=["254"], one_off_nok=300_000, adoption_count=2)
    query = "storrelse=2000&kostra=254&kostnad=500000&ibruk=2&rekkefolge=ibruk"

    page = client.get(f"/eksempler/?{query}")
    table = client.get(f"/eksempler/?{query}&format=csv").content.decode("utf-8-sig")
    book = client.get(f"/eksempler/?{query}&format=xlsx")
    answer = client.get(f"/api/v1/cases?{page.context['json_query']}").json()

    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    assert [(row["Tittel"], row["Engangskostnad i kroner"]) for row in rows] == [("Varsling om natten", "300000")]
    assert next(iter(load_workbook(io.BytesIO(book.content)).active.values))[0] == "Tittel"
    assert [case["slug"] for case in answer["items"]] == ["passer"]
    assert client.get(f"/eksempler/?{query}&format=pdf").status_code == 404


def test_the_api_is_narrowed_to_one_municipality_as_its_page_is(
    client: Client, small: Municipality, large: Municipality
) -> None:
    case_row(small, "her")
    case_row(large, "der")

    page = client.get(f"/{small.slug}/eksempler/")

    answer = client.get(f"/api/v1/cases?{page.context['json_query']}").json()
    assert [case["slug"] for case in answer["items"]] == ["her"]
    assert client.get("/api/v1/cases?municipality=finnes-ikke").status_code == 404
