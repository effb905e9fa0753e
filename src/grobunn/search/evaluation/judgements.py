"""What people here have said of what they were shown, with how alike it is by both measures."""

from collections.abc import Iterator

from django_scopes import scopes_disabled

from grobunn.search.engine import ENGINE
from grobunn.search.engine.interface import Ref
from grobunn.search.evaluation.weighing import Judged
from grobunn.search.meaning import asking, vectors
from grobunn.search.meaning.explaining import nearness
from grobunn.search.models import Judgement, NotSame

_MOST = 2000


def judged_pairs() -> list[Judged]:
    """The latest judgements whose objects can still be found and whose meaning is known."""
    with scopes_disabled(), asking.patient():
        return [judged for one, other, is_alike in _said() if (judged := _measured(one, other, is_alike=is_alike))]


def _said() -> Iterator[tuple[Ref, Ref, bool]]:
    for rows, is_alike in ((Judgement.objects, True), (NotSame.objects, False)):
        for row in rows.order_by("-id")[:_MOST]:
            yield Ref(row.one_kind, row.one_id), Ref(row.other_kind, row.other_id), is_alike


def _measured(one: Ref, other: Ref, *, is_alike: bool) -> Judged | None:
    """Both measures of a pair, looked at as the machine does: who may see it does not matter, nothing is shown."""
    title, text = vectors.texts_of([one]).get(one, ("", ""))
    told = text if text.startswith(title.rstrip("…")) else f"{title}. {text}"
    by_words, by_meaning = ENGINE.explain(told, other), nearness(told, other)
    if by_words is None or by_meaning is None:
        return None
    return Judged(words=by_words.score, meaning=by_meaning.score, is_alike=is_alike)
