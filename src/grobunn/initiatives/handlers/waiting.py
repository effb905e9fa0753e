"""What follows for ideas that wait for room: they are woken when there is some, and leave the queue when answered."""

from grobunn.capacity.events import RoomFound
from grobunn.capacity.services.queue import leave_queue
from grobunn.ideas.events import IdeaAnswered, IdeaWithdrawn
from grobunn.ideas.services.waking import wake_waiting
from grobunn.ideas.waking import WaitsFor
from grobunn.initiatives.claims import IDEA_SORT
from grobunn.kernel.events import subscribe
from grobunn.kernel.models import StateChange


@subscribe(RoomFound)
def wake_idea_with_room(event: RoomFound) -> None:
    """There is room for an idea that waited: it is taken out again, and holder and writer hear of it."""
    if event.claim_sort == IDEA_SORT:
        wake_waiting(WaitsFor.CAPACITY, idea_id=event.claim_id, because=event.quarter)


@subscribe(IdeaAnswered, IdeaWithdrawn)
def leave_queue_when_answered(event: IdeaAnswered | IdeaWithdrawn) -> None:
    """An idea that got another answer no longer waits for room; taken back meanwhile, it waits on."""
    change = StateChange.objects.get(pk=event.change_id)
    if change.data.get("waits_for") == WaitsFor.CAPACITY:
        return
    if not StateChange.objects.filter(subject_id=change.subject_id, edge="undo", id__gt=change.pk).exists():
        leave_queue(event.idea_id)
