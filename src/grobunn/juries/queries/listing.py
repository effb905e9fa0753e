"""Lists of panels."""

from typing import Any

from django.db.models import Exists, OuterRef

from grobunn.juries.models import Member, Panel
from grobunn.juries.queries.members import panels_for
from grobunn.kernel import paging
from grobunn.organisations.models import Municipality

PAGE_SIZE = 25
ORDER = ("-made_at", "-id")


def list_page(
    actor: Any, municipality: Municipality, *, cursor: str | None = None, size: int = PAGE_SIZE
) -> paging.Page[Panel]:
    """One page of the panels that somebody sees in a municipality, newest first.

    Returns: panels that know whether the actor `is_on` them. Raises: paging.BadCursor.
    """
    own = Member.objects.present().filter(user_id=actor.pk, panel_id=OuterRef("pk"))
    panels = panels_for(actor, municipality).annotate(is_on=Exists(own))
    return paging.page(panels, order=ORDER, size=size, cursor=cursor)
