"""Who is to score what, and what they have given."""

from django_scopes import scope

from grobunn.juries.grounds import Standing
from grobunn.juries.models import Assignment, Entry, Member, StandIn
from grobunn.juries.queries.standing import standing_of
from grobunn.juries.states import PanelPart


def is_to_score(member: Member, entry: Entry) -> bool:
    """Whether an entry is a member's to score: impartial, and it goes to everyone, to them, or they stand in for it."""
    if standing_of(member, entry) != Standing.IMPARTIAL or entry.withdrawn_at is not None:
        return False
    with scope(municipality=member.municipality_id):
        if member.part == PanelPart.SUBSTITUTE:
            return StandIn.objects.filter(entry=entry, substitute=member).exists()
        if member.part == PanelPart.SECRETARY:
            return False
        return not member.panel.is_shared_out or Assignment.objects.filter(entry=entry, member=member).exists()
