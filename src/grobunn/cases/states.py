"""The life of a case and of an adoption: states and the tables of what leads from one to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.cases import guards
from grobunn.cases.events import (
    AdoptionMoved,
    CaseChangesProposed,
    CaseKept,
    CasePublished,
    CaseReturned,
    CaseSentForReview,
    CaseWithdrawn,
    VisitMoved,
    of_adoption_step,
    of_case_step,
    of_visit_step,
)
from grobunn.kernel import statemachine
from grobunn.kernel.statemachine import Edge, Machine


class CaseState(models.TextChoices):
    """Where a case is."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("With the editor")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("case", "Withdrawn")


C = CaseState

CASES = statemachine.register(
    Machine(
        name="cases",
        model_label="cases.Case",
        states=CaseState,
        initial=C.DRAFT,
        edges=(
            Edge(
                name="send_for_review",
                label=_("Send to the editor"),
                sources=frozenset({C.DRAFT}),
                target=C.IN_REVIEW,
                permission="cases.edit",
                guards=(guards.has_a_title,),
                event=of_case_step(CaseSentForReview),
            ),
            Edge(
                name="send_back",
                label=_("Send back"),
                sources=frozenset({C.IN_REVIEW}),
                target=C.DRAFT,
                permission="cases.review",
                is_reason_required=True,
                event=of_case_step(CaseReturned),
            ),
            Edge(
                name="publish",
                label=_("Publish"),
                sources=frozenset({C.DRAFT, C.IN_REVIEW}),
                target=C.PUBLISHED,
                permission="cases.publish",
                guards=(
                    guards.has_a_title,
                    guards.tells_what_was_hard,
                    guards.has_a_contact,
                    guards.names_with_consent,
                ),
                event=of_case_step(CasePublished),
            ),
            Edge(
                name="propose_changes",
                label=_("Ask the editor to publish the changes"),
                sources=frozenset({C.PUBLISHED}),
                target=None,
                permission="cases.edit",
                guards=(guards.has_changes,),
                event=of_case_step(CaseChangesProposed),
            ),
            Edge(
                name="publish_changes",
                label=_("Publish the changes"),
                sources=frozenset({C.PUBLISHED}),
                target=None,
                permission="cases.publish",
                guards=(
                    guards.has_changes,
                    guards.has_a_title,
                    guards.tells_what_was_hard,
                    guards.has_a_contact,
                    guards.names_with_consent,
                ),
                event=of_case_step(CasePublished),
            ),
            Edge(
                name="keep",
                label=_("It is still correct"),
                sources=frozenset({C.PUBLISHED}),
                target=None,
                permission="cases.keep",
                event=of_case_step(CaseKept),
            ),
            Edge(
                name="withdraw",
                label=pgettext_lazy("case", "Withdraw"),
                sources=frozenset({C.PUBLISHED}),
                target=C.WITHDRAWN,
                permission="cases.publish",
                is_reason_required=True,
                event=of_case_step(CaseWithdrawn),
            ),
            Edge(
                name="reopen",
                label=_("Work on it again"),
                sources=frozenset({C.WITHDRAWN}),
                target=C.DRAFT,
                permission="cases.publish",
            ),
        ),
    )
)

CASE_MESSAGES = statemachine.Messages(
    not_possible_now=_("That is not possible for the case as it is now. Load the page again to see what has happened."),
    somebody_was_first=_(
        "Somebody else did something with this case just before you. Load the page again, then try once more."
    ),
    input_missing=_("Something is missing. Fill in what is marked and send again."),
)


class AdoptionState(models.TextChoices):
    """How far a municipality has come with another's case."""

    CONSIDERING = "considering", _("Being considered")
    PLANNED = "planned", _("Planned")
    PILOT = "pilot", _("Being tried out")
    IN_USE = "in_use", _("In use")
    STOPPED = "stopped", _("Stopped")


A = AdoptionState

