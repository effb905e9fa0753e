"""The steps of a story: one door for each edge of the table."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django_scopes import scope, scopes_disabled

from grobunn.kernel import clock, statemachine
from grobunn.kernel.actors import SYSTEM, Actor
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import NotPossibleNow, SomebodyWasFirst, TransitionRefused
from grobunn.stories import slugs
from grobunn.stories.models import Story
from grobunn.stories.states import MACHINE, MESSAGES, StoryState

# Two stories of one title that go out at the same moment: the second takes the next address.
_TRIES = 5


def publish(story: Story, *, actor: Actor) -> StateChange:
    """Let everybody read it, under an address of its own.

    Raises:  NotWhole; what `statemachine.perform` raises.
    Effects: row, history, audit, event StoryPublished.
    """
    return _go_out(story, "publish", actor=actor)


def schedule(story: Story, *, publish_at: datetime | None, actor: Actor) -> StateChange:
    """Let it go out at a moment that lies ahead.

    Raises:  NotWhole, MomentHasPassed; what `statemachine.perform` raises.
    Effects: row, history, audit.
    """
    inputs = {"publish_at": publish_at}
    data = {"publish_at": publish_at.isoformat()} if publish_at else {}
    return _perform(story, "schedule", actor=actor, inputs=inputs, changes=inputs, data=data)


def unschedule(story: Story, *, actor: Actor) -> StateChange:
    """Make it a draft again. Effects: row, history, audit."""
    return _perform(story, "unschedule", actor=actor, changes={"publish_at": None})


def hand_in(story: Story, *, actor: Actor) -> StateChange:
    """Tell the editors that it is ready. Effects: row, history, audit, event StoryHandedIn."""
    return _perform(story, "hand_in", actor=actor, changes={"handed_in_at": clock.now()})


def send_back(story: Story, *, reason: str, actor: Actor) -> StateChange:
    """Ask the authors to change something first. Effects: row, history, audit, event StorySentBack."""
    return _perform(story, "send_back", actor=actor, reason=reason, changes={"handed_in_at": None})


def withdraw(story: Story, *, reason: str, actor: Actor) -> StateChange:
    """Take it down. Effects: row, history, audit, event StoryWithdrawn."""
    return _perform(story, "withdraw", actor=actor, reason=reason)


STEPS: Mapping[str, Callable[..., StateChange]] = {
    "publish": publish,
    "schedule": schedule,
    "unschedule": unschedule,
    "hand_in": hand_in,
    "send_back": send_back,
    "withdraw": withdraw,
}


def move_story(story: Story, name: str, *, actor: Actor, version: int | None = None, **arguments: Any) -> StateChange:
    """Do one step by its name.

    Takes:   version that the actor looked at, if known: a story that changed since is not touched.
    Raises:  NotPossibleNow for an unknown name; SomebodyWasFirst; what the step itself raises.
    Effects: the step's own.
    """
    step = STEPS.get(name)
    if step is None:
        raise NotPossibleNow(MESSAGES.not_possible_now)
    if version is not None and version != story.version:
        raise SomebodyWasFirst(MESSAGES.somebody_was_first)
    return step(story, actor=actor, **arguments)


def publish_due() -> int:
    """Let go out whatever has its moment behind it; safe to run twice, and beside itself.

    Returns: how many went out now.
    """
    with scopes_disabled():
        due = Story.objects.filter(state=StoryState.SCHEDULED, publish_at__lte=clock.now())
        stories = list(due.select_related("municipality").order_by("publish_at", "id"))
    return sum(_gone_out(story) for story in stories)


def _gone_out(story: Story) -> bool:
    with scope(municipality=story.municipality_id):
        try:
            _go_out(story, "go_out", actor=SYSTEM)
        except TransitionRefused:  # Somebody published it, moved it or took it back meanwhile.
            return False
    return True


def _go_out(story: Story, edge_name: str, *, actor: Actor) -> StateChange:
    """Publish under the story's own address, made now if it has none.

    The first time stands: a story that was taken down and comes again is no news.
    """
    for _attempt in range(_TRIES):
        changes = {"slug": story.slug or _free_slug(story), "published_at": story.published_at or clock.now()}
        try:
            with transaction.atomic():
                return _perform(story, edge_name, actor=actor, changes=changes)
        except IntegrityError:
            continue
    raise SomebodyWasFirst(MESSAGES.somebody_was_first)


def _free_slug(story: Story) -> str:
    wanted = slugs.slug_of(story.title, taken=())
    taken = Story.objects.filter(municipality_id=story.municipality_id, slug__startswith=wanted)
    return slugs.slug_of(story.title, taken=set(taken.values_list("slug", flat=True)))


def _perform(story: Story, edge_name: str, *, actor: Actor, **given: Any) -> StateChange:
    return statemachine.perform(MACHINE, story, edge_name, actor=actor, messages=MESSAGES, **given)
