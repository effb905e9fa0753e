"""The project's own ideas as texts and questions: those for development, among sentences of something else."""

import csv
import gzip
from pathlib import Path

from grobunn.search.evaluation.files import Question, Text

_DATA = Path(__file__).resolve().parents[1] / "data"
_KINDS = ("bokmaal_paraphrase", "nynorsk", "english")
_SENTENCES = 500
_FIRST_WORDS = 5


def development() -> tuple[list[Text], list[Question]]:
    """The ideas for development, and every question about them."""
    with (_DATA / "meaning" / "ideas_dev.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    with gzip.open(_DATA / "storting" / "nob.txt.gz", "rt", encoding="utf-8") as file:
        sentences = [next(file).rstrip("\n") for _number in range(_SENTENCES)]
    texts = [Text(row["id"], row["original"]) for row in rows]
    texts += [Text(f"sentence {number}", sentence) for number, sentence in enumerate(sentences)]
    questions = [Question(row["id"], kind, row[kind]) for row in rows for kind in _KINDS]
    questions += [Question(row["id"], "first_words", " ".join(row["original"].split()[:_FIRST_WORDS])) for row in rows]
    return texts, questions
