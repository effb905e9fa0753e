"""Where a reader's documents stand in the index: what everybody may find apart from what is for one municipality.

The words of each kind stand in fields of their own. So a reader who belongs nowhere is answered without a condition:
the index can skip what cannot win, and what is hidden from them costs no time that they could measure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain
from operator import itemgetter

from tantivy import Query

from grobunn.search.engine.interface import Reader
from grobunn.search.engine.words.queries import either, narrowed
from grobunn.search.engine.words.reading import Opened
from grobunn.search.engine.words.schema import OWN, PUBLIC

# BM25, as the library counts it: how soon a repeated word stops to tell more, and how much the length matters.
_SATURATION, _LENGTH = 1.2, 0.75
_LEAST_SHARE = 0.001


@dataclass(frozen=True)
class Shelf:
    """Documents whose words stand in the same fields.

    Takes: fields, what the names of their fields begin with; conditions, which of them are asked for; weight, what
           scores are multiplied by to be compared with those of another shelf.
    """

    opened: Opened
    fields: str = ""
    conditions: tuple[Query, ...] = ()
    weight: float = 1.0

    def term(self, field: str, value: str) -> Query:
        """Documents with a term in one of the fields of words."""
        return Query.term_query(self.opened.schema, f"{self.fields}{field}", value)

    def near(self, field: str, value: str, *, letters: int) -> Query:
        """Documents with a term that is so many letters away."""
        return Query.fuzzy_term_query(self.opened.schema, f"{self.fields}{field}", value, distance=letters)

    def count(self, field: str, value: str) -> int:
        """How many documents of the shelf have a term, whoever may find them."""
        return int(self.opened.searcher.doc_freq(f"{self.fields}{field}", value))

    def beginning_with(self, field: str, prefix: str, *, limit: int) -> list[tuple[str, int]]:
        """Terms that begin so, each with how many documents have it."""
        found: list[tuple[str, int]] = self.opened.searcher.terms_with_prefix(
            f"{self.fields}{field}", prefix, limit=limit
        )
        return found

    def best(self, query: Query, limit: int) -> list[tuple[int, float]]:
        """The rows of the best documents with their scores."""
        searcher = self.opened.searcher
        hits = searcher.search(narrowed(query, *self.conditions), limit=limit, count=False).hits
        rows = searcher.fast_field_values("row", [address for _score, address in hits])
        return [(int(row), score * self.weight) for (score, _address), row in zip(hits, rows, strict=True) if row]


def all_shelves(opened: Opened) -> list[Shelf]:
    """Every shelf, whoever may find what stands there: to count by, not to find by."""
    return [Shelf(opened), Shelf(opened, OWN)]


def shelves_of(opened: Opened, reader: Reader, narrowings: Sequence[Query] = ()) -> list[Shelf]:
    """What a reader may find, as far as the index can tell, and as far as it is asked for."""
    # The library takes the average length of a field over all documents, those without the field too.
    public = opened.searcher.doc_freq("audience", PUBLIC) / max(1, opened.searcher.num_docs)
    shelves = [Shelf(opened, conditions=tuple(narrowings), weight=_weight(public))]
    if reader.municipality_ids:
        homes = [each.hex for each in sorted(reader.municipality_ids)]
        audience = either([Query.term_query(opened.schema, "audience", home) for home in homes])
        shelves.append(Shelf(opened, OWN, (audience, *narrowings), _weight(1 - public)))
    return shelves


def best_of(asked: Iterable[tuple[Shelf, Query]], limit: int) -> dict[int, float]:
    """The best rows of several shelves with their scores, best first."""
    found = [shelf.best(query, limit) for shelf, query in asked]
    return dict(found[0] if len(found) == 1 else nlargest(limit, chain(*found), key=itemgetter(1)))


def _weight(share: float) -> float:
    """What a share of the documents costs the score of one of ordinary length that has a word once, made good."""
    length = 1 - _LENGTH + _LENGTH / max(share, _LEAST_SHARE)
    return (1 + _SATURATION * length) / (1 + _SATURATION)
