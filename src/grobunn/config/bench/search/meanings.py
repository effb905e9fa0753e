"""Gives every document of the benchmark a vector, so that what means the same is looked for among as many.

A million texts would take the embedded model twenty hours. So a thousand real sentences are embedded, and each document
gets a mixture of three of them: vectors as near to each other, and as far apart, as those of texts that share matter.
"""

from typing import Any

import numpy as np
from django.db import connection, transaction

from grobunn.config.bench.search.sentences import said
from grobunn.search.meaning import languages, providers, vectors

_REAL = 1_000
_MEMORY = "4GB"

_REALS = "CREATE TEMP TABLE real_vector (n int PRIMARY KEY, vector halfvec) ON COMMIT DROP"
_MIXED = """
INSERT INTO search_documentvector (document_id, model_id, part, digest, vector)
SELECT d.id, %(model)s, 0, ''::bytea, l2_normalize(one.vector + one.vector + two.vector + three.vector)
  FROM (SELECT id, floor(random() * %(count)s) AS one, floor(random() * %(count)s) AS two,
               floor(random() * %(count)s) AS three
          FROM search_indexeddocument OFFSET 0) d
  JOIN real_vector one ON one.n = d.one
  JOIN real_vector two ON two.n = d.two
  JOIN real_vector three ON three.n = d.three
"""


def add_meanings() -> bool:
    """Add a vector for every document, and their index. Returns: whether meaning is on here. Effects: rows, index."""
    embedder = providers.chosen()
    if embedder is None or not vectors.prepared().is_there:
        return False
    model = languages.begun(embedder)
    if model.complete_at is not None:
        return True
    language = languages.language_of(model, embedder)
    real = language.lens.through(languages.embedded(embedder, said("nb")[:_REAL]))
    with transaction.atomic(), connection.cursor() as cursor:
        # Loaded first and indexed then; nothing waits to be embedded, since every document has its vector.
        vectors.forget(model.pk)
        cursor.execute("DELETE FROM search_unembedded")
        _mix(cursor, real, model_id=model.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, false)", [_MEMORY])
    vectors.add_index(model.pk, dim=embedder.dim)
    languages.complete(model)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE search_documentvector")
    return True


def _mix(cursor: Any, real: Any, *, model_id: int) -> None:
    cursor.execute(_REALS)
    with cursor.copy("COPY real_vector FROM STDIN") as copy:
        for number, vector in enumerate(real):
            copy.write_row((number, "[" + ",".join(np.char.mod("%.5g", vector)) + "]"))
    cursor.execute(_MIXED, {"model": model_id, "count": len(real)})
