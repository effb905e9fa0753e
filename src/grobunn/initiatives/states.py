"""The life of an initiative: states and the one table of what leads from one to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.initiatives import guards
from grobunn.initiatives.events import (
    DecisionAsked,
    InitiativeInOperation,
    InitiativeLearned,
    InitiativeMoved,
    OwnerChanged,
    of_step,
)
from grobunn.kernel import statemachine
from grobunn.kernel.statemachine import Edge, Machine


class InitiativeState(models.TextChoices):
    """Where an initiative is."""

    UNDERWAY = "underway", _("Under way")
    PAUSED = "paused", _("On hold")
    OPERATING = "operating", pgettext_lazy("initiative", "In operation")
    LEARNED = "learned", _("Finished, with what we learned")


S = InitiativeState

# Somebody must own it: work is done, or waits to go on.
UNFINISHED = frozenset({S.UNDERWAY, S.PAUSED})
FINISHED = frozenset({S.OPERATING, S.LEARNED})

MACHINE = statemachine.register(
    Machine(
        name="initiatives",
        model_label="initiatives.Initiative",
        states=InitiativeState,
        initial=S.UNDERWAY,
        edges=(
            Edge(
                name="ask_decision",
                label=_("Ask for the decision"),
                sources=frozenset({S.UNDERWAY}),
                target=None,
                permission="initiatives.help",
                guards=(guards.gate_is_ready,),
                event=of_step(DecisionAsked),
            ),
            Edge(
                name="pass_gate",
                label=_("Decide: go on"),
                sources=frozenset({S.UNDERWAY}),
                target=None,
                permission="initiatives.decide",
                is_reason_required=True,
                guards=(guards.gate_is_ready,),
                event=of_step(InitiativeMoved),
            ),
            Edge(
                name="send_back",
                label=_("Decide: not yet"),
                sources=frozenset({S.UNDERWAY}),
                target=None,
                permission="initiatives.decide",
                needs=("gate",),
                is_reason_required=True,
                event=of_step(InitiativeMoved),
            ),
            Edge(
                name="change_phase",
                label=_("Go to another phase"),
                sources=frozenset({S.UNDERWAY}),
                target=None,
                permission="initiatives.work",
                needs=("phase",),
                event=of_step(InitiativeMoved),
            ),
            Edge(
                name="switch_method",
                label=_("Work by another method"),
                sources=UNFINISHED,
                target=None,
                permission="initiatives.work",
                needs=("method", "phase"),
                is_reason_required=True,
            ),
            Edge(
                name="replan",
                label=_("Plan anew"),
                sources=frozenset({S.UNDERWAY}),
                target=None,
                permission="initiatives.plan",
                needs=("lines",),
                event=of_step(InitiativeMoved),
            ),
            Edge(
                name="change_owner",
                label=_("Give it another owner"),
                sources=UNFINISHED,
                target=None,
                permission="initiatives.give",
                needs=("owner",),
                event=of_step(OwnerChanged),
            ),
            Edge(
                name="accept_owner",
                label=_("Yes, I take it over"),
                sources=UNFINISHED,
                target=None,
                permission="initiatives.accept",
            ),
            Edge(
                name="lose_owner",
                label=_("The owner is gone"),
                sources=UNFINISHED,
                target=None,
                permission="initiatives.system",
                needs=("owner",),
                event=of_step(OwnerChanged),
                is_offered=False,
            ),
            Edge(
                name="pause",
                label=_("Put on hold"),
                sources=UNFINISHED,
                target=S.PAUSED,
                permission="initiatives.plan",
                needs=("until",),
                is_reason_required=True,
                guards=(guards.date_lies_ahead,),
                event=of_step(InitiativeMoved),
            ),
            Edge(
                name="resume",
                label=_("Go on"),
                sources=frozenset({S.PAUSED}),
                target=S.UNDERWAY,
                permission="initiatives.plan",
                needs=("lines",),
                event=of_step(InitiativeMoved),
            ),
            Edge(
                name="put_in_operation",
                label=_("It is in operation"),
                sources=frozenset({S.UNDERWAY}),
                target=S.OPERATING,
                permission="initiatives.decide",
                needs=("runs_role", "runs_unit", "since"),
                guards=(guards.date_has_come,),
                event=of_step(InitiativeInOperation),
            ),
            Edge(
                name="finish_learned",
                label=_("Stop, and say what we learned"),
                sources=frozenset({S.UNDERWAY, S.PAUSED, S.OPERATING}),
                target=S.LEARNED,
                permission="initiatives.decide",
                needs=("tried", "learned"),
                event=of_step(InitiativeLearned),
            ),
            Edge(
                name="reopen",
                label=pgettext_lazy("initiative", "Open again"),
                sources=FINISHED,
                target=S.PAUSED,
                permission="initiatives.reopen",
                needs=("owner",),
                is_reason_required=True,
                event=of_step(InitiativeMoved),
            ),
        ),
    )
)

# The steps that are decisions: the log of decisions shows these, and the beginning.
DECISIONS = frozenset(
    {
        "create",
        "pass_gate",
        "send_back",
        "switch_method",
        "replan",
        "change_owner",
        "pause",
        "resume",
        "put_in_operation",
        "finish_learned",
        "reopen",
    }
)

MESSAGES = statemachine.Messages(
    not_possible_now=_("That is not possible for the initiative as it is now. Look at its page for what has happened."),
    somebody_was_first=_(
        "Somebody else did something with this initiative just before you. Look at its page, then try again."
    ),
    input_missing=_("Something is missing. Fill in what is marked and send again."),
)
