"""Who hears that a panel meets on another day, or that its scores are due at another time."""

from django.db import transaction
from django_scopes import scope

from grobunn.juries.events import PanelMoved
from grobunn.juries.models import Panel
from grobunn.juries.notices.moving import tell_of_move
from grobunn.juries.queries.overview import members_in_order
from grobunn.juries.states import OPEN
from grobunn.kernel.events import subscribe


@subscribe(PanelMoved)
def tell_panel(event: PanelMoved) -> None:
    """Everybody on the panel, but not whoever moved it; while it is being prepared nobody has been told a day."""
    with scope(municipality=event.municipality_id), transaction.atomic():
        rows = Panel.objects.select_for_update(of=("self",)).select_related("municipality")
        panel = rows.get(pk=event.panel_id)
        if panel.state not in OPEN:
            return
        for member in members_in_order(panel):
            if member.user_id != event.actor_id:
                tell_of_move(member.user, panel, event)
