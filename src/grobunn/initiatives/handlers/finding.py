"""Search shows initiatives as they are now."""

from grobunn.initiatives.events import (
    InitiativeInOperation,
    InitiativeLearned,
    InitiativeMoved,
    InitiativeStarted,
    InitiativeStepped,
    Reported,
)
from grobunn.kernel.events import subscribe
from grobunn.search.services import index


@subscribe(InitiativeStarted, InitiativeMoved, InitiativeInOperation, InitiativeLearned, Reported)
def update_search(event: InitiativeStarted | InitiativeStepped | Reported) -> None:
    """It is found by what it says now."""
    index("initiative", event.initiative_id)
