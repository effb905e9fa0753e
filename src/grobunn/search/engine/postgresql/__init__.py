"""Search in PostgreSQL alone: words by stems, titles by character grams. It answers where no other engine can."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from uuid import UUID

from grobunn.search.engine.excerpts import excerpts
from grobunn.search.engine.interface import Excerpt, Explanation, Hit, Reader, Ref, Suggestion, Wanted
from grobunn.search.engine.postgresql import alike, finding, indexing, suggesting
from grobunn.search.registry import Document


class PostgreSQL:
    """Search in the database that holds everything else."""

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

    def suggest(
        self, prefix: str, *, reader: Reader, limit: int, municipality_id: UUID | None = None
    ) -> list[Suggestion]:
        return suggesting.suggest(prefix, reader=reader, limit=limit, municipality_id=municipality_id)

    def did_you_mean(self, words: str, *, reader: Reader, visible: Callable[[list[Hit]], list[Hit]]) -> str:
        return suggesting.did_you_mean(words, reader=reader, visible=visible)

    def excerpts(self, words: str, refs: Collection[Ref]) -> dict[Ref, Excerpt]:
        return excerpts(words, refs)
