"""What cases tell, after commit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from grobunn.kernel import events

if TYPE_CHECKING:
    from grobunn.cases.models import Adoption, Case, Visit
    from grobunn.kernel.models import StateChange


@dataclass(frozen=True, kw_only=True)
class CaseMoved(events.Event):
    """What every step of a case carries; `edge` is the step's name in the table of states."""

    case_id: UUID
    municipality_id: UUID
    change_id: UUID
    edge: str


@events.register
class CaseSentForReview(CaseMoved):
    """The editor is asked to look at it."""

    name: ClassVar[str] = "cases.sent_for_review"


@events.register
class CaseReturned(CaseMoved):
    """The editor wants something changed."""

    name: ClassVar[str] = "cases.returned"


@events.register
class CasePublished(CaseMoved):
    """Readers see it, or see its next edition."""

    name: ClassVar[str] = "cases.published"


@events.register
class CaseChangesProposed(CaseMoved):
    """The editor is asked to publish what has changed."""

    name: ClassVar[str] = "cases.changes_proposed"


@events.register
class CaseKept(CaseMoved):
    """Its owner has said that it is still right."""

    name: ClassVar[str] = "cases.kept"


@events.register
class CaseWithdrawn(CaseMoved):
    """Readers no longer see it."""

    name: ClassVar[str] = "cases.withdrawn"


@events.register
@dataclass(frozen=True, kw_only=True)
class CaseReviewDue(events.Event):
    """Its owner is asked whether it is still right."""

    name: ClassVar[str] = "cases.review_due"
    case_id: UUID
    municipality_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class CaseContactAsked(events.Event):
    """Somebody is asked whether they may be named as the contact of a case."""

    name: ClassVar[str] = "cases.contact_asked"
    case_id: UUID
    municipality_id: UUID
    user_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class CaseContactLapsed(events.Event):
    """The named contact has left or the agreed time is over: the role's mailbox stands there now."""

    name: ClassVar[str] = "cases.contact_lapsed"
    case_id: UUID
    municipality_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class AdoptionBegun(events.Event):
    """A municipality thinks about a case of another."""

    name: ClassVar[str] = "cases.adoption_begun"
    adoption_id: UUID
    municipality_id: UUID
    case_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class AdoptionMoved(events.Event):
    """A municipality has come further with a case, or has stopped; `edge` says how."""

    name: ClassVar[str] = "cases.adoption_moved"
    adoption_id: UUID
    municipality_id: UUID
    case_id: UUID
    change_id: UUID
    edge: str


@events.register
@dataclass(frozen=True, kw_only=True)
class AdoptionConfirmDue(events.Event):
    """Six months in use: the adopter is asked whether it still is."""

    name: ClassVar[str] = "cases.adoption_confirm_due"
    adoption_id: UUID
    municipality_id: UUID
    case_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class QuestionAsked(events.Event):
    """The origin is asked something about its case."""

    name: ClassVar[str] = "cases.question_asked"
    question_id: UUID
    municipality_id: UUID
    case_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(events.Event):
    """The origin has answered; whoever asked is told."""

    name: ClassVar[str] = "cases.question_answered"
    question_id: UUID
    municipality_id: UUID
    case_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class QuestionOverdue(events.Event):
    """Nobody has answered for two weeks of work: the origin is reminded."""

    name: ClassVar[str] = "cases.question_overdue"
    question_id: UUID
    municipality_id: UUID
    case_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class VisitMoved(events.Event):
    """A study visit is asked for (`create`), agreed, held or not possible; the other side is told."""

    name: ClassVar[str] = "cases.visit_moved"
    visit_id: UUID
    municipality_id: UUID
    case_id: UUID
    change_id: UUID
    edge: str


def of_case_step(event_type: type[CaseMoved]) -> Callable[["Case", "StateChange"], CaseMoved]:
    """Makes the event of a case's step, for the table of states."""

    def made(case: "Case", change: "StateChange") -> CaseMoved:
        return event_type(case_id=case.pk, municipality_id=case.municipality_id, change_id=change.pk, edge=change.edge)

    return made


def of_adoption_step(event_type: type[AdoptionMoved]) -> Callable[["Adoption", "StateChange"], AdoptionMoved]:
    """Makes the event of an adoption's step, for the table of states."""

    def made(adoption: "Adoption", change: "StateChange") -> AdoptionMoved:
        return event_type(
            adoption_id=adoption.pk,
            municipality_id=adoption.municipality_id,
            case_id=adoption.case_id,
            change_id=change.pk,
            edge=change.edge,
        )

    return made


def of_visit_step(event_type: type[VisitMoved]) -> Callable[["Visit", "StateChange"], VisitMoved]:
    """Makes the event of a study visit's step, for the table of states."""

    def made(visit: "Visit", change: "StateChange") -> VisitMoved:
        return event_type(
            visit_id=visit.pk,
            municipality_id=visit.municipality_id,
            case_id=visit.case_id,
            change_id=change.pk,
            edge=change.edge,
        )

    return made
