"""What the index finds, as the database has it now: nothing that was hidden or deleted meanwhile."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.db import connection

from grobunn.organisations.queries import regions
from grobunn.search.completion import completed, corrected
from grobunn.search.engine.candidates import (
    CANDIDATES,
    WORDS,
    candidates_by_ids,
    explained,
    in_order,
    row_by_ref,
    scored,
)
from grobunn.search.engine.interface import Explanation, Hit, Reader, Ref, Suggestion, Wanted
from grobunn.search.engine.rows import COLUMNS, UNREAD, hit_of
from grobunn.search.engine.words import asking
from grobunn.search.engine.words.asking import Asked
from grobunn.search.engine.words.damage import damage
from grobunn.search.engine.words.reading import Opened
from grobunn.search.engine.words.terms import Term, query_words, terms_of

_LOOKED_AT = 30
_SPARE = 4
_WORDS_PUT_RIGHT = 12
_ROWS = """
SELECT {}, d.id FROM search_indexeddocument d
 WHERE d.id = ANY(%s::bigint[]) AND (d.visibility = 'public' OR d.municipality_id = ANY(%s))
"""
_WHOLE, _COUNTED = _ROWS.format(COLUMNS), _ROWS.format(UNREAD)


def alike(
    text: str, *, opened: Opened, reader: Reader, exclude: Collection[Ref], limit: int, least: float
) -> list[Hit]:
    """Documents like a text, in the order in which they help; one SQL."""
    with damage():
        terms = terms_of(text, opened=opened, municipality_id=reader.municipality_id, limit=WORDS)
        found = asking.alike(terms, opened=opened, reader=reader, limit=max(CANDIDATES, limit))
        words = query_words(terms, opened=opened)
    if not found.relevance:
        return []
    with connection.cursor() as cursor:
        rows = candidates_by_ids(cursor, found.ids, words, reader)
    unwanted = set(exclude)
    hits = scored(rows, words, least=least, relevance=found.relevance)
    return in_order([hit for hit in hits if hit.ref not in unwanted], reader)[:limit]


def explain(text: str, ref: Ref, *, opened: Opened) -> Explanation | None:
    """Why a document is like a text, or is not."""
    with damage():
        words = query_words(terms_of(text, opened=opened, municipality_id=None, limit=WORDS), opened=opened)
    with connection.cursor() as cursor:
        row = row_by_ref(cursor, kind=ref.kind, object_id=ref.id, words=words)
    return None if row is None else explained(row, words)


def find(wanted: Wanted, *, opened: Opened, reader: Reader, limit: int) -> list[Hit]:
    """Documents with the words, best first, without their titles; one SQL."""
    with damage():
        found = asking.find(wanted, opened=opened, reader=reader, limit=limit)
    return _hits(found, reader, rows=_COUNTED)


def suggest(
    prefix: str, *, opened: Opened, reader: Reader, limit: int, municipality_id: UUID | None
) -> list[Suggestion]:
    """How what is being typed may go on, in one municipality or in all; titles that begin with it first."""
    wanted = Wanted(words=prefix, municipality_id=municipality_id)
    with damage():
        found = asking.titles_with(wanted, opened=opened, reader=reader, limit=limit * _SPARE)
    suggestions = [
        Suggestion(ref=hit.ref, text=text, title=hit.title, url=hit.url)
        for hit in _hits(found, reader)
        if (text := completed(prefix, hit.title))
    ]
    begun = prefix.strip().lower()
    return sorted(suggestions, key=lambda each: not each.title.lower().startswith(begun))[:limit]


def did_you_mean(words: str, *, opened: Opened, reader: Reader, visible: Callable[[list[Hit]], list[Hit]]) -> str:
    """The words with each one that nothing visible has as the nearest word of a visible title."""
    with damage():
        terms = terms_of(words, opened=opened, municipality_id=None, limit=_WORDS_PUT_RIGHT)
    unknown = [term for term in terms if not term.documents or not visible(_having(term, opened, reader))]
    with damage():
        near = asking.misspelt(unknown, opened=opened, reader=reader, limit=_LOOKED_AT)
    if not near.relevance:
        return ""
    known = {term.word.written.lower() for term in terms if term not in unknown}
    return corrected(words, known=known, titles=[hit.title for hit in visible(_hits(near, reader))])


def _having(term: Term, opened: Opened, reader: Reader) -> list[Hit]:
    with damage():
        found = asking.having(term, opened=opened, reader=reader, limit=_LOOKED_AT)
    return _hits(found, reader)


def _hits(found: Asked, reader: Reader, rows: str = _WHOLE) -> list[Hit]:
    """The rows of an answer that are still there for the reader, in its order."""
    if not found.relevance:
        return []
    with connection.cursor() as cursor:
        # As one text: the driver writes a list of hundreds number by number.
        ids = f"{{{','.join(map(str, found.ids))}}}"
        cursor.execute(rows, [ids, list(reader.municipality_ids)])
        known = {row[-1]: row for row in cursor.fetchall()}
    where = regions()
    return [hit_of(known[each], where, relevance=found.relevance[each]) for each in found.ids if each in known]
