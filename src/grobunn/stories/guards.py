"""What an edge asks of a story and of what was given, beyond who may and from where."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from grobunn.kernel import clock
from grobunn.kernel.statemachine import TransitionRefused

if TYPE_CHECKING:
    from grobunn.stories.models import Story


class NotWhole(TransitionRefused):
    """The lead or the text is missing."""


class MomentHasPassed(TransitionRefused):
    """Scheduled for a moment that is not ahead."""


class NotYet(TransitionRefused):
    """Asked to go out before its moment."""


class NotHandedIn(TransitionRefused):
    """Sent back, although nobody has handed it in."""


def is_whole(story: "Story", given: Mapping[str, Any]) -> None:
    """There is something to read, and something for lists and mails to show."""
    if not story.lead.strip() or not story.text.strip():
        raise NotWhole(_("The story needs a lead and a text first. The lead is what lists and mails show."))


def moment_lies_ahead(story: "Story", given: Mapping[str, Any]) -> None:
    """A story that goes out later goes out after now."""
    publish_at: datetime = given["publish_at"]
    if publish_at <= clock.now():
        raise MomentHasPassed(_("Choose a time that lies ahead, or publish now."))


def moment_has_come(story: "Story", given: Mapping[str, Any]) -> None:
    """The minute that it was scheduled for is here."""
    if story.publish_at is None or story.publish_at > clock.now():
        raise NotYet(_("The time of the story has not come."))


def is_handed_in(story: "Story", given: Mapping[str, Any]) -> None:
    """An author waits for the editor's word."""
    if story.handed_in_at is None:
        raise NotHandedIn(_("The story has not been handed in: its author is still writing."))
