"""The files of an evaluation: tab-separated, with a line of names first. Bad rows are told by their number."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grobunn.search.words import MAX_TEXT

MOST_TEXTS = 1_000_000
MOST_QUESTIONS = 100_000


class BadFile(ValueError):  # noqa: N818 -- named for what is so
    """A file that cannot be used; the message says which row and why."""


@dataclass(frozen=True)
class Text:
    """A text that can be found."""

    id: str
    text: str


@dataclass(frozen=True)
class Question:
    """Takes: answer, the id of the text that it should find; kind, what makes it hard."""

    answer: str
    kind: str
    text: str


def read_corpus(path: Path) -> list[Text]:
    """The texts of a file with the columns id and text. Raises: BadFile."""
    seen: dict[str, int] = {}
    texts = []
    for number, row in _rows(path, ("id", "text"), most=MOST_TEXTS):
        if row["id"] in seen:
            raise BadFile(f"{path}, row {number}: the id {row['id']} stands in row {seen[row['id']]} already.")
        seen[row["id"]] = number
        texts.append(Text(row["id"], row["text"]))
    if not texts:
        raise BadFile(f"{path} holds no texts.")
    return texts


def read_questions(path: Path, *, known: set[str]) -> list[Question]:
    """The questions of a file with the columns id, kind and text. Raises: BadFile, for an unknown id too."""
    questions = []
    for number, row in _rows(path, ("id", "kind", "text"), most=MOST_QUESTIONS):
        if row["id"] not in known:
            raise BadFile(f"{path}, row {number}: no text has the id {row['id']}.")
        questions.append(Question(answer=row["id"], kind=row["kind"], text=row["text"]))
    if not questions:
        raise BadFile(f"{path} holds no questions.")
    return questions


def _rows(path: Path, columns: tuple[str, ...], *, most: int) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            lacking = [column for column in columns if column not in (reader.fieldnames or [])]
            if lacking:
                raise BadFile(f"{path}: the first line does not name the column {lacking[0]}.")
            for count, row in enumerate(reader, start=1):
                if count > most:
                    raise BadFile(f"{path} has more than {most:,} rows.")
                yield reader.line_num, _checked(path, reader.line_num, row, columns)
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path} is not UTF-8.") from error
    except csv.Error as error:
        raise BadFile(f"{path} cannot be read as tab-separated text: {error}.") from error


def _checked(path: Path, number: int, row: dict[str, str | None], columns: tuple[str, ...]) -> dict[str, str]:
    checked = {}
    for column in columns:
        value = (row[column] or "").strip()
        if not value:
            raise BadFile(f"{path}, row {number}: {column} is empty.")
        if len(value) > MAX_TEXT:
            raise BadFile(f"{path}, row {number}: {column} is longer than {MAX_TEXT:,} characters.")
        checked[column] = value
    return checked
