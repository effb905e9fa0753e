"""What is found in the index of words, and that anything may be asked."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tantivy import Query

from grobunn.organisations.models import MunicipalityNumber
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search import synonyms
from grobunn.search.engine import ENGINE
from grobunn.search.engine.interface import Reader, Ref, Wanted
from grobunn.search.engine.words.following import Follower
from grobunn.search.engine.words.reading import reader
from grobunn.search.engine.words.schema import grams
from grobunn.search.engine.words.shelves import Shelf
from grobunn.search.engine.words.terms import stem_of, terms_of
from grobunn.search.queries import search
from grobunn.search.registry import Visibility
from grobunn.search.tests.conftest import KIND, Notes, titles_of

pytestmark = pytest.mark.django_db(transaction=True)


def found(words: str, **narrowed: Any) -> list[str]:
    return titles_of(ENGINE.find(Wanted(words=words, **narrowed), reader=Reader(), limit=10))


def alike(text: str) -> list[str]:
    return [hit.title for hit in ENGINE.alike(text, reader=Reader(), exclude=(), limit=10, least=0.3)]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("sykkel", "Sykler ved skolen"),
        ("sykkel", "Elsykler på de korte rutene"),
        ("sykehjemmene", "Sykehjemmet på Moholt"),
        ("sjukeheim", "Sykehjemmet på Moholt"),
        ("søppelk", "Sensorer i søppelkasser"),
        ("bossdunk", "Sensorer i søppelkasser"),
        ("kafe", "Kafé i biblioteket"),
        ("čáhci", "Čáhci ja ruovttut"),
        ("čáh", "Čáhci ja ruovttut"),
        ("charging", "Charging of electric cars"),
        ("sensorer søppelkasser fullstendig ukjente", "Sensorer i søppelkasser"),
        ("programmere", "Kurs i programmering for nybegynnere"),
        ("brøyting", "Vi må brøyte fortauene først"),
    ],
)
def test_words_are_found_however_they_are_written(notes: Notes, follower: Follower, words: str, title: str) -> None:
    municipality = MunicipalityFactory()
    for each in (title, "Møterom i rådhuset", "Båtplasser"):
        notes.add(each, municipality, language="en" if each.startswith("Charging") else "nb")
    follower.step()

    assert found(words) == [title]


@pytest.mark.parametrize(
    "text",
    [
        "sensorrer i søpelkasser",
        "sensorar i bossdunkar",
        "Vi vil ha sensorer i alle søppelkassene i kommunen",
    ],
)
def test_alike_is_found_however_it_is_spelled(notes: Notes, follower: Follower, text: str) -> None:
    municipality = MunicipalityFactory()
    notes.add("Sensorer i søppelkasser", municipality)
    notes.add("Møterom i rådhuset", municipality)
    follower.step()

    assert alike(text) == ["Sensorer i søppelkasser"]


@pytest.mark.parametrize(
    ("text", "title"),
    [("avfallsbeholder", "Beholder for avfall"), ("beholder", "Avfallsbeholdere"), ("avfall", "Avfallsbeholdere")],
)
def test_compounds_and_their_parts_meet(notes: Notes, follower: Follower, text: str, title: str) -> None:
    municipality = MunicipalityFactory()
    notes.add(title, municipality)
    notes.add("Møterom i rådhuset", municipality)
    follower.step()

    assert titles_of(search(text, user=AnonymousUser()).hits) == [title]


def test_all_words_come_before_some_of_them(notes: Notes, follower: Follower) -> None:
    municipality = MunicipalityFactory()
    notes.add("Sykkel", municipality)
    notes.add("Parkering for sykkel ved skolen", municipality)
    follower.step()

    assert found("sykkel parkering") == ["Parkering for sykkel ved skolen", "Sykkel"]


@pytest.mark.parametrize(
    "narrowing",
    [
        {"kind": KIND, "state": "started", "theme": "traffic", "year": 2024, "language": "nn"},
        {"county": "50"},
        {"size": "2000"},
        {"county": "50", "size": "2000"},
    ],
)
def test_search_is_held_to_its_narrowings(notes: Notes, follower: Follower, narrowing: dict[str, Any]) -> None:
    here, there = MunicipalityFactory(population=2500), MunicipalityFactory(population=9000)
    MunicipalityNumber.objects.create(municipality=here, number="5014")
    fields = {"state": "started", "themes": ("traffic",), "written_on": date(2024, 5, 1), "language": "nn"}
    notes.add("Sykkel her", here, **fields)
    notes.add("Sykkel der", there, kind="other")
    follower.step()

    assert found("sykkel", **narrowing) == ["Sykkel her"]
    assert found("sykkel", **narrowing, municipality_id=there.pk) == []


def test_own_synonyms_of_a_municipality_are_known_there_alone(
    notes: Notes, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = MunicipalityFactory(), MunicipalityFactory()
    notes.add("Kjerre til ungdommen", here)
    notes.add("Kjerre til ungdommen", there)
    follower.step()
    monkeypatch.setattr(
        synonyms, "_own", lambda municipality_id: {"skranglebil": ("kjerre",)} if municipality_id == here.pk else {}
    )

    assert found("skranglebil", municipality_id=here.pk) == ["Kjerre til ungdommen"]
    assert found("skranglebil", municipality_id=there.pk) == []


def test_typing_goes_on_by_titles_and_errors_are_put_right(notes: Notes, follower: Follower) -> None:
    municipality = MunicipalityFactory()
    notes.add("Sensorer i søppelkasser", municipality)
    notes.add("Nye søppelkasser og sensorer", municipality)
    follower.step()

    suggested = ENGINE.suggest("sensorer i søp", reader=Reader(), limit=5)
    meant = ENGINE.did_you_mean("sensorrer i søpelkasser", reader=Reader(), visible=lambda hits: hits)

    assert [(each.text, each.title) for each in suggested] == [
        ("sensorer i søppelkasser", "Sensorer i søppelkasser"),
        ("sensorer i søppelkasser", "Nye søppelkasser og sensorer"),
    ]
    assert meant == "sensorer i søppelkasser"
    assert ENGINE.did_you_mean("sensorer", reader=Reader(), visible=lambda hits: hits) == ""


def test_explanation_tells_each_words_part(notes: Notes, follower: Follower) -> None:
    note = notes.add("Sensorer i søppelkasser", MunicipalityFactory())
    follower.step()

    explanation = ENGINE.explain("sensorer fly", Ref(KIND, note.id))

    assert explanation is not None
    assert [(word.word, word.match, word.documents) for word in explanation.words] == [
        ("sensorer", 1.0, 1),
        ("fly", 0.0, 0),
    ]
    assert ENGINE.explain("sensorer", Ref(KIND, MunicipalityFactory().pk)) is None


RUBBISH = [
    "",
    "   ",
    "a",
    "\x00\x00sykkel\x00",
    "😀 🚲 👩‍👩‍👧",
    'AND OR NOT "sykkel',
    "title:sykkel AND (row:[0 TO *] OR *)",
    "(((((((((",
    "sykkel~10 ^^^ +-!{}[]/\\",
    "(a+)+$" * 50,
    ".*" * 5000,
    "sykkel " * 1500,
    "s" * 10_000,
    " ".join(f"ord{number}" for number in range(2000)),
    "\ud800 alene",
    "\u202e baklengs",
    "０１２ ｆｕｌｌ",
]


@pytest.mark.parametrize("text", RUBBISH, ids=range(len(RUBBISH)))
def test_rubbish_is_only_text(notes: Notes, follower: Follower, text: str) -> None:
    notes.add("Sykkel", MunicipalityFactory(), text=text.replace("\ud800", ""))
    follower.step()

    assert set(found(text)) <= {"Sykkel"}
    assert set(alike(text)) <= {"Sykkel"}
    assert {each.title for each in ENGINE.suggest(text, reader=Reader(), limit=5)} <= {"Sykkel"}
    assert isinstance(ENGINE.did_you_mean(text, reader=Reader(), visible=lambda hits: hits), str)
    assert reader().opened().searcher.num_docs == 2


@pytest.mark.parametrize("size", [300, 10_000])
def test_question_asks_for_so_many_terms_and_no_more(
    notes: Notes, follower: Follower, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    here = MunicipalityFactory()
    words = [f"{first}{second}ord{third}" for first in "aeiouyæøå" for second in "bdfgkl" for third in "mnprstv"]
    for start in range(0, len(words), 40):
        notes.add(" ".join(words[start : start + 40]), here, text="ofte stort sted", visibility=Visibility.MUNICIPALITY)
    follower.step()
    asked: list[str] = []
    term = Shelf.term

    def counted(shelf: Shelf, field: str, value: str) -> Query:
        asked.append(value)
        return term(shelf, field, value)

    monkeypatch.setattr(Shelf, "term", counted)
    question = " ".join(["ofte", "stort", *words] * 10)[:size]
    at_home = Reader(municipality_ids=frozenset({here.pk}))

    ENGINE.find(Wanted(words=question), reader=at_home, limit=5)
    of_find = len(asked)
    ENGINE.alike(question, reader=at_home, exclude=(), limit=5, least=0.0)

    # On each of two shelves: twelve words in title and text, the last also begun, and their grams.
    assert 24 <= of_find <= 2 * (12 * 2 + 48 + 12 * 8)
    assert 24 <= len(asked) - of_find <= 2 * (12 * 2 + 12 * 8)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_any_text_may_be_asked(notes: Notes, follower: Follower, text: str) -> None:
    if not notes.documents:
        notes.add("Sykkel", MunicipalityFactory())
        follower.step()

    assert set(found(text)) <= {"Sykkel"}
    assert set(alike(text)) <= {"Sykkel"}


def test_text_is_cut_into_stems_each_once(notes: Notes, follower: Follower) -> None:
    notes.add("Sykkel", MunicipalityFactory())
    follower.step()

    terms = terms_of("Sykler og sykkelen ved Skolen", opened=reader().opened(), municipality_id=None, limit=9)

    assert [(term.word.written, term.stem, term.documents) for term in terms] == [
        ("Sykler", "sykl", 1),
        ("Skolen", "skol", 0),
    ]


@pytest.mark.parametrize(("word", "stem"), [("rådhusene", "rådhus"), ("biblioteket", "bibliotek"), ("øy", "øy")])
def test_stems(word: str, stem: str) -> None:
    assert stem_of(word) == stem


def test_grams_are_those_of_each_word_once() -> None:
    assert grams("buss buss ø") == "_bus buss uss_"
