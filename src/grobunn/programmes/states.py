"""The life of a cohort, and of somebody's place in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.kernel import statemachine
from grobunn.kernel.statemachine import Edge, Machine
from grobunn.programmes.events import CohortStepped, EnrolmentStepped, of_cohort, of_enrolment


class CohortState(models.TextChoices):
    """Where a cohort is."""

    PLANNED = "planned", pgettext_lazy("cohort", "Planned")
    OPEN = "open", _("Open for enrolment")
    RUNNING = "running", pgettext_lazy("cohort", "Under way")
    FINISHED = "finished", pgettext_lazy("cohort", "Finished")
    CANCELLED = "cancelled", pgettext_lazy("cohort", "Cancelled")


class EnrolmentState(models.TextChoices):
    """Somebody's place in a cohort."""

    INVITED = "invited", pgettext_lazy("enrolment", "Invited")
    WAITING = "waiting", _("In line for a place")
    ENROLLED = "enrolled", pgettext_lazy("enrolment", "Enrolled")
    DECLINED = "declined", pgettext_lazy("enrolment", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("enrolment", "Withdrawn")
    COMPLETED = "completed", pgettext_lazy("enrolment", "Completed")


C = CohortState
E = EnrolmentState

# Takes people in.
TAKES_IN = frozenset({C.OPEN, C.RUNNING})
# Holds a place.
HOLDS_A_PLACE = frozenset({E.ENROLLED, E.COMPLETED})

COHORT_MACHINE = statemachine.register(
    Machine(
        name="programmes.cohorts",
        model_label="programmes.Cohort",
        states=CohortState,
        initial=C.PLANNED,
        edges=(
            Edge(
                name="open",
                label=_("Open for enrolment"),
                sources=frozenset({C.PLANNED}),
                target=C.OPEN,
                permission="programmes.run",
                event=of_cohort(CohortStepped),
            ),
            Edge(
                name="begin",
                label=_("It has begun"),
                sources=frozenset({C.PLANNED, C.OPEN}),
                target=C.RUNNING,
                permission="programmes.run",
                event=of_cohort(CohortStepped),
            ),
            Edge(
                name="finish",
                label=_("It is finished"),
                sources=frozenset({C.RUNNING}),
                target=C.FINISHED,
                permission="programmes.run",
                event=of_cohort(CohortStepped),
            ),
            Edge(
                name="reopen",
                label=pgettext_lazy("cohort", "Open again"),
                sources=frozenset({C.FINISHED}),
                target=C.RUNNING,
                permission="programmes.run",
                is_reason_required=True,
                event=of_cohort(CohortStepped),
            ),
            Edge(
                name="cancel",
                label=_("Cancel the cohort"),
                sources=frozenset({C.PLANNED, C.OPEN, C.RUNNING}),
                target=C.CANCELLED,
                permission="programmes.run",
                is_reason_required=True,
                event=of_cohort(CohortStepped),
            ),
        ),
    )
)

ENROLMENT_MACHINE = statemachine.register(
    Machine(
        name="programmes.enrolments",
        model_label="programmes.Enrolment",
        states=EnrolmentState,
        initial=E.INVITED,
        edges=(
            Edge(
                name="accept",
                label=_("Yes, I take part"),
                sources=frozenset({E.INVITED, E.DECLINED, E.WITHDRAWN}),
                target=E.ENROLLED,
                permission="programmes.answer",
                event=of_enrolment(EnrolmentStepped),
                is_offered=False,
            ),
            Edge(
                name="line_up",
                label=_("Stand in line"),
                sources=frozenset({E.INVITED, E.DECLINED, E.WITHDRAWN}),
                target=E.WAITING,
                permission="programmes.answer",
                event=of_enrolment(EnrolmentStepped),
                is_offered=False,
            ),
            Edge(
                name="move_up",
                label=pgettext_lazy("enrolment", "There is room now"),
                sources=frozenset({E.WAITING}),
                target=E.ENROLLED,
                permission="programmes.system",
                event=of_enrolment(EnrolmentStepped),
                is_offered=False,
            ),
            Edge(
                name="decline",
                label=_("No, I cannot"),
                sources=frozenset({E.INVITED, E.WAITING}),
                target=E.DECLINED,
                permission="programmes.answer",
                event=of_enrolment(EnrolmentStepped),
            ),
            Edge(
                name="withdraw",
                label=_("Give up the place"),
                sources=frozenset({E.ENROLLED}),
                target=E.WITHDRAWN,
                permission="programmes.answer",
                event=of_enrolment(EnrolmentStepped),
            ),
            Edge(
                name="complete",
                label=_("Has completed"),
                sources=frozenset({E.ENROLLED}),
                target=E.COMPLETED,
                permission="programmes.system",
                event=of_enrolment(EnrolmentStepped),
                is_offered=False,
            ),
            Edge(
                name="take_back_completion",
                label=_("Has not completed after all"),
                sources=frozenset({E.COMPLETED}),
                target=E.ENROLLED,
                permission="programmes.system",
                is_reason_required=True,
                event=of_enrolment(EnrolmentStepped),
                is_offered=False,
            ),
        ),
    )
)

COHORT_MESSAGES = statemachine.Messages(
    not_possible_now=_("That is not possible for the cohort as it is now. Look at its page for what has happened."),
    somebody_was_first=_("Somebody else changed this cohort just before you. Look at its page, then try again."),
    input_missing=_("Something is missing. Fill in what is marked and send again."),
)
ENROLMENT_MESSAGES = statemachine.Messages(
    not_possible_now=_("That is not possible any more. Look at the page for what has happened."),
    somebody_was_first=_("This place was changed just before you. Look at the page, then try again."),
    input_missing=_("Something is missing. Fill in what is marked and send again."),
)
