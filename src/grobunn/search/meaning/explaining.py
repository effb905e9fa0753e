"""How alike a text and one document are in meaning: for whoever wonders, and for judging what people said."""

from dataclasses import dataclass

from django_scopes import scopes_disabled

from grobunn.search.engine.interface import Reader, Ref
from grobunn.search.meaning import asking, vectors
from grobunn.search.meaning.lens import Gauge
from grobunn.search.meaning.parts import parts_of
from grobunn.search.models import IndexedDocument


@dataclass(frozen=True)
class Nearness:
    """Takes: cosine, of the text and the document's nearest part; gauge, how to read it; part, that part's words."""

    cosine: float
    gauge: Gauge
    part: str

    @property
    def score(self) -> float:
        """How alike they are in meaning: see `engine/scoring.py`."""
        return self.gauge.score(self.cosine)


def nearness(text: str, ref: Ref) -> Nearness | None:
    """How near in meaning a document is, looked at as the machine does: who may see it does not matter.

    Returns: None where meaning is off or not ready, where the text says too little, and where the document is not
             embedded or not there.
    """
    with scopes_disabled():
        owners = IndexedDocument.objects.filter(kind=ref.kind, object_id=ref.id)
        municipality_id = owners.values_list("municipality_id", flat=True).first()
    asked = asking.asked(text)
    if asked is None or municipality_id is None:
        return None
    reader = Reader(municipality_ids=frozenset({municipality_id}))
    near = vectors.nearest(asked.vector, model_id=asked.language.id, reader=reader, also=[ref], limit=1)
    for each in near:
        if each.hit.ref == ref:
            parts = parts_of(*vectors.texts_of([ref]).get(ref, ("", "")))
            part = parts[each.part] if each.part < len(parts) else ""
            return Nearness(each.cosine, asked.gauge, part)
    return None
