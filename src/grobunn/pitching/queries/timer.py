"""The time that is left of a pitch or of its questions, told by the server."""

from dataclasses import dataclass

from grobunn.kernel import clock
from grobunn.pitching.models import PitchDay, Slot
from grobunn.pitching.states import ON_STAGE, SlotState


@dataclass(frozen=True)
class Timer:
    """Takes: left, in seconds, below 0 when it is over; is_running, whether it counts down now."""

    left: int
    total: int
    is_running: bool

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return self.left < 0

    @property
    def shown(self) -> str:
        """Minutes and seconds, with a minus sign when the time is up."""
        minutes, seconds = divmod(abs(self.left), 60)
        return f"{'−' if self.is_over else ''}{minutes}:{seconds:02}"


def timer_of(day: PitchDay, slot: Slot | None) -> Timer | None:
    """How much time whoever is on stage has left; None where nobody is."""
    if slot is None or slot.state not in ON_STAGE or slot.began_at is None:
        return None
    minutes = day.pitch_minutes if slot.state == SlotState.PITCHING else day.question_minutes
    until = slot.paused_at or clock.now()
    used = int((until - slot.began_at).total_seconds()) - slot.paused_seconds
    return Timer(left=minutes * 60 - used, total=minutes * 60, is_running=slot.paused_at is None)
