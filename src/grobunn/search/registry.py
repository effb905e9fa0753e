"""What can be found: each feature registers a source; search knows no feature."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Visibility(models.TextChoices):
    """Who may find a document, as far as the index can tell; the source has the last word."""

    PUBLIC = "public", _("Everybody")
    MUNICIPALITY = "municipality", _("The whole municipality")
    RESTRICTED = "restricted", _("Those who handle it")


@dataclass(frozen=True, kw_only=True)
class Document:
    """What is indexed of one object.

    Takes: text, everything beside the title that it can be found by; state_rank, 0 for what can be used as it is, more
           for what is further from use; language, where its words do not tell: "nb", "nn", or another code;
           themes, codes of what it is about, which the source has labels for (the first 20 are kept); written_on, the
           day it was written.
    """

    kind: str
    id: UUID
    municipality_id: UUID
    title: str
    url: str
    updated_at: datetime
    text: str = ""
    unit_id: UUID | None = None
    state: str = ""
    state_rank: int = 50
    visibility: str = Visibility.RESTRICTED
    language: str = "nb"
    themes: tuple[str, ...] = ()
    written_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Source:
    """One kind of object that can be found. Its callables open the scope that they need.

    Takes: label, the kind in the plural; documents_of, the documents of some ids (an id that is gone, or that nobody
           may find, is left out); visible, which of some ids a user may see now, in one query; ids_after, the next ids
           in order after one (None: from the start), at most so many: the index is rebuilt by it; state_label, a
           state's name for people; theme_label, the same for a theme's code.
    """

    kind: str
    label: Words
    visible: Callable[[Any, Collection[UUID]], set[UUID]]
    document_of: Callable[[UUID], Document | None]
    ids_after: Callable[[UUID | None, int], Sequence[UUID]]
    documents_of: Callable[[Sequence[UUID]], Iterable[Document]] | None = None
    state_label: Callable[[str], Words] = str
    theme_label: Callable[[str], Words] = str

    def documents(self, ids: Sequence[UUID]) -> list[Document]:
        """The documents of some ids, by the quickest way that the source offers."""
        if self.documents_of is not None:
            return list(self.documents_of(ids))
        return [document for document in map(self.document_of, ids) if document is not None]


_sources: dict[str, Source] = {}


def register(source: Source) -> Source:
    """Make a kind known; a kind may be registered once."""
    if source.kind in _sources:
        raise ImproperlyConfigured(f"The kind {source.kind} is registered twice in search.")
    _sources[source.kind] = source
    return source


def unregister(kind: str) -> None:
    """Forget a kind, for tests."""
    _sources.pop(kind, None)


def source_of(kind: str) -> Source | None:
    """The source of a kind, or None if no feature offers it."""
    return _sources.get(kind)


def registered() -> dict[str, Source]:
    """Every source by kind, in the order of registration."""
    return dict(_sources)
