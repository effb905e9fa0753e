"""What ideas tell the floors above, after commit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from grobunn.kernel import events

if TYPE_CHECKING:
    from grobunn.ideas.models import Idea
    from grobunn.kernel.models import StateChange


@events.register
@dataclass(frozen=True, kw_only=True)
class IdeaSubmitted(events.Event):
    """An idea is in, has a holder and a promised date."""

    name: ClassVar[str] = "ideas.submitted"
    idea_id: UUID
    municipality_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdeaMoved(events.Event):
    """What every step of an idea carries; `edge` is the step's name in the table of states."""

    idea_id: UUID
    municipality_id: UUID
    change_id: UUID
    edge: str


@events.register
class IdeaTakenUp(IdeaMoved):
    """Somebody assesses it now."""

    name: ClassVar[str] = "ideas.taken_up"


@events.register
class IdeaQuestionAsked(IdeaMoved):
    """The holder asks the writer; the clock stands still."""

    name: ClassVar[str] = "ideas.question_asked"


@events.register
class IdeaQuestionAnswered(IdeaMoved):
    """The writer has answered; the clock runs again."""

    name: ClassVar[str] = "ideas.question_answered"


@events.register
class IdeaForwarded(IdeaMoved):
    """Another role holds it."""

    name: ClassVar[str] = "ideas.forwarded"


@events.register
class IdeaAnswered(IdeaMoved):
    """The writer has an answer: parked, no, already solved, merged or started."""

    name: ClassVar[str] = "ideas.answered"


@events.register
class IdeaWoken(IdeaMoved):
    """A parked or closed idea is taken up again, with a new date."""

    name: ClassVar[str] = "ideas.woken"


@events.register
class IdeaWithdrawn(IdeaMoved):
    """The writer took it back."""

    name: ClassVar[str] = "ideas.withdrawn"


@events.register
@dataclass(frozen=True, kw_only=True)
class DeadlineNeared(events.Event):
    """The holder is reminded of the promised date."""

    name: ClassVar[str] = "ideas.deadline_neared"
    idea_id: UUID
    municipality_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class DeadlineMissed(events.Event):
    """The promised date has passed: the writer is told."""

    name: ClassVar[str] = "ideas.deadline_missed"
    idea_id: UUID
    municipality_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class IdeaEscalated(events.Event):
    """The next leader is told of an unanswered idea."""

    name: ClassVar[str] = "ideas.escalated"
    idea_id: UUID
    municipality_id: UUID


def of_step(event_type: type[IdeaMoved]) -> Callable[["Idea", "StateChange"], IdeaMoved]:
    """Makes the event of a step, for the table of states."""

    def made(idea: "Idea", change: "StateChange") -> IdeaMoved:
        return event_type(idea_id=idea.pk, municipality_id=idea.municipality_id, change_id=change.pk, edge=change.edge)

    return made
