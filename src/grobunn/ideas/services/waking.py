"""Wakes parked ideas when what they wait for has come: features above call it with what they saw."""

from uuid import UUID

from django_scopes import scope, scopes_disabled

from grobunn.ideas.models import Idea
from grobunn.ideas.services.answer import wake
from grobunn.ideas.states import IdeaState
from grobunn.ideas.waking import WaitsFor
from grobunn.kernel.statemachine import SomebodyWasFirst


def wake_waiting(sort: WaitsFor, *, subject: str = "", idea_id: UUID | None = None, because: str = "") -> list[Idea]:
    """Take out every parked idea that waits for something that has come.

    Takes:   subject, what the condition must be about; idea_id, the one idea that it is about, if it is known;
             because, what was seen, in a few words that need no translation: a name, a quarter.
    Returns: those that were woken; told twice, an idea is woken once.
    Effects: as `answer.wake` for each.
    """
    with scopes_disabled():
        waiting = Idea.objects.filter(state=IdeaState.PARKED, waits_for=sort)
        waiting = waiting.filter(pk=idea_id) if idea_id is not None else waiting.filter(waits_subject=subject)
        ideas = list(waiting.select_related("municipality").order_by("parked_until", "id"))
    return [idea for idea in ideas if _woken(idea, because)]


def _woken(idea: Idea, because: str) -> bool:
    with scope(municipality=idea.municipality_id):
        try:
            wake(idea, because=because)
        except SomebodyWasFirst:
            return False  # It was taken up by hand a moment ago: nothing is left to do.
    return True
