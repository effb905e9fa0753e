"""What there is already that is like a text that somebody writes."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from grobunn.search.engine import scoring
from grobunn.search.engine.interface import Reader, Ref
from grobunn.search.meaning import asking, fusion
from grobunn.search.models import NotSame
from grobunn.search.queries.matches import Match, reader_of, shown, visible

# So many times more are fetched than shown: some of them the reader may not see.
_SPARE = 6
# What shares no word with a text is put before a person from here on, and not where something else is so much nearer:
# a list of remote things teaches people to pass over the near ones.
_LEAST_WITHOUT_WORDS = 0.4
_FAR_BEHIND = 0.2


def similar(
    text: str,
    *,
    user: Any,
    municipality_id: UUID | None,
    exclude: Iterable[tuple[str, UUID]] = (),
    limit: int = 5,
) -> list[Match]:
    """What there is already that is like a text, for somebody who writes it.

    Takes:   text, as far as it is written; user, signed in or not; municipality_id, where the writer stands; exclude,
             objects that are not to be found, and with them all that somebody said is not the same as they.
    Returns: at most `limit`, the most alike and most usable first; empty when nothing is alike.
    """
    own = [Ref(*ref) for ref in exclude]
    hits = fusion.alike(
        text,
        reader=reader_of(user, municipality_id),
        exclude=[*own, *_not_same_as(own)],
        limit=limit * _SPARE,
        least=scoring.RELATED,
    )
    return shown(visible(hits, user)[:limit])


def worth_reading(matches: Sequence[Match]) -> list[Match]:
    """The matches that are put before whoever writes or answers: not those that are only remotely alike."""
    best = max((match.score for match in matches), default=0.0)
    least = max(_LEAST_WITHOUT_WORDS, best - _FAR_BEHIND)
    return [match for match in matches if match.why or match.score >= least]


def near(text: str, *, kind: str, municipality_ids: Iterable[UUID], limit: int = 50) -> list[UUID]:
    """Objects of one kind that are close to a text, whoever may see them: for a job that tells those who have them.

    Takes:   municipality_ids, where they are looked for beside what is public everywhere.
    Returns: ids, the closest first. Show them to nobody before the feature has said that they may see them.
    """
    reader = Reader(municipality_ids=frozenset(municipality_ids))
    with asking.patient():
        hits = fusion.alike(text, reader=reader, exclude=(), limit=limit, least=scoring.CLOSE)
    return [hit.ref.id for hit in hits if hit.ref.kind == kind]


def _not_same_as(refs: Sequence[Ref]) -> set[Ref]:
    """The other halves of every pair that somebody said is not the same."""
    if not refs:
        return set()
    ids = [ref.id for ref in refs]
    known = set(refs)
    others: set[Ref] = set()
    for pair in NotSame.objects.filter(Q(one_id__in=ids) | Q(other_id__in=ids)):
        one, other = Ref(pair.one_kind, pair.one_id), Ref(pair.other_kind, pair.other_id)
        others |= {other} if one in known else set()
        others |= {one} if other in known else set()
    return others
