"""Changes the facts of a panel: its name, what it is for, when it meets, when others' scores are shown."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.juries.events import PanelMoved
from grobunn.juries.models import Panel
from grobunn.juries.services.composing import CompositionClosed, locked
from grobunn.juries.states import FINISHED, PanelState
from grobunn.kernel import events, permissions
from grobunn.kernel.actors import Actor


def set_facts(
    panel: Panel,
    *,
    actor: Actor,
    name: str,
    purpose: str,
    meets_on: date | None,
    scores_due_at: datetime | None,
    peek: str,
    is_pairwise: bool,
) -> None:
    """Change what a panel is called, what it is to decide, when; how it judges only while it is being prepared.

    Raises:  CompositionClosed; PermissionDenied.
    Effects: row, PanelMoved if it meets or its scores are due at another time.
    """
    permissions.check("juries.run", actor, panel)
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, PanelState.PREPARING, PanelState.DECLARING, PanelState.SCORING, PanelState.DISCUSSING)
        now = Panel.objects.get(pk=panel.pk)
        if now.state != PanelState.PREPARING and (now.peek, now.is_pairwise) != (peek, is_pairwise):
            raise CompositionClosed(_("How the panel judges is closed now: declarations have been asked for."))
        is_moved = (now.meets_on, now.scores_due_at) != (meets_on, scores_due_at)
        panel.name, panel.purpose, panel.meets_on = name.strip(), purpose, meets_on
        panel.scores_due_at = scores_due_at
        panel.peek, panel.is_pairwise = peek, is_pairwise
        panel.save(update_fields=["name", "purpose", "meets_on", "scores_due_at", "peek", "is_pairwise"])
        if is_moved:
            events.publish(
                PanelMoved(
                    panel_id=panel.pk,
                    municipality_id=panel.municipality_id,
                    met_on=now.meets_on,
                    scores_were_due_at=now.scores_due_at,
                    actor_id=actor.pk,
                )
            )


def meet_on_day(panel: Panel, *, was: date, now: date) -> None:
    """Let a panel meet on the day of what it was made for, as that is moved; one that meets on another day stays.

    The feature that moves it has asked whether it may, and tells the panel.
    Effects: row.
    """
    with scope(municipality=panel.municipality_id):
        Panel.objects.filter(pk=panel.pk, meets_on=was).exclude(state__in=FINISHED).update(meets_on=now)
