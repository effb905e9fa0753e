"""What people here have said of what they were shown, with how alike it is by both measures."""

from collections.abc import Iterator

from django_scopes import scopes_disabled

from grobunn.search.engine import ENGINE
from grobunn.search.engine.interface import Reader, Ref
from grobunn.search.evaluation.weighing import Judged
from grobunn.search.meaning import asking, vectors
from grobunn.search.models import IndexedDocument, Judgement, NotSame

_MOST = 2000


def judged_pairs() -> list[Judged]:
    """The latest judgements whose objects can still be found and whose meaning is known."""
    with scopes_disabled():
        return [judged for one, other, is_alike in _said() if (judged := _measured(one, other, is_alike=is_alike))]


def _said() -> Iterator[tuple[Ref, Ref, bool]]:
    for rows, is_alike in ((Judgement.objects, True), (NotSame.objects, False)):
        for row in rows.order_by("-id")[:_MOST]:
            yield Ref(row.one_kind, row.one_id), Ref(row.other_kind, row.other_id), is_alike


def _measured(one: Ref, other: Ref, *, is_alike: bool) -> Judged | None:
    """Both measures of a pair, looked at as the machine does: who may see it does not matter, nothing is shown."""
    title, text = vectors.texts_of([one]).get(one, ("", ""))
    told = text if text.startswith(title.rstrip("…")) else f"{title}. {text}"
    asked = asking.asked(told)
    explained = ENGINE.explain(told, other)
    municipality_id = (
        IndexedDocument.objects.filter(kind=other.kind, object_id=other.id)
        .values_list("municipality_id", flat=True)
        .first()
    )
    if asked is None or explained is None or municipality_id is None:
        return None
    reader = Reader(municipality_ids=frozenset({municipality_id}))
    near = vectors.nearest(asked.vector, model_id=asked.language.id, reader=reader, also=[other], limit=1)
    cosines = [each.cosine for each in near if each.hit.ref == other]
    if not cosines:
        return None
    gauge = asked.language.lens.gauge(asked.vector)
    return Judged(words=explained.score, meaning=gauge.score(cosines[0]), is_alike=is_alike)
