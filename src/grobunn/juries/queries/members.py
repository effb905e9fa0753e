"""Who is on a panel."""

from typing import Any

from django.db.models import QuerySet
from django_scopes import scopes_disabled

from grobunn.juries.models import Member, Panel
from grobunn.organisations.models import Municipality


def member_of(panel: Panel, actor: Any) -> Member | None:
    """Somebody's own place on a panel, None who is not on it or has left. Asked once for each panel that was read."""
    if getattr(actor, "pk", None) is None:
        return None
    kept: dict[Any, Member | None] = panel.__dict__.setdefault("_member_of", {})
    if actor.pk not in kept:
        with scopes_disabled():
            found = Member.objects.present().filter(panel=panel, user_id=actor.pk).first()
        if found is not None:
            found.panel = panel
        kept[actor.pk] = found
    return kept[actor.pk]


def panels_for(actor: Any, municipality: Municipality) -> QuerySet[Panel]:
    """The panels of a municipality that somebody may see: all for its innovation adviser, else those they are on."""
    from grobunn.juries.rules import sets_up  # noqa: PLC0415 -- the rules stand on this

    panels = Panel.objects.filter(municipality=municipality)
    if sets_up(actor, municipality):
        return panels
    return panels.filter(pk__in=Member.objects.present().filter(user_id=actor.pk).values("panel_id"))
