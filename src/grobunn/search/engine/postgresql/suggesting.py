"""How what somebody types may go on, and what they may have meant, from titles."""

from collections.abc import Callable
from uuid import UUID

from grobunn.search.completion import completed, corrected
from grobunn.search.engine.interface import Hit, Reader, Suggestion, Wanted
from grobunn.search.engine.postgresql import alike, finding
from grobunn.search.words import content_words

_WORDS = 12
_SPARE = 4
_LOOKED_AT = 30
# How alike something must be for its title to tell what was meant: a typing error in a word or two.
_LEAST_ALIKE = 0.03


def suggest(prefix: str, *, reader: Reader, limit: int, municipality_id: UUID | None = None) -> list[Suggestion]:
    """Titles with what was typed, its last word as a beginning; those that begin with it first."""
    wanted = Wanted(words=prefix, municipality_id=municipality_id)
    hits = finding.find(wanted, reader=reader, limit=limit * _SPARE)
    found = [
        Suggestion(ref=hit.ref, text=text, title=hit.title, url=hit.url)
        for hit in hits
        if (text := completed(prefix, hit.title))
    ]
    begun = prefix.strip().lower()
    return sorted(found, key=lambda each: not each.title.lower().startswith(begun))[:limit]


def did_you_mean(words: str, *, reader: Reader, visible: Callable[[list[Hit]], list[Hit]]) -> str:
    """The words with each one that nothing visible has as the nearest word of a visible title."""
    known = {
        word.written.lower()
        for word in content_words(words, limit=_WORDS)
        if visible(finding.find(Wanted(words=f"{word.written} "), reader=reader, limit=_LOOKED_AT))
    }
    near = alike.alike(words, reader=reader, exclude=(), limit=_LOOKED_AT, least=_LEAST_ALIKE)
    return corrected(words, known=known, titles=[hit.title for hit in visible(near)])
