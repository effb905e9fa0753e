"""The list of ideas: newest first, what the reader may see."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from grobunn.ideas.models import Idea
from grobunn.ideas.queries.ideas import ideas_for
from grobunn.ideas.states import OPEN
from grobunn.kernel import paging
from grobunn.kernel.actors import Actor

PAGE_SIZE = 25
# What `answer` may ask for. A merged or withdrawn idea waits for nothing.
_ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "": {},
    "answered": {"first_answered_at__isnull": False},
    "in_time": {"is_answered_in_time": True},
    "late": {"is_answered_in_time": False},
    "waiting": {"first_answered_at__isnull": True, "state__in": list(OPEN)},
}
# What a row shows; half of reading an idea is the rest of it.
_SHOWN = ("reference", "title", "text", "state", "submitted_at", "is_synthetic", "unit__name")
ORDER = ("-submitted_at", "-id")


def list_page(
    actor: Actor,
    *,
    municipality_id: UUID,
    state: str = "",
    kind: str = "",
    answer: str = "",
    cursor: str | None = None,
    size: int = PAGE_SIZE,
) -> paging.Page[Idea]:
    """One page of the ideas of a municipality that an actor may read.

    Takes:  state and kind, codes or "" for all; answer, "answered", "in_time", "late", "waiting" or "" for all.
    Raises: paging.BadCursor.
    """
    narrowed = {name: value for name, value in (("state", state), ("kind", kind)) if value}
    ideas = ideas_for(actor).filter(municipality_id=municipality_id, **narrowed, **_ANSWERS[answer])
    rows = ideas.select_related("unit").only(*_SHOWN)
    return paging.page(rows, order=ORDER, size=size, cursor=cursor)
