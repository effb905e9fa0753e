"""The engine in use: this one is PostgreSQL itself; another one takes its place here and nowhere else."""

from collections.abc import Collection, Sequence
from datetime import datetime

from grobunn.search.engine import alike, finding, indexing
from grobunn.search.engine.interface import Engine, Excerpt, Explanation, Hit, Reader, Ref, Wanted
from grobunn.search.registry import Document


class PostgreSQL:
    """Search in the database that holds everything else: words by stems, titles by character grams."""

    def put(self, documents: Sequence[Document], *, is_counted: bool = True) -> None:
        indexing.put(documents, is_counted=is_counted)

    def remove(self, refs: Collection[Ref]) -> None:
        indexing.remove(refs)

    def not_indexed_since(self, moment: datetime, *, kind: str = "") -> list[Ref]:
        return indexing.not_indexed_since(moment, kind=kind)

    def recount(self) -> None:
        indexing.recount()

    def alike(self, text: str, *, reader: Reader, exclude: Collection[Ref], limit: int, least: float) -> list[Hit]:
        return alike.alike(text, reader=reader, exclude=exclude, limit=limit, least=least)

    def explain(self, text: str, ref: Ref) -> Explanation | None:
        return alike.explain(text, ref)

    def find(self, wanted: Wanted, *, reader: Reader, limit: int) -> list[Hit]:
        return finding.find(wanted, reader=reader, limit=limit)

    def excerpts(self, words: str, refs: Collection[Ref]) -> dict[Ref, Excerpt]:
        return finding.excerpts(words, refs)


ENGINE: Engine = PostgreSQL()
