"""Whether the work is as far as gates ask for."""

from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.at_hand import counts_of


def has_milestone_in_time(initiative: Initiative) -> bool:
    """Whether it has milestones, and none is overdue. One SQL, none where it was counted."""
    counts = counts_of(initiative)
    return counts.all_milestones > 0 and counts.late_milestones == 0


def has_risks_in_hand(initiative: Initiative) -> bool:
    """Whether somebody has named a risk, and every open one says what is done about it. The same SQL."""
    counts = counts_of(initiative)
    return counts.all_risks > 0 and counts.loose_risks == 0
