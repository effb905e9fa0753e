"""The evaluation: its files, its installation, its figures."""

import json
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from grobunn.search.evaluation import ground, ideas, report
from grobunn.search.evaluation.files import BadFile, Question, Text, read_corpus, read_questions
from grobunn.search.evaluation.measure import FUSED, MEANING, WORDS, Measured, measure, settings_of
from grobunn.search.evaluation.remembered import Remembered, remembered
from grobunn.search.meaning import providers
from grobunn.search.tests.meaning.models import KnowsSynonyms

_TEXTS = [
    Text("1", "Medisindispenser med alarm"),
    Text("2", "Elsykler til hjemmetjenesten"),
    *(Text(f"s{number}", f"Setning nummer {number} om noe helt annet") for number in range(20)),
]
_QUESTIONS = [
    Question("1", "paraphrase", "Pilleboks med pip"),
    Question("2", "paraphrase", "Tohjulinger til hjemmesykepleien"),
    Question("1", "typo", "Medisindispensr med alarm"),
]


def _nothing(_count: int) -> None:
    """No bar is shown in tests."""


def _measured() -> dict[str, Measured]:
    with ground.findable():
        filled = ground.fill(_TEXTS, tell=_nothing)
        has_meaning = ground.embed(tell=_nothing)
        asked = settings_of(has_meaning=has_meaning)
        return {name: measure(_QUESTIONS, filled, ask, tell=_nothing) for name, ask in asked.items()}


@pytest.mark.django_db
def test_evaluation_asks_in_every_setting_and_the_one_that_serves_users_comes_last(
    model: KnowsSynonyms, tmp_path: Path
) -> None:
    measured = _measured()

    report.write_json(tmp_path / "out.json", measured, default=FUSED)
    told = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    everything = {"n": 2, "recall_at_1": 1.0, "recall_at_5": 1.0, "mrr": 1.0}
    assert list(measured) == [WORDS, MEANING, FUSED]
    assert told["default"] == FUSED
    assert told["settings"][WORDS]["paraphrase"] == {"n": 2, "recall_at_1": 0.0, "recall_at_5": 0.0, "mrr": 0.0}
    assert told["settings"][WORDS]["typo"] == {**everything, "n": 1}
    assert told["settings"][MEANING]["paraphrase"] == everything
    assert told["settings"][FUSED]["paraphrase"] == everything
    assert told["settings"][FUSED]["typo"] == {**everything, "n": 1}
    assert measured[FUSED].unlike.called_same == 0
    assert report.table(measured).splitlines()[0].split() == ["setting", "kind", "n", "recall@1", "recall@5", "MRR"]


@pytest.mark.django_db
def test_evaluation_without_meaning_measures_words_alone() -> None:
    measured = _measured()

    assert list(measured) == [WORDS]
    assert measured[WORDS].by_kind["typo"].recall_at_5 == 1.0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "does not name the column id"),
        ("id\tname\n", "does not name the column text"),
        ("id\ttext\n", "holds no texts"),
        ("id\ttext\n1\tto\n1\ttre\n", "row 3: the id 1 stands in row 2 already"),
        ("id\ttext\n1\t\n", "row 2: text is empty"),
        ("id\ttext\n1\n", "row 2: text is empty"),
        (f"id\ttext\n1\t{'a' * 20_001}\n", "row 2: text is longer than 20,000 characters"),
    ],
)
def test_bad_corpus_is_told_by_row(content: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "corpus.tsv"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(BadFile, match=told):
        read_corpus(path)


def test_questions_about_unknown_texts_and_unreadable_files_are_told(tmp_path: Path) -> None:
    path = tmp_path / "queries.tsv"
    path.write_text("id\tkind\ttext\n9\ttypo\tnoe\n", encoding="utf-8")
    binary = tmp_path / "binary.tsv"
    binary.write_bytes(b"id\ttext\n\xff\xfe\n")

    with pytest.raises(BadFile, match="row 2: no text has the id 9"):
        read_questions(path, known={"1"})
    with pytest.raises(BadFile, match="cannot be read"):
        read_corpus(tmp_path / "nowhere.tsv")
    with pytest.raises(BadFile, match="is not UTF-8"):
        read_corpus(binary)


def test_quotes_in_a_text_are_text(tmp_path: Path) -> None:
    path = tmp_path / "corpus.tsv"
    path.write_text('id\ttext\textra\n1\t"Halvt sitat\tx\n2\tet til\ty\n', encoding="utf-8")

    assert read_corpus(path) == [Text("1", '"Halvt sitat'), Text("2", "et til")]


def test_vectors_are_remembered_and_asked_for_once(tmp_path: Path) -> None:
    model = KnowsSynonyms()
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE vector (key BLOB PRIMARY KEY, numbers BLOB NOT NULL)")
        asked = Remembered(model, connection)
        first = asked.encode(["en", "to", "en"], kind="passage")
        again = asked.encode(["to", "tre"], kind="passage")

    assert model.asked == ["en", "to", "tre"]
    assert np.array_equal(first[1], again[0])


def test_remembering_ends_with_the_evaluation(model: KnowsSynonyms, tmp_path: Path) -> None:
    with remembered(tmp_path / "folder" / "vectors.sqlite3"):
        inside = providers.chosen()

    assert isinstance(inside, Remembered)
    assert providers.chosen() is model


def test_packaged_ideas_share_nothing_between_development_unseen_and_the_lens() -> None:
    texts, questions = ideas.development()
    unseen = (ideas._DATA / "meaning" / "ideas_unseen.tsv").read_text(encoding="utf-8").splitlines()[1:]
    pairs = (ideas._DATA / "meaning" / "pairs.tsv").read_text(encoding="utf-8").splitlines()[1:]

    assert (len(texts), len(questions), len(unseen), len(pairs)) == (540, 160, 64, 684)
    known = {text.text for text in texts}
    assert not any(set(line.split("\t")) & known for line in (*unseen, *pairs))
    assert not {line.split("\t")[1] for line in unseen} & {line.split("\t")[0] for line in pairs}
    assert all(len(line.split("\t")) == 5 for line in unseen)
    assert all(len(line.split("\t")) == 4 and all(line.split("\t")[:2]) for line in pairs)
