"""The life of a story: states and the one table of what leads from one to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from grobunn.kernel import statemachine
from grobunn.kernel.statemachine import Edge, Machine
from grobunn.stories import guards
from grobunn.stories.events import StoryHandedIn, StoryPublished, StorySentBack, StoryWithdrawn, of_step


class StoryState(models.TextChoices):
    """Where a story is."""

    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Goes out later")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Taken down")


S = StoryState

UNDO_MINUTES = 10

MACHINE = statemachine.register(
    Machine(
        name="stories",
        model_label="stories.Story",
        states=StoryState,
        initial=S.DRAFT,
        edges=(
            Edge(
                name="publish",
                label=_("Publish now"),
                sources=frozenset({S.DRAFT, S.SCHEDULED, S.WITHDRAWN}),
                target=S.PUBLISHED,
                permission="stories.publish",
                guards=(guards.is_whole,),
                event=of_step(StoryPublished),
                undo_minutes=UNDO_MINUTES,
            ),
            Edge(
                name="schedule",
                label=_("Publish later"),
                sources=frozenset({S.DRAFT}),
                target=S.SCHEDULED,
                permission="stories.publish",
                needs=("publish_at",),
                guards=(guards.is_whole, guards.moment_lies_ahead),
                undo_minutes=UNDO_MINUTES,
            ),
            Edge(
                name="unschedule",
                label=_("Back to draft"),
                sources=frozenset({S.SCHEDULED}),
                target=S.DRAFT,
                permission="stories.publish",
            ),
            Edge(
                name="go_out",
                label=_("The time has come"),
                sources=frozenset({S.SCHEDULED}),
                target=S.PUBLISHED,
                permission="stories.go_out",
                guards=(guards.moment_has_come, guards.is_whole),
                event=of_step(StoryPublished),
                is_offered=False,
            ),
            Edge(
                name="hand_in",
                label=_("Hand in to the editor"),
                sources=frozenset({S.DRAFT}),
                target=None,
                permission="stories.hand_in",
                guards=(guards.is_whole,),
                event=of_step(StoryHandedIn),
            ),
            Edge(
                name="send_back",
                label=_("Send back to the author"),
                sources=frozenset({S.DRAFT}),
                target=None,
                permission="stories.publish",
                is_reason_required=True,
                guards=(guards.is_handed_in,),
                event=of_step(StorySentBack),
            ),
            Edge(
                name="withdraw",
                label=_("Take down"),
                sources=frozenset({S.PUBLISHED}),
                target=S.WITHDRAWN,
                permission="stories.withdraw",
                is_reason_required=True,
                event=of_step(StoryWithdrawn),
                undo_minutes=UNDO_MINUTES,
            ),
        ),
    )
)

MESSAGES = statemachine.Messages(
    not_possible_now=_("That is not possible for the story as it is now. Look at it once more."),
    somebody_was_first=_("Somebody else changed this story just before you. Look at it once more, then try again."),
    input_missing=_("Something is missing. Fill in what is marked and send again."),
)
