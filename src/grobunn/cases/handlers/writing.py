"""What follows when a case moves, a contact ends, somebody leaves: who is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django_scopes import scope

from grobunn.accounts.events import UserLeft
from grobunn.accounts.models import User
from grobunn.cases.events import (
    CaseChangesProposed,
    CaseContactAsked,
    CaseContactLapsed,
    CasePublished,
    CaseReturned,
    CaseReviewDue,
    CaseSentForReview,
)
from grobunn.cases.models import Case
from grobunn.cases.notices import writing as notices
from grobunn.cases.services.contact import end_names_of
from grobunn.kernel.events import subscribe
from grobunn.kernel.models import StateChange
from grobunn.organisations.events import RoleEnded


@subscribe(CaseSentForReview, CaseChangesProposed)
def ask_editor(event: CaseSentForReview | CaseChangesProposed) -> None:
    """The editor is asked to look at it."""
    with _loaded(event.case_id, event.municipality_id) as case:
        notices.tell_editor(case, "to_review", about=event.change_id)


@subscribe(CaseReturned)
def tell_writers_of_return(event: CaseReturned) -> None:
    """Owner and co-authors get what the editor asks for."""
    with _loaded(event.case_id, event.municipality_id) as case:
        notices.tell_writers(case, "returned", change=StateChange.objects.get(pk=event.change_id))


@subscribe(CasePublished)
def tell_writers_of_publishing(event: CasePublished) -> None:
    """Owner and co-authors hear that it is out."""
    with _loaded(event.case_id, event.municipality_id) as case:
        notices.tell_writers(case, "published", change=StateChange.objects.get(pk=event.change_id))


@subscribe(CaseContactAsked)
def ask_person(event: CaseContactAsked) -> None:
    """Whoever is to be named is asked themselves."""
    with _loaded(event.case_id, event.municipality_id) as case:
        user = User.objects.filter(pk=event.user_id, is_active=True).first()
        if user is not None:
            notices.tell(case, "asked_to_be_named", user, about=event.id, page="consent")


@subscribe(CaseContactLapsed)
def tell_owner_of_lapse(event: CaseContactLapsed) -> None:
    """The owner hears that the role answers alone."""
    with _loaded(event.case_id, event.municipality_id) as case:
        notices.tell_owner(case, "name_ended", about=event.id)


@subscribe(CaseReviewDue)
def ask_owner(event: CaseReviewDue) -> None:
    """The owner is asked whether it still holds; the editor where the owner has left."""
    with _loaded(event.case_id, event.municipality_id) as case:
        notices.tell_owner(case, "review_due", about=event.id)


@subscribe(RoleEnded)
def end_name_with_role(event: RoleEnded) -> None:
    """Whoever has left the municipality is not named in its cases."""
    end_names_of(event.user_id, municipality_id=event.municipality_id)


@subscribe(UserLeft)
def end_name_with_account(event: UserLeft) -> None:
    """Whoever was taken out of use is named nowhere."""
    end_names_of(event.user_id)


@contextmanager
def _loaded(case_id: UUID, municipality_id: UUID) -> Iterator[Case]:
    with scope(municipality=municipality_id):
        yield Case.objects.select_related("municipality", "owner").get(pk=case_id)
