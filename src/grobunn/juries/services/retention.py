"""The end of personal data on panels, as the README promises."""

from datetime import timedelta

from django_scopes import scopes_disabled

from grobunn.juries.models import Conflict, Declaration, Member, Panel, Score, Tap
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.states import FINISHED
from grobunn.kernel import clock

KEEP_DAYS = 365


def forget_personal_data() -> int:
    """Twelve months after a panel ended: employer and expertise of its members, the words of
    what was dismissed, and everybody's own notes.

    Returns: how many rows. Effects: rows. Safe to repeat.
    """
    before = clock.now() - timedelta(days=KEEP_DAYS)
    with scopes_disabled():
        panels = Panel.objects.filter(state__in=FINISHED, state_since__lt=before)
        members = Member.objects.filter(panel__in=panels).exclude(employer="", expertise=[])
        forgotten = members.update(employer="", expertise=[])
        dismissed = Conflict.objects.filter(member__panel__in=panels, state=ConflictState.DISMISSED)
        pairs = list(dismissed.values_list("member_id", "entry_id"))
        forgotten += dismissed.exclude(detail="").update(detail="")
        for member_id, entry_id in pairs:
            said = Declaration.objects.filter(member=member_id, entry=entry_id).exclude(text="")
            forgotten += said.update(text="")
        forgotten += Score.objects.filter(entry__panel__in=panels).exclude(note="").update(note="")
        gone, _models = Tap.objects.filter(entry__panel__in=panels, note__isnull=False).delete()
    return forgotten + gone
