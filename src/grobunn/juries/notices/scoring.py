"""What members hear of scores that are due."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.juries.models import Panel
from grobunn.juries.notices.impartiality import tell
from grobunn.juries.queries.progress import MemberProgress
from grobunn.notifications.kinds import Kind

KINDS = (
    Kind(
        name="juries.scores_due",
        label=_("Scores are due"),
        description=_("The day before your scores on a panel are due, and when they are late."),
        template="juries/notices/scores_due",
        stop_label=pgettext_lazy("stop mails", "about this panel"),
    ),
)


def tell_due(panel: Panel, each: MemberProgress, *, is_late: bool) -> None:
    """Remind a member of what is left to score; once before it is due and once when it is late."""
    about = f"{panel.pk}:{panel.scores_due_at:%Y%m%d%H%M}:{'late' if is_late else 'soon'}"
    left = each.progress.of - each.progress.done
    tell("scores_due", each.member.user, panel, about=about, page="scoring", left=left, is_late=is_late)
