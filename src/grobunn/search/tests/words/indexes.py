"""What an index has, against what the database has."""

from pathlib import Path

import tantivy
from django_scopes import scopes_disabled
from tantivy import Query

from grobunn.search.engine.words.queries import either
from grobunn.search.engine.words.schema import OWN, name_analysers
from grobunn.search.engine.words.terms import stem_of
from grobunn.search.models import IndexedDocument
from grobunn.search.words import spelled


def rows_in(folder: Path | None) -> list[int]:
    """The ids of the rows in an index, in order; twice what is there twice."""
    assert folder is not None
    index = tantivy.Index.open(str(folder))
    index.config_reader("manual")
    searcher = index.searcher()
    hits = searcher.search(Query.all_query(), limit=searcher.num_docs or 1, count=False).hits
    rows = searcher.fast_field_values("row", [address for _score, address in hits])
    return sorted(int(row) for row in rows if row)


def titles_in(folder: Path | None) -> dict[int, bool]:
    """For each row of the database: whether the index has it with the title that it has now."""
    assert folder is not None
    index = name_analysers(tantivy.Index.open(str(folder)))
    index.config_reader("manual")
    searcher = index.searcher()
    return {
        document.pk: any(
            searcher.fast_field_values("row", [address]) == [document.pk]
            for stem in [stem_of(word) for word in spelled(document.title).split()][-1:]
            for _score, address in searcher.search(
                either([Query.term_query(index.schema, f"{shelf}title", stem) for shelf in ("", OWN)]),
                limit=1000,
                count=False,
            ).hits
        )
        for document in documents()
    }


def documents() -> list[IndexedDocument]:
    """What the database has."""
    with scopes_disabled():
        return list(IndexedDocument.objects.order_by("pk"))


def agrees(folder: Path | None) -> bool:
    """Whether an index has just the rows of the database, each with its title of now."""
    return rows_in(folder) == [document.pk for document in documents()] and all(titles_in(folder).values())
