"""The life of a panel: states and the one table of what leads from one to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.juries import guards
from grobunn.juries.events import PanelStepped, ScoresReleased, of_step
from grobunn.kernel import statemachine
from grobunn.kernel.statemachine import Edge, Machine


class PanelState(models.TextChoices):
    """Where a panel is."""

    PREPARING = "preparing", pgettext_lazy("panel", "Being prepared")
    DECLARING = "declaring", _("Impartiality is declared")
    SCORING = "scoring", _("Scores are given")
    DISCUSSING = "discussing", _("Scores are released, and discussed")
    DECIDED = "decided", pgettext_lazy("panel", "Decided")
    CLOSED = "closed", pgettext_lazy("panel", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("panel", "Cancelled")


class PanelPart(models.TextChoices):
    """What somebody is on a panel."""

    CHAIR = "chair", _("Chair")
    MEMBER = "member", pgettext_lazy("panel", "Member")
    SECRETARY = "secretary", _("Secretary")
    SUBSTITUTE = "substitute", _("Substitute")


class Ranking(models.TextChoices):
    """Which order counts; the chair says which, and why."""

    RAW = "raw", _("The mean as given")
    ADJUSTED = "adjusted", _("Adjusted for how strict each one is")
    PAIRWISE = "pairwise", _("From comparisons, two at a time")

    @classmethod
    def offered(cls, *, is_pairwise: bool) -> list["Ranking"]:
        """The orders that can be computed on a panel: of figures, or of comparisons."""
        return [cls.PAIRWISE] if is_pairwise else [cls.RAW, cls.ADJUSTED]


class Peek(models.TextChoices):
    """When somebody sees the scores of others."""

    OWN_IN = "own_in", _("When one's own for the entry are in")
    RELEASE = "release", _("When the chair releases all at once")


S = PanelState

# Members may open what they are impartial for; nobody may change who is behind an entry.
OPEN = frozenset({S.DECLARING, S.SCORING, S.DISCUSSING})
UNFINISHED = frozenset({S.PREPARING, *OPEN, S.DECIDED})
FINISHED = frozenset({S.CLOSED, S.CANCELLED})
# Everyone on the panel sees everyone's scores.
RELEASED = frozenset({S.DISCUSSING, S.DECIDED, S.CLOSED})

MACHINE = statemachine.register(
    Machine(
        name="juries",
        model_label="juries.Panel",
        states=PanelState,
        initial=S.PREPARING,
        edges=(
            Edge(
                name="open_declarations",
                label=_("Ask everyone to declare their impartiality"),
                sources=frozenset({S.PREPARING}),
                target=S.DECLARING,
                permission="juries.run",
                guards=(guards.is_composed,),
                event=of_step(PanelStepped),
            ),
            Edge(
                name="prepare_again",
                label=_("Back to preparing"),
                sources=frozenset({S.DECLARING}),
                target=S.PREPARING,
                permission="juries.run",
                is_reason_required=True,
                event=of_step(PanelStepped),
            ),
            Edge(
                name="open_scoring",
                label=_("Open for scores"),
                sources=frozenset({S.DECLARING}),
                target=S.SCORING,
                permission="juries.run",
                guards=(guards.can_be_judged,),
                event=of_step(PanelStepped),
            ),
            Edge(
                name="release",
                label=_("Release the scores"),
                sources=frozenset({S.SCORING}),
                target=S.DISCUSSING,
                permission="juries.chair",
                event=of_step(ScoresReleased),
            ),
            Edge(
                name="reopen_scoring",
                label=_("Open for scores again"),
                sources=frozenset({S.DISCUSSING}),
                target=S.SCORING,
                permission="juries.chair",
                is_reason_required=True,
                event=of_step(PanelStepped),
            ),
            Edge(
                name="confirm_ranking",
                label=_("Confirm which order counts"),
                sources=frozenset({S.DISCUSSING}),
                target=None,
                permission="juries.chair",
                needs=("ranking",),
                is_reason_required=True,
                guards=(guards.can_be_ranked_so,),
                event=of_step(PanelStepped),
            ),
            Edge(
                name="sign",
                label=_("Sign the decision"),
                sources=frozenset({S.DISCUSSING}),
                target=S.DECIDED,
                permission="juries.chair",
                guards=(guards.is_decided,),
                event=of_step(PanelStepped),
            ),
            Edge(
                name="reopen_decision",
                label=_("Open the decision again"),
                sources=frozenset({S.DECIDED}),
                target=S.DISCUSSING,
                permission="juries.chair",
                is_reason_required=True,
                event=of_step(PanelStepped),
            ),
            Edge(
                name="close",
                label=_("Close the panel"),
                sources=frozenset({S.DECIDED}),
                target=S.CLOSED,
                permission="juries.run",
                guards=(guards.has_given_feedback,),
                event=of_step(PanelStepped),
            ),
            Edge(
                name="cancel",
                label=_("Cancel the panel"),
                sources=UNFINISHED,
                target=S.CANCELLED,
                permission="juries.run",
                is_reason_required=True,
                event=of_step(PanelStepped),
            ),
        ),
    )
)

MESSAGES = statemachine.Messages(
    not_possible_now=_("That is not possible for the panel as it is now. Look at its page for what has happened."),
    somebody_was_first=_(
        "Somebody else did something with this panel just before you. Look at its page, then try again."
    ),
    input_missing=_("Something is missing. Fill in what is marked and send again."),
)
