"""The engine in use: this one is PostgreSQL itself; another one takes its place here and nowhere else."""

from collections.abc import Collection, Sequence

from grobunn.search.engine import alike, finding, indexing
from grobunn.search.engine.interface import Engine, Hit, Reader, Ref, Wanted
from grobunn.search.registry import Document


class PostgreSQL:
    """Search in the database that holds everything else: words by stems, titles by character grams."""

    def put(self, documents: Sequence[Document]) -> None:
        indexing.put(documents)

    def remove(self, refs: Collection[Ref]) -> None:
        indexing.remove(refs)

    def recount(self) -> None:
        indexing.recount()

    def alike(self, text: str, *, reader: Reader, exclude: Collection[Ref], limit: int) -> list[Hit]:
        return alike.alike(text, reader=reader, exclude=exclude, limit=limit)

    def find(self, wanted: Wanted, *, reader: Reader, limit: int) -> list[Hit]:
        return finding.find(wanted, reader=reader, limit=limit)


ENGINE: Engine = PostgreSQL()
