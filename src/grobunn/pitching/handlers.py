"""What follows when a pitch day is moved: those who judge and those who pitch are told."""

from django.db import transaction
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.juries.models import Member
from grobunn.juries.states import PanelState
from grobunn.kernel.events import subscribe
from grobunn.notifications.addresses import ContactPoint
from grobunn.pitching.events import DayMoved
from grobunn.pitching.models import PitchDay, Slot
from grobunn.pitching.notices import tell_of_move
from grobunn.pitching.states import DayState, SlotState
from grobunn.programmes.models import TeamMember
from grobunn.programmes.notices import reached
from grobunn.programmes.states import EnrolmentState

_STILL_TO_PITCH = (SlotState.WAITING, SlotState.PITCHING, SlotState.QUESTIONS)


@subscribe(DayMoved)
def tell_of_moved_day(event: DayMoved) -> None:
    """The panel, the teams that are to pitch and their coaches hear it, each once, but not whoever moved the day."""
    with scope(municipality=event.municipality_id), transaction.atomic():
        rows = PitchDay.objects.select_for_update(of=("self",)).select_related("municipality", "panel")
        day = rows.get(pk=event.day_id)
        if day.state not in (DayState.PLANNED, DayState.RUNNING):
            return
        for receiver in dict.fromkeys([*_panel(day), *_teams(day)]):
            if not isinstance(receiver, User) or receiver.pk != event.actor_id:
                tell_of_move(receiver, day, event)


def _panel(day: PitchDay) -> list[User]:
    if day.panel is None or day.panel.state == PanelState.CANCELLED:
        return []
    present = Member.objects.present().filter(panel=day.panel, user__is_active=True, user__is_service=False)
    return [member.user for member in present.select_related("user").order_by("pk") if member.user is not None]


def _teams(day: PitchDay) -> list[User | ContactPoint]:
    slots = Slot.objects.filter(day=day, state__in=_STILL_TO_PITCH, team__dissolved_at=None)
    teams = [slot.team for slot in slots.select_related("team__coach").order_by("position")]
    members = TeamMember.objects.filter(team__in=teams, enrolment__state=EnrolmentState.ENROLLED)
    found = members.select_related("enrolment__user", "enrolment__cohort__programme__municipality").order_by("pk")
    people = [reached(member.enrolment) for member in found]
    coaches = [team.coach for team in teams if team.coach is not None and team.coach.is_active]
    return [*(each for each in people if each is not None), *coaches]
