"""The life of a pitch day, and of a team's slot in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.kernel import statemachine
from grobunn.kernel.statemachine import Edge, Machine
from grobunn.pitching.events import DayStepped, SlotStepped, of_day, of_slot


class DayState(models.TextChoices):
    """Where a pitch day is."""

    PLANNED = "planned", pgettext_lazy("pitch day", "Planned")
    RUNNING = "running", pgettext_lazy("pitch day", "Under way")
    ENDED = "ended", pgettext_lazy("pitch day", "Ended")
    CANCELLED = "cancelled", pgettext_lazy("pitch day", "Cancelled")


class SlotState(models.TextChoices):
    """Where a team's slot is."""

    WAITING = "waiting", pgettext_lazy("slot", "Comes later")
    PITCHING = "pitching", _("Pitches now")
    QUESTIONS = "questions", _("Questions now")
    DONE = "done", pgettext_lazy("slot", "Has pitched")
    SKIPPED = "skipped", pgettext_lazy("slot", "Did not pitch")


D = DayState
S = SlotState

ON_STAGE = frozenset({S.PITCHING, S.QUESTIONS})

DAY_MACHINE = statemachine.register(
    Machine(
        name="pitching.days",
        model_label="pitching.PitchDay",
        states=DayState,
        initial=D.PLANNED,
        edges=(
            Edge(
                name="begin",
                label=_("Begin the day"),
                sources=frozenset({D.PLANNED}),
                target=D.RUNNING,
                permission="pitching.run",
                event=of_day(DayStepped),
            ),
            Edge(
                name="end",
                label=_("End the day"),
                sources=frozenset({D.RUNNING}),
                target=D.ENDED,
                permission="pitching.run",
                event=of_day(DayStepped),
            ),
            Edge(
                name="reopen",
                label=pgettext_lazy("pitch day", "Open again"),
                sources=frozenset({D.ENDED}),
                target=D.RUNNING,
                permission="pitching.run",
                is_reason_required=True,
                event=of_day(DayStepped),
            ),
            Edge(
                name="cancel",
                label=_("Cancel the day"),
                sources=frozenset({D.PLANNED, D.RUNNING}),
                target=D.CANCELLED,
                permission="pitching.run",
                is_reason_required=True,
                event=of_day(DayStepped),
            ),
        ),
    )
)

SLOT_MACHINE = statemachine.register(
    Machine(
        name="pitching.slots",
        model_label="pitching.Slot",
        states=SlotState,
        initial=S.WAITING,
        edges=(
            Edge(
                name="call",
                label=_("On stage"),
                sources=frozenset({S.WAITING, S.QUESTIONS, S.DONE, S.SKIPPED}),
                target=S.PITCHING,
                permission="pitching.run",
                event=of_slot(SlotStepped),
            ),
            Edge(
                name="ask",
                label=_("Questions"),
                sources=frozenset({S.PITCHING, S.DONE}),
                target=S.QUESTIONS,
                permission="pitching.run",
                event=of_slot(SlotStepped),
            ),
            Edge(
                name="finish",
                label=_("Thank you"),
                sources=ON_STAGE,
                target=S.DONE,
                permission="pitching.run",
                event=of_slot(SlotStepped),
            ),
            Edge(
                name="put_back",
                label=pgettext_lazy("slot", "Not yet"),
                sources=ON_STAGE,
                target=S.WAITING,
                permission="pitching.run",
                event=of_slot(SlotStepped),
            ),
            Edge(
                name="skip",
                label=_("Does not pitch"),
                sources=frozenset({S.WAITING, S.PITCHING}),
                target=S.SKIPPED,
                permission="pitching.run",
                event=of_slot(SlotStepped),
            ),
        ),
    )
)

DAY_MESSAGES = statemachine.Messages(
    not_possible_now=_("That is not possible for the pitch day as it is now. Look at its page for what has happened."),
    somebody_was_first=_("Somebody else moved the day on just before you. Look at its page, then try again."),
    input_missing=_("Something is missing. Fill in what is marked and send again."),
)
SLOT_MESSAGES = statemachine.Messages(
    not_possible_now=_("That is not possible for this pitch as it is now. Look at the page for what has happened."),
    somebody_was_first=_("Somebody else moved the pitch on just before you. Look at the page, then try again."),
    input_missing=_("Something is missing. Fill in what is marked and send again."),
)
