"""Taking a step back, for ten minutes."""

from django.db import transaction

from grobunn.kernel import statemachine
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.search.services import index
from grobunn.stories.models import Story
from grobunn.stories.states import MACHINE, MESSAGES


def undo(story: Story, *, change: StateChange, actor: Actor) -> StateChange:
    """Take the last step back. The newsletter goes on Mondays to those who confirmed: what went, went.

    Raises:  as `statemachine.undo`.
    Effects: row, history, audit, search index.
    """
    with transaction.atomic():
        undone = statemachine.undo(MACHINE, story, change, actor=actor, messages=MESSAGES)
        index("story", story.pk)
    return undone
