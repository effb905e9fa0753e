"""Which order the chair confirmed, and why."""

from dataclasses import dataclass
from datetime import datetime

from grobunn.accounts.models import User
from grobunn.juries.models import Entry, Member, Panel
from grobunn.juries.queries.standing import open_entries
from grobunn.juries.states import MACHINE, Ranking
from grobunn.kernel.models import StateChange


@dataclass(frozen=True)
class Confirmed:
    """The order that counts. Takes: reason, "" to whoever takes no part in some entry: it may speak of that."""

    words: str
    reason: str
    by: str
    at: datetime


def confirmed_ranking(panel: Panel, reader: Member | None) -> Confirmed | None:
    """The order that counts; None while none is confirmed."""
    if not panel.ranking:
        return None
    steps = StateChange.objects.filter(machine=MACHINE.name, subject_id=panel.pk, edge="confirm_ranking")
    last = steps.order_by("id").last()
    if last is None or last.actor_id is None:
        return None
    judged = Entry.objects.judged().filter(panel=panel).count()
    sees_all = reader is None or len(open_entries(reader)) == judged
    return Confirmed(
        words=str(Ranking(panel.ranking).label),
        reason=last.reason if sees_all else "",
        by=User.objects.filter(pk=last.actor_id).values_list("name", flat=True).first() or "–",
        at=last.at,
    )
