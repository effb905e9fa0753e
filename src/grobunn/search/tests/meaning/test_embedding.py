"""The work in the background, and changing over from one model to another."""

import threading
from importlib import import_module

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from grobunn.kernel import jobs
from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search import services
from grobunn.search.meaning import embedding, providers, vectors
from grobunn.search.meaning.embedding import embed_waiting
from grobunn.search.meaning.languages import name_of
from grobunn.search.meaning.status import status
from grobunn.search.models import DocumentVector, LanguageModel, Unembedded
from grobunn.search.queries import similar
from grobunn.search.tests.conftest import KIND, Notes
from grobunn.search.tests.meaning.models import KnowsSynonyms

pytestmark = pytest.mark.django_db

IDEA, PARAPHRASE = "Medisindispenser med alarm", "Pilleboks med alarm"


@pytest.fixture
def municipality() -> Municipality:
    return MunicipalityFactory()


def _found(text: str, municipality: Municipality) -> list[str]:
    return [match.title for match in similar(text, user=AnonymousUser(), municipality_id=municipality.pk)]


def _until_done() -> None:
    while embed_waiting():
        pass


def _asked_of_documents(model: KnowsSynonyms, *texts: str) -> list[str]:
    return [text for text in model.asked if text in texts]


def test_new_document_is_embedded_and_found_in_other_words(
    notes: Notes, model: KnowsSynonyms, municipality: Municipality
) -> None:
    notes.add(IDEA, municipality)
    notes.add("Støydempende asfalt", municipality)

    _until_done()

    assert _found("Pilleboks som piper", municipality) == [IDEA]
    assert Unembedded.objects.count() == 0
    assert status().state == "on"


def test_document_is_embedded_again_only_when_its_text_changes(
    notes: Notes, model: KnowsSynonyms, municipality: Municipality
) -> None:
    note = notes.add(IDEA, municipality)
    _until_done()

    notes.change(note, state="closed")
    services.index_now([notes.documents[note.id]])
    _until_done()
    assert len(_asked_of_documents(model, IDEA)) == 1

    notes.change(note, title="Droner over taket")
    services.index_now([notes.documents[note.id]])
    _until_done()
    assert len(_asked_of_documents(model, "Droner over taket")) == 1
    assert _found("Flyvende kamera over taket", municipality) == ["Droner over taket"]


def test_last_text_is_learned_first_and_one_that_waits_twice_is_counted_once(
    notes: Notes, model: KnowsSynonyms, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "_BATCH", 1)
    _until_done()
    imported = [notes.add(title, municipality) for title in ("Droner", "Elsykler", "Bussholdeplass")]
    written = notes.add(IDEA, municipality)
    notes.change(written, title=PARAPHRASE)
    services.index_now([notes.documents[written.id]])

    waiting = status().waiting
    _until_done()

    titles = [PARAPHRASE, *(note.title for note in reversed(imported))]
    assert (waiting, _asked_of_documents(model, IDEA, *titles)) == (4, titles)


def test_document_that_becomes_shorter_keeps_no_part_of_the_longer(
    notes: Notes, model: KnowsSynonyms, municipality: Municipality
) -> None:
    note = notes.add(IDEA, municipality, text="En setning til om noe annet. " * 30)
    _until_done()
    assert DocumentVector.objects.count() > 1

    notes.change(note, text="")
    services.index_now([notes.documents[note.id]])
    _until_done()

    assert DocumentVector.objects.count() == 1


def test_document_that_tells_at_length_of_something_is_found_by_its_title_in_other_words(
    notes: Notes, model: KnowsSynonyms, municipality: Municipality
) -> None:
    told = " ".join(f"Juryen roser arbeid nummer {number} og framtidens kraft." for number in range(9))
    notes.add("Elsykler til hjemmetjenesten", municipality, text=told)

    _until_done()

    assert _found("Tohjulinger for hjemmesykepleien", municipality) == ["Elsykler til hjemmetjenesten"]


def test_upgrade_lets_only_documents_with_a_title_of_their_own_wait(
    notes: Notes, model: KnowsSynonyms, municipality: Municipality
) -> None:
    own = notes.add("Elsykler", municipality, text="Fra neste år.")
    notes.add("Droner over …", municipality, text="Droner over taket til våren.")
    notes.add(IDEA, municipality)
    _until_done()
    migration = import_module("grobunn.search.migrations.0011_embed_titles_alone")

    with connection.cursor() as cursor:
        cursor.execute(migration.WAIT)

    waiting = Unembedded.objects.filter(is_backfill=True).values_list("document__object_id", flat=True)
    assert list(waiting) == [own.id]


