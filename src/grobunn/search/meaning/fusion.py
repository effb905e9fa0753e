"""One order of what words and meaning find. Meaning leads, words correct it, and lead where nearly all of them match.

Ranks are not added up: a document that shares two words with a text would push out the one that says the same in others
(measured: recall among five falls from 88 to 8 %). Scores are, because both mean the same: `engine/scoring.py`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from grobunn.organisations.queries import regions
from grobunn.search.engine import ENGINE, scoring
from grobunn.search.engine.interface import Hit, Reader, Ref
from grobunn.search.meaning import asking, vectors
from grobunn.search.meaning.asking import Asked
from grobunn.search.meaning.parts import is_title_alone, parts_of
from grobunn.search.meaning.weights import Weights, fused, in_use, of_one_word

_NEIGHBOURS = 50
_LEAST_WORDS = 0.02
_PASSAGE = 160
# A title alone is so brief that much is near it for the form of its words: from .3 on it found seven of eight examples
# that were sought and 24 that were not, from here on six and 6 (docs/search-evaluation.md).
_LEAST_BY_TITLE = 0.4
# Where somebody stands, and where it is much the same: as large, or next door.
_OWN, _ALIKE_PLACE = 0.05, 0.02
# Borders within which what can be used comes first, however it scores. Below them nothing is close, and what is most
# alike comes first: on the demonstration, examples about something else stood before the ideas that were meant.
_STEPS = (scoring.SAME, 0.6, scoring.CLOSE)


@dataclass(frozen=True)
class Weighed:
    """A document that was found, and how alike it is by each measure.

    Takes: meaning, None where it is not known yet; part, which part of it is nearest, None where words found it; fit,
           how far meaning can be relied on.
    """

    hit: Hit
    words: float
    meaning: float | None
    part: int | None = None
    fit: float = 1.0

    def score(self, weights: Weights) -> float:
        """Both in one."""
        if self.meaning is None:
            return self.words
        return fused(words=self.words, meaning=self.meaning, weights=weights, fit=self.fit)


def alike(text: str, *, reader: Reader, exclude: Collection[Ref], limit: int, least: float) -> list[Hit]:
    """Documents like a text, by words and by meaning, in the order in which they help; by words alone without meaning.

    Takes:   any text; exclude, objects that are never found; least, the lowest score that is given.
    Returns: at most `limit`, each with the words that match, or the passage where only its meaning does.
    """
    asked = asking.asked(text)
    is_one_word = asking.is_too_short(text)
    # Of a question, words count that would say too little of an idea.
    is_idea = not is_one_word and (asked is None or asked.gauge.fit >= 1)
    by_words = ENGINE.alike(
        text,
        reader=reader,
        exclude=exclude,
        limit=max(limit, _NEIGHBOURS),
        least=least if is_idea else min(least, _LEAST_WORDS),
    )
    if is_one_word:
        hits = [hit._replace(score=of_one_word(hit.score)) for hit in by_words]
    else:
        hits = by_words if asked is None else fused_hits(asked, by_words, reader=reader, exclude=exclude)
    return in_order([hit for hit in hits if hit.score >= least], reader)[:limit]


def fused_hits(asked: Asked, by_words: Sequence[Hit], *, reader: Reader, exclude: Collection[Ref] = ()) -> list[Hit]:
    """What words found and what is near in meaning, each document once, in any order."""
    weights = in_use()
    found: dict[Ref, Hit] = {}
    parts: dict[Ref, int] = {}
    for each in weighed(asked, by_words, reader=reader, exclude=exclude):
        ref = each.hit.ref
        found[ref] = each.hit._replace(score=each.score(weights))
        if each.part is not None:
            parts[ref] = each.part
    return list(found.values()) if not parts else _told(found, parts)


def weighed(asked: Asked, by_words: Sequence[Hit], *, reader: Reader, exclude: Collection[Ref] = ()) -> list[Weighed]:
    """The same, with how alike each is by either measure."""
    worded = {hit.ref: hit for hit in by_words}
    near = vectors.nearest(
        asked.vector, model_id=asked.language.id, reader=reader, also=list(worded), limit=_NEIGHBOURS
    )
    gauge = asked.gauge
    unwanted = set(exclude)
    found = {ref: Weighed(hit, words=hit.score, meaning=None, fit=gauge.fit) for ref, hit in worded.items()}
    for each in near:
        ref, meaning = each.hit.ref, gauge.score(each.cosine)
        if ref in worded:
            found[ref] = Weighed(worded[ref], words=worded[ref].score, meaning=meaning, fit=gauge.fit)
        elif ref not in unwanted:
            found[ref] = Weighed(each.hit, words=0.0, meaning=meaning, part=each.part, fit=gauge.fit)
    return list(found.values())


def in_order(hits: Collection[Hit], reader: Reader) -> list[Hit]:
    """Hits as they help: how alike in steps, usable ones first within one, a little for one's own kind of place."""
    known = regions()
    own = known.get(reader.municipality_id) if reader.municipality_id is not None else None

    def order(hit: Hit) -> tuple[float, ...]:
        step = sum(hit.score < border for border in _STEPS)
        nearby = 0.0
        if hit.municipality_id == reader.municipality_id:
            nearby = _OWN
        elif own is not None and ((own.size and hit.size == own.size) or (own.county and hit.county == own.county)):
            nearby = _ALIKE_PLACE
        return (step, hit.state_rank if step < len(_STEPS) else 0, -(hit.score + nearby))

    return sorted(hits, key=order)


def _told(found: dict[Ref, Hit], parts: dict[Ref, int]) -> list[Hit]:
    """Where no word says why, the part of the document that is nearest does; a title alone, only where it is near."""
    shown = [ref for ref in parts if found[ref].score >= scoring.RELATED]
    texts = vectors.texts_of(shown)
    for ref in shown:
        own = parts_of(*texts.get(ref, ("", "")))
        if found[ref].score < _LEAST_BY_TITLE and is_title_alone(own, parts[ref]):
            del found[ref]
            continue
        said = _after_title(own[parts[ref]], found[ref].title) if parts[ref] < len(own) else ""
        if said:
            found[ref] = found[ref]._replace(passage=_cut(said))
    return list(found.values())


def _after_title(part: str, title: str) -> str:
    """A part without the title that it begins with, which stands above; nothing where it says no more than that."""
    told = " ".join(title.rstrip("….").split())
    if not told or not part.startswith(told) or part[len(told) : len(told) + 1].isalnum():
        return part
    return part[len(told) :].lstrip(" .,:;!?–-")


def _cut(text: str) -> str:
    if len(text) <= _PASSAGE:
        return text
    border = text.rfind(" ", 0, _PASSAGE)
    return f"{text[: border if border > 0 else _PASSAGE]} …"
