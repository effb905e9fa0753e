"""The language models whose vectors are kept: the one that is chosen, and the one before it until it is complete."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain

import numpy as np
from django.db import connection, transaction
from django.db.models import QuerySet

from grobunn.kernel import clock, jobs
from grobunn.search.meaning import providers, vectors
from grobunn.search.meaning.embedder import Embedder, EmbeddingFailed, Vectors
from grobunn.search.meaning.lens import Lens, fitted, packed, unpacked
from grobunn.search.meaning.material import material
from grobunn.search.models import LanguageModel

_BATCH = 16
_ALL_DOCUMENTS = "INSERT INTO search_unembedded (document_id, is_backfill) SELECT id, true FROM search_indexeddocument"


@dataclass(frozen=True)
class Language:
    """A model that can be asked, with its lens and the number that its vectors are kept under."""

    id: int
    name: str
    embedder: Embedder
    lens: Lens


def name_of(embedder: Embedder) -> str:
    """A model together with its lens: when either changes, all vectors are made anew."""
    return f"{embedder.id} · {material().mark}"


def answering(embedder: Embedder) -> Language | None:
    """What answers now: the chosen model once it knows every document, until then the one before if it can be asked.

    Returns: the chosen one with what it knows so far where there is no other; None before it has begun.
    """
    rows = {row.name: row for row in LanguageModel.objects.defer("lens")}
    wanted = rows.pop(name_of(embedder), None)
    if wanted is None or wanted.complete_at is None:
        for row in rows.values():
            before = providers.earlier(row.embedder)
            if row.complete_at is not None and before is not None:
                return language_of(row, before)
    return None if wanted is None else language_of(wanted, embedder)


def begun(embedder: Embedder) -> LanguageModel:
    """The row of the chosen model; where there is none its lens is made, and every document waits to be embedded.

    Raises:  EmbeddingFailed.
    Effects: row, index, rows that wait.
    """
    name = name_of(embedder)
    known = LanguageModel.objects.defer("lens").filter(name=name).first()
    if known is not None:
        return known
    if embedder.dim > vectors.MOST_NUMBERS:
        raise EmbeddingFailed(f"Vectors of {embedder.dim} numbers cannot be kept: {vectors.MOST_NUMBERS} at most.")
    lens = lens_for(embedder)
    with transaction.atomic():
        made = LanguageModel.objects.create(
            name=name, embedder=embedder.id, dim=embedder.dim, lens=packed(lens), made_at=clock.now()
        )
        vectors.add_index(made.pk, dim=embedder.dim)
        with connection.cursor() as cursor:
            cursor.execute(_ALL_DOCUMENTS)
    return made


def lens_for(embedder: Embedder) -> Lens:
    """The lens for a model, made of the packaged texts: two or three minutes with the embedded one.

    Raises: EmbeddingFailed.
    """
    texts = material()
    said = embedded(embedder, list(chain.from_iterable(texts.wordings)))
    borders = list(accumulate(len(each) for each in texts.wordings))
    return fitted(texts=embedded(embedder, texts.sentences), wordings=np.split(said, borders[:-1]))


def embedded(embedder: Embedder, texts: Sequence[str]) -> Vectors:
    """Vectors of many texts, in batches of about equal length.

    Raises: EmbeddingFailed, also where this process is about to end: the next one begins again.
    """
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    made = np.zeros((len(texts), embedder.dim), np.float32)
    for start in range(0, len(order), _BATCH):
        if jobs.is_asked_to_stop():
            raise EmbeddingFailed("The worker was asked to stop.")
        batch = order[start : start + _BATCH]
        made[batch] = embedder.encode([texts[i] for i in batch], kind="passage")
    return made


def complete(model: LanguageModel) -> None:
    """The chosen model knows every document: it answers, and what was kept for others goes. Effects: rows, index."""
    model.complete_at = clock.now()
    model.save(update_fields=["complete_at"])
    for other in others_than(model):
        forget(other)


def others_than(model: LanguageModel) -> QuerySet[LanguageModel]:
    """The models that were chosen before."""
    return LanguageModel.objects.defer("lens").exclude(pk=model.pk).order_by("pk")


def forget(model: LanguageModel) -> None:
    """Delete a model with all its vectors. Effects: rows, index."""
    with transaction.atomic():
        vectors.forget(model.pk)
        LanguageModel.objects.filter(pk=model.pk).delete()


def language_of(row: LanguageModel, embedder: Embedder) -> Language:
    """A row as it is asked."""
    return Language(id=row.pk, name=row.name, embedder=embedder, lens=_lens(row.pk))


@lru_cache(maxsize=4)
def _lens(model_id: int) -> Lens:
    """A model's lens; it never changes, and its number is never used again."""
    return unpacked(bytes(LanguageModel.objects.only("lens").get(pk=model_id).lens))
