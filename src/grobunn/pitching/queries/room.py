"""What everybody in the room may see of a day now, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from django_scopes import scope

from grobunn.pitching.models import PitchDay, Question, QuestionState, Slot
from grobunn.pitching.queries.days import next_of, on_stage, slots_of
from grobunn.pitching.queries.timer import Timer, timer_of
from grobunn.pitching.states import ON_STAGE, DayState, SlotState


@dataclass(frozen=True)
class Room:
    """Takes: present, who is on stage; asked, the questions chosen for who is on stage."""

    day: PitchDay
    slots: list[Slot]
    present: Slot | None
    next: Slot | None
    timer: Timer | None
    asked: list[Question]

    @property
    def is_running(self) -> bool:
        """Whether the day is under way."""
        return self.day.state == DayState.RUNNING

    @property
    def pitched(self) -> int:
        """How many have been on stage."""
        return sum(slot.state in (SlotState.DONE, SlotState.SKIPPED) for slot in self.slots)

    @property
    def latest(self) -> Slot | None:
        """Who may be asked: whoever is on stage, else who was there last."""
        done = [slot for slot in self.slots if slot.state == SlotState.DONE]
        return self.present or max(done, key=lambda slot: slot.state_since, default=None)


def room_of(day: PitchDay) -> Room:
    """What the room sees. Two SQL at the most."""
    slots = slots_of(day)
    present = on_stage(slots)
    asked: list[Question] = []
    if present is not None and present.state in ON_STAGE:
        asked = questions_of([present], states=[QuestionState.CHOSEN])
    return Room(day=day, slots=slots, present=present, next=next_of(slots), timer=timer_of(day, present), asked=asked)


def questions_of(slots: Sequence[Slot], *, states: Sequence[str]) -> list[Question]:
    """Questions from the room to some teams, in the order in which they were asked."""
    if not slots:
        return []
    by_id = {slot.pk: slot for slot in slots}
    with scope(municipality=slots[0].municipality_id):
        found = list(Question.objects.filter(slot__in=by_id, state__in=states).order_by("asked_at", "id"))
    for question in found:
        question.slot = by_id[question.slot_id]
    return found
