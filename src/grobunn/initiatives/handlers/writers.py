"""Writers of ideas hear each step of the work that came of them. Safe to run twice."""

from django_scopes import scope

from grobunn.initiatives.events import (
    InitiativeInOperation,
    InitiativeLearned,
    InitiativeMoved,
    InitiativeStepped,
    OwnerChanged,
)
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.notices.writers import tell_writers
from grobunn.initiatives.telling import is_told
from grobunn.kernel.events import subscribe
from grobunn.kernel.models import StateChange


@subscribe(InitiativeMoved, OwnerChanged, InitiativeInOperation, InitiativeLearned)
def tell_writers_of_step(event: InitiativeStepped) -> None:
    """The writers of every idea behind it hear what happened, in a sentence."""
    if not is_told(event.edge):
        return
    with scope(municipality=event.municipality_id):
        initiative = Initiative.objects.filter(pk=event.initiative_id).first()
        if initiative is not None:
            tell_writers(initiative, StateChange.objects.get(pk=event.change_id))
