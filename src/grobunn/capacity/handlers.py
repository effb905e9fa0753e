"""What follows when there is more room, or somebody has said that there is more."""

from grobunn.capacity.events import CapacityFreed, CapacityRaised
from grobunn.capacity.notices import tell_of_raise
from grobunn.capacity.services.queue import call_waiting
from grobunn.kernel.events import subscribe


@subscribe(CapacityFreed)
def call_first_in_line(event: CapacityFreed) -> None:
    """Whoever waits and has room now is called."""
    call_waiting([event.source_id])


@subscribe(CapacityRaised)
def tell_leaders_of_raise(event: CapacityRaised) -> None:
    """The leader whose capacity it is, and the one above, hear that there is more, and why."""
    tell_of_raise(event.declared_id, about=event.id)
