"""The pitch days that concern one person: those that come, or are under way, on whose panel or team they are."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.juries.models import Member
from grobunn.pitching.addresses import day_page
from grobunn.pitching.models import PitchDay, Slot
from grobunn.pitching.queries.days import to_come
from grobunn.pitching.states import SlotState
from grobunn.programmes.models import TeamMember
from grobunn.programmes.queries.people import GONE

SHOWN = 5


@dataclass(frozen=True)
class PitchTask:
    """A day, and what one person does there. Takes: judges, else their team pitches."""

    day: PitchDay
    judges: bool
    url: str


def pitch_days_of(user: User) -> list[PitchTask]:
    """The days that somebody judges or pitches on, in every municipality, the first to come first. One SQL."""
    with scopes_disabled():
        seats = Member.objects.present().filter(panel=OuterRef("panel"), user=user)
        teams = TeamMember.objects.filter(enrolment__user=user).exclude(enrolment__state__in=GONE).values("team")
        places = Slot.objects.filter(day=OuterRef("pk"), team__in=teams).exclude(state=SlotState.SKIPPED)
        days = PitchDay.objects.annotate(judges=Exists(seats), pitches=Exists(places)).filter(to_come())
        seen = days.filter(Q(judges=True) | Q(pitches=True)).select_related("municipality")
        found = list(seen.order_by("on", "starts", "id")[:SHOWN])
    return [PitchTask(day=day, judges=day.judges, url=day_page(day)) for day in found]