def test_vectors_go_with_their_document(notes: Notes, model: KnowsSynonyms, municipality: Municipality) -> None:
    note = notes.add(IDEA, municipality)
    _until_done()

    services.remove(KIND, note.id)

    assert DocumentVector.objects.count() == 0


def test_old_model_answers_until_the_new_one_knows_everything_and_then_goes(
    notes: Notes, model: KnowsSynonyms, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.add(IDEA, municipality)
    _until_done()
    new = KnowsSynonyms("knows synonyms 2", dim=48)
    monkeypatch.setattr(providers, "_made", lambda *_choice: new)
    monkeypatch.setattr(providers, "earlier", lambda model_id: model if model_id == model.id else None)

    assert _found("Pilleboks som piper", municipality) == [IDEA]
    assert "Pilleboks som piper" in model.asked
    assert "Pilleboks som piper" not in new.asked
    assert status().state == "changing"

    notes.add("Droner over taket", municipality)
    new.fails = "out of order"
    assert not embed_waiting()
    assert _found("Pilleboks med varsel", municipality) == [IDEA]
    assert [row.name for row in LanguageModel.objects.all()] == [name_of(model)]

    new.fails = ""
    _until_done()

    assert [row.name for row in LanguageModel.objects.all()] == [name_of(new)]
    assert _found("Pilleboks med lyd", municipality) == [IDEA]
    assert "Pilleboks med lyd" in new.asked
    assert _found("Flyvende kamera over taket", municipality) == ["Droner over taket"]
    assert status().state == "on"


def test_old_model_learns_what_is_new_while_the_new_one_learns_everything(
    notes: Notes, model: KnowsSynonyms, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    _until_done()
    for number in range(40):
        notes.add(f"Benk nummer {number}", municipality)
    _until_done()
    new = KnowsSynonyms("knows synonyms 2")
    monkeypatch.setattr(providers, "_made", lambda *_choice: new)
    monkeypatch.setattr(providers, "earlier", lambda _model_id: model)
    notes.add(IDEA, municipality)

    assert embed_waiting(most_seconds=0)

    assert _found("Pilleboks som piper", municipality)[0] == IDEA
    assert "Pilleboks som piper" in model.asked


def test_switching_off_forgets_the_vectors_and_words_answer(
    notes: Notes, model: KnowsSynonyms, municipality: Municipality, settings: pytest.FixtureRequest
) -> None:
    notes.add(IDEA, municipality)
    _until_done()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(providers, "_made", lambda *_choice: None)

        assert not embed_waiting()

        assert (DocumentVector.objects.count(), LanguageModel.objects.count(), Unembedded.objects.count()) == (0, 0, 0)
        assert _found("Medisindispenser med alarm", municipality) == [IDEA]
        assert _found("Pilleboks som piper", municipality) == []


def test_model_that_fails_leaves_texts_waiting_and_words_answer(
    notes: Notes, model: KnowsSynonyms, municipality: Municipality
) -> None:
    notes.add("Elsykler til alle", municipality)
    _until_done()
    notes.add(IDEA, municipality)
    model.fails = "out of order"

    assert not embed_waiting()

    assert Unembedded.objects.count() == 1
    assert _found("Medisindispenser med alarm", municipality) == [IDEA]


def test_database_without_the_extension_is_told_and_nothing_is_embedded(
    notes: Notes, model: KnowsSynonyms, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.add(IDEA, municipality)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE search_documentvector DROP COLUMN IF EXISTS vector")
    monkeypatch.setattr(vectors, "_VERSION", "SELECT NULL, NULL WHERE false")

    assert not embed_waiting()

    assert (status().state, status().reason) == ("extension", "extension missing")
    assert _found("Medisindispenser med alarm", municipality) == [IDEA]


def test_too_old_an_extension_is_told(model: KnowsSynonyms, monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE search_documentvector DROP COLUMN IF EXISTS vector")
    monkeypatch.setattr(vectors, "_VERSION", "SELECT '0.5.1', '0.5.1'")

    assert status().reason == "extension too old"


def test_worker_that_is_asked_to_stop_leaves_texts_waiting_for_the_next(
    notes: Notes, model: KnowsSynonyms, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.add(IDEA, municipality)
    monkeypatch.setattr(jobs, "_stopping", threading.Event())
    jobs.ask_to_stop()

    embed_waiting()

    assert DocumentVector.objects.count() == 0
    monkeypatch.setattr(jobs, "_stopping", threading.Event())
    _until_done()
    assert _found("Pilleboks som piper", municipality) == [IDEA]