# On the way to use, or there; a stopped adoption is history.
GOING_ON = frozenset({A.CONSIDERING, A.PLANNED, A.PILOT, A.IN_USE})

ADOPTIONS = statemachine.register(
    Machine(
        name="adoptions",
        model_label="cases.Adoption",
        states=AdoptionState,
        initial=A.CONSIDERING,
        edges=(
            Edge(
                name="plan",
                label=_("We plan to do it"),
                sources=frozenset({A.CONSIDERING}),
                target=A.PLANNED,
                permission="cases.move_adoption",
                needs=("planned_on",),
                event=of_adoption_step(AdoptionMoved),
            ),
            Edge(
                name="replan",
                label=_("Change when we begin"),
                sources=frozenset({A.PLANNED}),
                target=None,
                permission="cases.move_adoption",
                needs=("planned_on",),
            ),
            Edge(
                name="try_out",
                label=_("We are trying it out"),
                sources=frozenset({A.CONSIDERING, A.PLANNED}),
                target=A.PILOT,
                permission="cases.move_adoption",
                event=of_adoption_step(AdoptionMoved),
            ),
            Edge(
                name="take_into_use",
                label=_("It is in use"),
                sources=frozenset({A.CONSIDERING, A.PLANNED, A.PILOT}),
                target=A.IN_USE,
                permission="cases.move_adoption",
                needs=("in_use_on", "manner", "contact_role"),
                guards=(guards.is_not_ahead, guards.says_what_was_changed),
                event=of_adoption_step(AdoptionMoved),
            ),
            Edge(
                name="confirm",
                label=_("It is still in use"),
                sources=frozenset({A.IN_USE}),
                target=None,
                permission="cases.move_adoption",
                event=of_adoption_step(AdoptionMoved),
            ),
            Edge(
                name="tell",
                label=_("Tell what it gave"),
                sources=frozenset({A.PILOT, A.IN_USE, A.STOPPED}),
                target=None,
                permission="cases.move_adoption",
                guards=(guards.still_says_what_was_changed,),
                event=of_adoption_step(AdoptionMoved),
            ),
            Edge(
                name="stop",
                label=_("We are stopping"),
                sources=GOING_ON,
                target=A.STOPPED,
                permission="cases.move_adoption",
                is_reason_required=True,
                event=of_adoption_step(AdoptionMoved),
            ),
        ),
    )
)

ADOPTION_MESSAGES = statemachine.Messages(
    not_possible_now=_("That is not possible as things are now. Load the page again to see what has happened."),
    somebody_was_first=_(
        "A colleague did something with this just before you. Load the page again, then try once more."
    ),
    input_missing=_("Something is missing. Fill in what is marked and send again."),
)


class VisitState(models.TextChoices):
    """How far a study visit has come."""

    WISHED = "wished", _("Asked for")
    AGREED = "agreed", _("Agreed")
    HELD = "held", _("Held")
    DECLINED = "declined", _("Not possible")


V = VisitState

VISITS = statemachine.register(
    Machine(
        name="visits",
        model_label="cases.Visit",
        states=VisitState,
        initial=V.WISHED,
        edges=(
            Edge(
                name="agree",
                label=_("Agree on a date"),
                sources=frozenset({V.WISHED, V.AGREED}),
                target=V.AGREED,
                permission="cases.receive_visit",
                needs=("on",),
                guards=(guards.has_a_coming_date,),
                event=of_visit_step(VisitMoved),
            ),
            Edge(
                name="hold",
                label=_("The visit has taken place"),
                sources=frozenset({V.AGREED}),
                target=V.HELD,
                permission="cases.close_visit",
                guards=(guards.has_been,),
                event=of_visit_step(VisitMoved),
            ),
            Edge(
                name="decline",
                label=_("It is not possible"),
                sources=frozenset({V.WISHED, V.AGREED}),
                target=V.DECLINED,
                permission="cases.close_visit",
                is_reason_required=True,
                event=of_visit_step(VisitMoved),
            ),
        ),
    )
)
