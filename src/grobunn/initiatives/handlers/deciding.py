"""What follows when a decision is asked for."""

from django_scopes import scopes_disabled

from grobunn.initiatives.events import DecisionAsked
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.notices.deciding import tell_decider
from grobunn.kernel.events import subscribe
from grobunn.kernel.models import StateChange


@subscribe(DecisionAsked)
def ask_whoever_decides(event: DecisionAsked) -> None:
    """The decider gets a notice, with what was asked."""
    with scopes_disabled():
        related = ("municipality", "owner", "owner_unit")
        initiative = Initiative.objects.select_related(*related).get(pk=event.initiative_id)
        tell_decider(initiative, StateChange.objects.get(pk=event.change_id))
