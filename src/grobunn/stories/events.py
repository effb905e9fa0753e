"""What stories tell, after commit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from grobunn.kernel import events

if TYPE_CHECKING:
    from grobunn.kernel.models import StateChange
    from grobunn.stories.models import Story


@dataclass(frozen=True, kw_only=True)
class StoryMoved(events.Event):
    """What every step of a story carries; `edge` is the step's name in the table of states."""

    story_id: UUID
    municipality_id: UUID
    change_id: UUID
    edge: str


@events.register
class StoryHandedIn(StoryMoved):
    """An author thinks that it is ready; the editors are told."""

    name: ClassVar[str] = "stories.handed_in"


@events.register
class StorySentBack(StoryMoved):
    """An editor wants something changed first; the authors are told."""

    name: ClassVar[str] = "stories.sent_back"


@events.register
class StoryPublished(StoryMoved):
    """Everybody can read it."""

    name: ClassVar[str] = "stories.published"


@events.register
class StoryWithdrawn(StoryMoved):
    """It is taken down: authors and editors alone can read it."""

    name: ClassVar[str] = "stories.withdrawn"


@events.register
@dataclass(frozen=True, kw_only=True)
class AuthorNamed(events.Event):
    """Somebody was named as an author by another, and is asked whether they want to be shown."""

    name: ClassVar[str] = "stories.author_named"
    story_id: UUID
    municipality_id: UUID
    user_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class SubscriptionAsked(events.Event):
    """Somebody asked for the newsletter; the address is not confirmed."""

    name: ClassVar[str] = "stories.subscription_asked"
    subscription_id: UUID
    municipality_id: UUID


def of_step(event_type: type[StoryMoved]) -> Callable[["Story", "StateChange"], StoryMoved]:
    """Makes the event of a step, for the table of states."""

    def made(story: "Story", change: "StateChange") -> StoryMoved:
        return event_type(
            story_id=story.pk, municipality_id=story.municipality_id, change_id=change.pk, edge=change.edge
        )

    return made
