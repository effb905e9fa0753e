"""The life of an idea: states and the one table of what leads from one to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from grobunn.ideas import guards
from grobunn.ideas.events import (
    IdeaAnswered,
    IdeaForwarded,
    IdeaQuestionAnswered,
    IdeaQuestionAsked,
    IdeaTakenUp,
    IdeaWithdrawn,
    IdeaWoken,
    of_step,
)
from grobunn.kernel import statemachine
from grobunn.kernel.statemachine import Edge, Machine


class IdeaState(models.TextChoices):
    """Where an idea is."""

    RECEIVED = "received", _("Received")
    ASSESSING = "assessing", _("Being assessed")
    ASKED = "asked", _("Waiting for the writer")
    PARKED = "parked", _("Parked")
    DECLINED = "declined", _("Answered no")
    SOLVED = "solved", _("Already solved")
    MERGED = "merged", _("Merged")
    STARTED = "started", _("Work has started")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = IdeaState

# The holder owes an answer; in ASKED the clock stands still.
AWAITING_ANSWER = frozenset({S.RECEIVED, S.ASSESSING})
OPEN = AWAITING_ANSWER | {S.ASKED}
# A public idea is readable outside the municipality when somebody there has looked at it.
PUBLISHED = frozenset({S.ASSESSING, S.ASKED, S.PARKED, S.DECLINED, S.SOLVED, S.STARTED})
# Somebody held it until it was answered; what was merged is answered with the idea that went on.
ANSWERED = frozenset({S.STARTED, S.PARKED, S.SOLVED, S.DECLINED})
_ANSWERABLE = OPEN | {S.PARKED}

UNDO_MINUTES = 10

MACHINE = statemachine.register(
    Machine(
        name="ideas",
        model_label="ideas.Idea",
        states=IdeaState,
        initial=S.RECEIVED,
        edges=(
            Edge(
                name="take_up",
                label=_("Take up for assessment"),
                sources=frozenset({S.RECEIVED, S.PARKED}),
                target=S.ASSESSING,
                permission="ideas.handle",
                event=of_step(IdeaTakenUp),
            ),
            Edge(
                name="ask",
                label=_("Ask the writer"),
                sources=AWAITING_ANSWER,
                target=S.ASKED,
                permission="ideas.handle",
                is_reason_required=True,
                guards=(guards.writer_can_be_asked,),
                event=of_step(IdeaQuestionAsked),
            ),
            Edge(
                name="reply",
                label=_("Answer the question"),
                sources=frozenset({S.ASKED}),
                target=S.ASSESSING,
                permission="ideas.reply",
                is_reason_required=True,
                event=of_step(IdeaQuestionAnswered),
            ),
            Edge(
                name="forward",
                label=_("Forward"),
                sources=AWAITING_ANSWER,
                target=S.RECEIVED,
                permission="ideas.handle",
                needs=("role",),
                event=of_step(IdeaForwarded),
            ),
            Edge(
                name="start",
                label=_("Start work"),
                sources=_ANSWERABLE,
                target=S.STARTED,
                permission="ideas.handle",
                is_reason_required=True,
                guards=(guards.somebody_carries_it,),
                event=of_step(IdeaAnswered),
                undo_minutes=UNDO_MINUTES,
            ),
            Edge(
                name="park",
                label=_("Park"),
                sources=OPEN,
                target=S.PARKED,
                permission="ideas.handle",
                needs=("until",),
                is_reason_required=True,
                guards=(guards.date_lies_ahead,),
                event=of_step(IdeaAnswered),
                undo_minutes=UNDO_MINUTES,
            ),
            Edge(
                name="solve",
                label=_("Already solved"),
                sources=_ANSWERABLE,
                target=S.SOLVED,
                permission="ideas.handle",
                needs=("solution",),
                is_reason_required=True,
                event=of_step(IdeaAnswered),
                undo_minutes=UNDO_MINUTES,
            ),
            Edge(
                name="merge",
                label=_("Merge"),
                sources=_ANSWERABLE,
                target=S.MERGED,
                permission="ideas.handle",
                needs=("into",),
                guards=(guards.merge_makes_sense,),
                event=of_step(IdeaAnswered),
                undo_minutes=UNDO_MINUTES,
            ),
            Edge(
                name="decline",
                label=_("Answer no"),
                sources=_ANSWERABLE,
                target=S.DECLINED,
                permission="ideas.handle",
                is_reason_required=True,
                event=of_step(IdeaAnswered),
                undo_minutes=UNDO_MINUTES,
            ),
            Edge(
                name="wake",
                label=_("Take up again"),
                sources=frozenset({S.PARKED}),
                target=S.RECEIVED,
                permission="ideas.wake",
                event=of_step(IdeaWoken),
                is_offered=False,
            ),
            Edge(
                name="reopen",
                label=_("Open again"),
                sources=frozenset({S.DECLINED, S.SOLVED, S.WITHDRAWN}),
                target=S.RECEIVED,
                permission="ideas.reopen",
                is_reason_required=True,
                event=of_step(IdeaWoken),
            ),
            Edge(
                name="withdraw",
                label=_("Withdraw"),
                sources=_ANSWERABLE,
                target=S.WITHDRAWN,
                permission="ideas.withdraw",
                event=of_step(IdeaWithdrawn),
            ),
        ),
    )
)

# The edges that keep the promise: the writer has an answer.
ANSWERS = frozenset({"start", "park", "solve", "merge", "decline"})

MESSAGES = statemachine.Messages(
    not_possible_now=_("That is not possible for the idea as it is now. Look at the thread for what has happened."),
    somebody_was_first=_(
        "Somebody else did something with this idea just before you. Look at the thread, then try again."
    ),
    input_missing=_("Something is missing. Fill in what is marked and send again."),
)
