"""Lists of panels."""

from typing import Any

from grobunn.juries.models import Panel
from grobunn.juries.queries.members import panels_for
from grobunn.kernel import paging
from grobunn.organisations.models import Municipality

PAGE_SIZE = 25
ORDER = ("-made_at", "-id")


def list_page(
    actor: Any, municipality: Municipality, *, cursor: str | None = None, size: int = PAGE_SIZE
) -> paging.Page[Panel]:
    """One page of the panels that somebody sees in a municipality, newest first. Raises: paging.BadCursor."""
    return paging.page(panels_for(actor, municipality), order=ORDER, size=size, cursor=cursor)
