"""What stands in the index of one document, and how its words are cut."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import tantivy

from grobunn.search.registry import Visibility
from grobunn.search.words import MAX_TEXT, clean, grams_of, spelled

# Part of the folder's name: an index of another version is made anew, never read.
VERSION = 2

PUBLIC = "public"
# Before the names of the fields that the words of what is not for everybody stand in.
OWN = "own_"
_STEMS, _PARTS, _WHOLE = "stems", "parts", "raw"
# Of the text, too, the first words are cut into grams: a title is often no more than the beginning of the text.
_GRAMS_OF_TEXT = 200

# What a document is made of; only a row's id is kept, all else is read from the database when it is shown.
COLUMNS = "id, kind, municipality_id, visibility, state, language, themes, written_on, title, title_words, text"


class Row(NamedTuple):
    """A row of the database that has COLUMNS."""

    id: int
    kind: str
    municipality_id: UUID
    visibility: str
    state: str
    language: str
    themes: Sequence[str]
    written_on: date | None
    title: str
    title_words: str
    text: str


def schema() -> tantivy.Schema:
    """The fields of the index. Nothing is stored but the position that the index stands at."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", indexed=True, fast=True)
    for shelf in ("", OWN):
        for name in ("title", "text"):
            builder.add_text_field(f"{shelf}{name}", tokenizer_name=_STEMS, index_option="freq")
        builder.add_text_field(f"{shelf}grams", tokenizer_name=_PARTS, index_option="freq")
    for name in ("audience", "municipality", "kind", "state", "theme", "language"):
        builder.add_text_field(name, tokenizer_name=_WHOLE, index_option="basic")
    builder.add_unsigned_field("year", indexed=True)
    builder.add_text_field("position", stored=True, tokenizer_name=_WHOLE, index_option="basic")
    return builder.build()


def stemmer() -> tantivy.TextAnalyzer:
    """What cuts a spelled text into stems."""
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return words.filter(tantivy.Filter.stemmer("norwegian")).build()


def name_analysers(index: tantivy.Index) -> tantivy.Index:
    """Make the index know how its words are cut; it forgets with each opening."""
    index.register_tokenizer(_STEMS, stemmer())
    index.register_tokenizer(_PARTS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def entry(row: Row) -> dict[str, Any]:
    """A document as it is written to the index."""
    text = spelled(row.text[:MAX_TEXT])
    municipality = row.municipality_id.hex
    is_public = row.visibility == Visibility.PUBLIC
    shelf = "" if is_public else OWN
    fields: dict[str, Any] = {
        "row": row.id,
        f"{shelf}title": row.title_words,
        f"{shelf}text": text,
        f"{shelf}grams": grams(f"{row.title_words} {text[:_GRAMS_OF_TEXT].rpartition(' ')[0]}"),
        "audience": PUBLIC if is_public else municipality,
        "municipality": municipality,
        "kind": row.kind,
        "state": row.state,
        "language": row.language,
        "theme": list(row.themes),
    }
    if row.written_on is not None:
        fields["year"] = row.written_on.year
    return fields


def grams(words: str) -> str:
    """The character grams of words that are spelled already, each once."""
    return " ".join(dict.fromkeys(gram for word in words.split() for gram in grams_of(word)))


def spelled_words(text: str) -> str:
    """A text as it is looked up: bridged, without stop-words."""
    return spelled(clean(text))
