"""The work in the background: new and changed texts become vectors, in batches, and again when the model changes."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import structlog
from django.db import connection
from django_scopes import scopes_disabled

from grobunn.kernel import jobs
from grobunn.search.meaning import languages, providers, vectors
from grobunn.search.meaning.embedder import Embedder, EmbeddingFailed
from grobunn.search.meaning.languages import Language
from grobunn.search.meaning.parts import parts_of
from grobunn.search.meaning.vectors import Kept
from grobunn.search.models import IndexedDocument, LanguageModel, Unembedded

log = structlog.get_logger("grobunn.search")

_BATCH = 32
# One of all workers embeds at a time: it takes a core. Any number will do, if every machine uses the same.
_LOCK = 0x6D65616E


class _Text(NamedTuple):
    document_id: int
    title: str
    text: str

    @property
    def parts(self) -> list[str]:
        return parts_of(self.title, self.text)

    @property
    def digest(self) -> bytes:
        return hashlib.sha256("\0".join(self.parts).encode()).digest()[:16]


def embed_waiting(*, most_seconds: float = 50.0) -> bool:
    """Embed what waits, the last changes first, before what a new model has yet to learn, for about so long.

    Returns: whether something still waits.
    Effects: rows, indexes; lens and backfill where the chosen model is new; the old model's rows go when it is done.
             Where meaning is off, everything that was kept goes.
    """
    embedder = providers.chosen()
    with _alone() as is_alone:
        if not is_alone:
            return False
        if embedder is None or not vectors.prepared().is_there:
            _forget_all()
            return False
        try:
            return _embed(embedder, until=time.monotonic() + most_seconds)
        except EmbeddingFailed as error:
            log.warning("texts wait for their meaning", reason=str(error))
            return False


def _embed(embedder: Embedder, *, until: float) -> bool:
    model = languages.begun(embedder)
    asked = [languages.language_of(model, embedder), *_still_answering(model)]
    while rows := _next_rows():
        texts = _texts([document_id for _id, document_id in rows])
        for language in asked:
            _keep(language, texts)
        Unembedded.objects.filter(id__in=[row_id for row_id, _document_id in rows]).delete()
        if time.monotonic() > until or jobs.is_asked_to_stop():
            return True
    if model.complete_at is None:
        languages.complete(model)
    return False


def _next_rows() -> list[tuple[int, int]]:
    """What waits, the last first: whoever writes something is not behind an import of thousands."""
    for is_backfill in (False, True):
        waiting = Unembedded.objects.filter(is_backfill=is_backfill).order_by("-id")
        if rows := list(waiting.values_list("id", "document_id")[:_BATCH]):
            return rows
    return []


def _forget_all() -> None:
    """Meaning is off, or cannot be: nothing is kept of it, so that it begins anew when it is on again."""
    for model in LanguageModel.objects.defer("lens"):
        languages.forget(model)
    Unembedded.objects.all().delete()


def _still_answering(model: LanguageModel) -> list[Language]:
    """The model before, kept up to date until the new one is complete. One that cannot be asked any more goes."""
    kept = []
    for other in languages.others_than(model):
        embedder = providers.earlier(other.embedder)
        if embedder is not None and other.complete_at is not None and model.complete_at is None:
            kept.append(languages.language_of(other, embedder))
        else:
            languages.forget(other)
    return kept


def _texts(document_ids: Sequence[int]) -> list[_Text]:
    """The documents' texts as they are now; those that went meanwhile are left out."""
    with scopes_disabled():
        rows = IndexedDocument.objects.filter(id__in=document_ids).order_by("id")
        return [_Text(*row) for row in rows.values_list("id", "title", "text")]


def _keep(language: Language, texts: Sequence[_Text]) -> None:
    known = vectors.digests(language.id, [each.document_id for each in texts])
    changed = [each for each in texts if known.get(each.document_id) != each.digest]
    parts = [each.parts for each in changed]
    made = language.lens.through(languages.embedded(language.embedder, [part for own in parts for part in own]))
    begin = 0
    kept = []
    for each, own in zip(changed, parts, strict=True):
        kept.append(Kept(each.document_id, each.digest, made[begin : begin + len(own)]))
        begin += len(own)
    vectors.keep(language.id, kept)


@contextmanager
def _alone() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        is_alone = bool(cursor.fetchone()[0])
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
