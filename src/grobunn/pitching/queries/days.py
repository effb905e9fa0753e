"""Pitch days, and the order of a day."""

from django.db.models import Q, QuerySet
from django_scopes import scope

from grobunn.kernel import clock
from grobunn.organisations.models import Municipality
from grobunn.pitching.models import PitchDay, Slot
from grobunn.pitching.states import ON_STAGE, DayState, SlotState

_NEXT = 5


def days_of(municipality: Municipality) -> QuerySet[PitchDay]:
    """The pitch days of a municipality, the newest first."""
    return PitchDay.objects.filter(municipality=municipality).select_related("cohort__programme").order_by("-on", "-id")


def days_to_come(municipality: Municipality) -> list[PitchDay]:
    """The days that are under way or come next, the first to come first; not many."""
    return list(days_of(municipality).filter(to_come()).order_by("on", "starts", "id")[:_NEXT])


def to_come() -> Q:
    """Days that are under way, or planned for today or later."""
    return Q(state=DayState.RUNNING) | Q(state=DayState.PLANNED, on__gte=clock.today())


def has_days(municipality: Municipality) -> bool:
    """Whether there is a pitch day, whenever."""
    return PitchDay.objects.filter(municipality=municipality).exists()


def day_by_slug(municipality: Municipality, slug: str) -> PitchDay | None:
    """One day, with what its pages ask for."""
    found = PitchDay.objects.filter(municipality=municipality, slug=slug)
    return found.select_related("municipality", "cohort__programme", "panel__municipality").first()


def slots_of(day: PitchDay) -> list[Slot]:
    """The order of the day. One SQL."""
    with scope(municipality=day.municipality_id):
        slots = list(Slot.objects.filter(day=day).select_related("team__idea", "entry").order_by("position"))
    for slot in slots:
        slot.day = day
    return slots


def slot_of_team(day: PitchDay, team_slug: str) -> Slot | None:
    """A team's slot, by the address of the team."""
    with scope(municipality=day.municipality_id):
        found = Slot.objects.filter(day=day, team__slug=team_slug)
        slot = found.select_related("team__idea", "team__unit", "team__coach", "entry__panel").first()
    if slot is not None:
        slot.day = day
    return slot


def on_stage(slots: list[Slot]) -> Slot | None:
    """Who pitches or is asked now."""
    return next((slot for slot in slots if slot.state in ON_STAGE), None)


def next_of(slots: list[Slot]) -> Slot | None:
    """Who comes next."""
    return next((slot for slot in slots if slot.state == SlotState.WAITING), None)
