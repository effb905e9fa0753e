"""Who is on a panel."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django_scopes import scopes_disabled

from grobunn.juries.models import Member, Panel
from grobunn.juries.states import UNFINISHED
from grobunn.organisations.models import SETTERS_UP, Municipality
from grobunn.organisations.queries import roles_of

_SESSION_KEY = "on_panels_in"


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
    """The panels of a municipality that somebody hears of: all for those who set it up, else those they are on."""
    panels = Panel.objects.filter(municipality=municipality)
    if roles_of(actor).has(*SETTERS_UP, municipality_id=municipality.pk):
        return panels
    return panels.filter(pk__in=Member.objects.present().filter(user_id=actor.pk).values("panel_id"))


def keep_on_panels(request: HttpRequest, user: Any) -> None:
    """Let the session know in which municipalities somebody is on a panel: for the navigation, which asks nothing."""
    with scopes_disabled():
        found = Member.objects.present().filter(user_id=user.pk, panel__state__in=UNFINISHED)
        here = sorted({str(municipality_id) for municipality_id in found.values_list("municipality_id", flat=True)})
    if here != request.session.get(_SESSION_KEY, []):
        request.session[_SESSION_KEY] = here


def keeps_on_panel(request: HttpRequest, municipality: Any) -> bool:
    """Whether the session knows the reader to be on a panel of a municipality."""
    return request.user.is_authenticated and str(municipality.pk) in request.session.get(_SESSION_KEY, [])
