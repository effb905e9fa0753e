"""What members hear when a panel is moved: the days, and nothing of what it judges."""

from datetime import UTC, date, datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.accounts.models import User
from grobunn.juries.addresses import panel_page
from grobunn.juries.events import PanelMoved
from grobunn.juries.models import Panel
from grobunn.notifications.kinds import Kind
from grobunn.notifications.services.moved import tell_moved

KINDS = (
    Kind(
        name="juries.moved",
        label=_("A panel is moved"),
        description=_("When a panel that you are on meets on another day, or its scores are due at another time."),
        template="juries/notices/moved",
        is_mandatory=True,
        stop_label=pgettext_lazy("stop mails", "about this panel"),
    ),
)


def tell_of_move(receiver: User | None, panel: Panel, event: PanelMoved) -> None:
    """Tell a member when the panel meets and when its scores are due; of several moves in a short while, the last."""
    if receiver is None or not receiver.is_active or receiver.is_service:
        return
    tell_moved(
        "juries.moved",
        to=receiver,
        municipality_id=panel.municipality_id,
        thread_key=f"panel:{panel.pk}",
        was=_times(event.met_on, event.scores_were_due_at),
        now=_times(panel.meets_on, panel.scores_due_at),
        data={"panel": panel.name},
        url=panel_page(panel),
        key=f"juries:moved:{event.id}:user:{receiver.pk}",
    )


def _times(meets_on: date | None, scores_due_at: datetime | None) -> dict[str, str]:
    return {
        "meets_on": meets_on.isoformat() if meets_on else "",
        "due_at": scores_due_at.astimezone(UTC).isoformat() if scores_due_at else "",
    }
