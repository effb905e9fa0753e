"""What somebody writes, as a vector, or not at all."""

import threading

import pytest
from django.contrib.auth.models import AnonymousUser

from grobunn.kernel import ids
from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.engine.interface import Reader
from grobunn.search.meaning import asking, fusion
from grobunn.search.meaning.embedding import embed_waiting
from grobunn.search.meaning.pace import Pace
from grobunn.search.queries import near, similar
from grobunn.search.registry import Visibility
from grobunn.search.tests.conftest import KIND, Notes
from grobunn.search.tests.meaning.models import KnowsSynonyms

pytestmark = pytest.mark.django_db

IDEA, PARAPHRASE = "Medisindispenser med alarm", "Pilleboks som piper"


@pytest.fixture
def municipality(notes: Notes, model: KnowsSynonyms) -> Municipality:
    made = MunicipalityFactory()
    notes.add("Støydempende asfalt", made)
    return made


def _learnt(notes: Notes, municipality: Municipality, **fields: object) -> None:
    notes.add(IDEA, municipality, **fields)
    while embed_waiting():
        pass


def _make_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the last texts had taken the model too long for somebody who waits."""
    slow = Pace(longest_seconds=0.3, again_seconds=3600)
    for _text in range(2):
        slow.took(PARAPHRASE, seconds=2)
    monkeypatch.setattr(asking, "_pace", slow)


def test_same_text_is_embedded_once(notes: Notes, model: KnowsSynonyms, municipality: Municipality) -> None:
    _learnt(notes, municipality)

    for _time in range(3):
        similar(f"  {PARAPHRASE}\n", user=AnonymousUser(), municipality_id=municipality.pk)

    assert model.asked.count(PARAPHRASE) == 1


def test_one_word_is_not_asked_for_its_meaning(notes: Notes, model: KnowsSynonyms, municipality: Municipality) -> None:
    _learnt(notes, municipality)

    assert asking.asked("pilleboks") is None
    assert "pilleboks" not in model.asked


def test_text_is_answered_by_words_alone_when_the_model_is_busy(
    notes: Notes, model: KnowsSynonyms, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    _learnt(notes, municipality)
    busy = threading.BoundedSemaphore(1)
    busy.acquire()
    monkeypatch.setattr(asking, "_turns", busy)
    monkeypatch.setattr(asking, "_TURN_SECONDS", 0.01)

    assert similar(PARAPHRASE, user=AnonymousUser(), municipality_id=municipality.pk) == []
    assert [m.title for m in similar(IDEA, user=AnonymousUser(), municipality_id=municipality.pk)] == [IDEA]


def test_text_is_answered_by_words_alone_while_the_model_is_slow_unless_nobody_waits(
    notes: Notes, model: KnowsSynonyms, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    _learnt(notes, municipality)
    _make_slow(monkeypatch)

    in_haste = similar(PARAPHRASE, user=AnonymousUser(), municipality_id=municipality.pk)
    with asking.patient():
        patiently = similar(PARAPHRASE, user=AnonymousUser(), municipality_id=municipality.pk)

    assert in_haste == []
    assert [match.title for match in patiently] == [IDEA]


def test_whom_a_job_tells_does_not_depend_on_how_busy_the_machine_is(
    notes: Notes, model: KnowsSynonyms, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    _learnt(notes, municipality)
    _make_slow(monkeypatch)
    meant = next(note.id for note in notes.documents.values() if note.title == IDEA)

    assert near(PARAPHRASE, kind=KIND, municipality_ids=[municipality.pk]) == [meant]


def test_failing_model_gives_its_turn_back(notes: Notes, model: KnowsSynonyms, municipality: Municipality) -> None:
    _learnt(notes, municipality)
    model.fails = "out of order"

    for number in range(20):
        assert asking.asked(f"pilleboks nummer {number}") is None

    model.fails = ""
    assert asking.asked(PARAPHRASE) is not None


def test_passage_says_why_where_no_word_does(notes: Notes, model: KnowsSynonyms, municipality: Municipality) -> None:
    filler = " ".join(f"Setning nummer {number} handler om noe ganske annet." for number in range(8))
    notes.add("Et notat", municipality, text=f"{filler} Kamera flyvende over tak.")
    _learnt(notes, municipality)

    by_meaning = similar(PARAPHRASE, user=AnonymousUser(), municipality_id=municipality.pk)
    by_words = similar(IDEA, user=AnonymousUser(), municipality_id=municipality.pk)

    assert [(match.why, match.passage) for match in by_meaning] == [((), "")]
    assert by_words[0].why
    assert by_words[0].passage == ""


def test_meaning_never_finds_what_another_municipality_keeps_to_itself(
    notes: Notes, model: KnowsSynonyms, municipality: Municipality
) -> None:
    _learnt(notes, municipality, visibility=Visibility.MUNICIPALITY)
    here = Reader(municipality_ids=frozenset({municipality.pk}), municipality_id=municipality.pk)
    other = MunicipalityFactory()
    elsewhere = Reader(municipality_ids=frozenset({other.pk}), municipality_id=other.pk)

    found = [
        [hit.title for hit in fusion.alike(PARAPHRASE, reader=reader, exclude=(), limit=5, least=0.3)]
        for reader in (here, elsewhere, Reader())
    ]

    assert found == [[IDEA], [], []]


def test_meaning_never_finds_what_its_source_refuses_or_is_excluded(
    notes: Notes, model: KnowsSynonyms, municipality: Municipality
) -> None:
    _learnt(notes, municipality)
    (note,) = [each for each in notes.documents.values() if each.title == IDEA]

    own = similar(PARAPHRASE, user=AnonymousUser(), municipality_id=municipality.pk, exclude=[(KIND, note.id)])
    notes.hidden.add(note.id)
    hidden = similar(PARAPHRASE, user=AnonymousUser(), municipality_id=municipality.pk, exclude=[(KIND, ids.new_id())])

    assert (own, hidden) == ([], [])
