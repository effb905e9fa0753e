"""The list of what is somebody's to score: every page of a sheet shows how far they have come in it."""

from typing import NamedTuple
from uuid import UUID

from django.db import connection

from grobunn.juries.models import Member
from grobunn.juries.states import PanelPart

# What `entries_to_score` finds, and how much of it is done, as SQL of our own: composed by the models it was a third of
# the page. A test holds the two against each other.
_LINES = """
    WITH judged AS (SELECT id, title, position FROM juries_entry
                     WHERE panel_id = %(panel)s AND withdrawn_at IS NULL),
        undeclared AS (SELECT id FROM judged WHERE NOT EXISTS
            (SELECT FROM juries_declaration WHERE member_id = %(member)s AND entry_id = judged.id)),
        wanted AS (SELECT count(*) AS figures FROM juries_criterion WHERE panel_id = %(panel)s)
    SELECT id, title, figures <=
            (SELECT count(value) FROM juries_score WHERE member_id = %(member)s AND entry_id = judged.id)
      FROM judged, wanted
     WHERE NOT EXISTS (SELECT FROM undeclared)
       AND NOT EXISTS (SELECT FROM juries_conflict
                        WHERE member_id = %(member)s AND entry_id = judged.id AND state <> 'dismissed')
       AND (%(gets)s = 'everything'
            OR %(gets)s = 'shares' AND EXISTS
               (SELECT FROM juries_assignment WHERE member_id = %(member)s AND entry_id = judged.id)
            OR %(gets)s = 'places' AND EXISTS
               (SELECT FROM juries_standin WHERE substitute_id = %(member)s AND entry_id = judged.id))
     ORDER BY position, id
"""


class LineToScore(NamedTuple):
    """An entry in the list of what is somebody's to score."""

    id: UUID
    title: str
    is_done: bool


def lines_to_score(member: Member) -> list[LineToScore]:
    """What is a member's to score, in order, and what of it is done; without the texts, which may be long. One SQL."""
    if member.left_at is not None or member.part == PanelPart.SECRETARY:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_LINES, {"panel": member.panel_id, "member": member.pk, "gets": _gets(member)})
        return [LineToScore(*row) for row in cursor.fetchall()]


def _gets(member: Member) -> str:
    """Which entries go to somebody in their part: everything, their shares, or those for which they take a place."""
    if member.part == PanelPart.SUBSTITUTE:
        return "places"
    return "shares" if member.panel.is_shared_out else "everything"
