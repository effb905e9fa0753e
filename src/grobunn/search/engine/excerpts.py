"""What is shown of documents that were found: read from the database at that moment, whichever engine found them."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import connection

from grobunn.search.engine.interface import Excerpt, Ref
from grobunn.search.engine.words.terms import stem_of
from grobunn.search.passages import marked, passage
from grobunn.search.words import content_words

_WORDS = 12
# A passage is looked for in so much of a text.
_LOOKED_AT = 4000
_TEXTS = """
SELECT d.kind, d.object_id, d.title, left(d.text, %s), d.url, d.written_on, d.updated_at
  FROM unnest(%s::text[], %s::uuid[]) AS wanted(kind, object_id)
  JOIN search_indexeddocument d USING (kind, object_id)
"""


def excerpts(words: str, refs: Collection[Ref]) -> dict[Ref, Excerpt]:
    """What each document says where the words stand; one SQL for any number of documents."""
    stems = sorted(_stems(words))
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS, [_LOOKED_AT, [ref.kind for ref in refs], [ref.id for ref in refs]])
        return {Ref(kind, object_id): _excerpt(stems, *told) for kind, object_id, *told in cursor.fetchall()}


def _stems(words: str) -> set[str]:
    """What each word is known by in a text: its stem, or all of it where the text is in another language."""
    found = content_words(words, limit=_WORDS)
    return {stem_of(word.spelled) for word in found} | {word.written.lower() for word in found}


def _excerpt(
    stems: Collection[str], title: str, text: str, url: str, written_on: date | None, updated_at: datetime
) -> Excerpt:
    """A title and a passage; a text that begins with the title, as where the title was made of it, goes on after it."""
    told = title.rstrip("…").rstrip()
    rest = text.removeprefix(told).lstrip(" .,:;\n")
    return Excerpt(
        title=marked(title, stems),
        text=passage(rest, stems, is_begun=text.startswith(told)),
        heading=title,
        url=url,
        day=written_on or updated_at.date(),
    )
