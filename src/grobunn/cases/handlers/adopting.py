"""What follows when a municipality takes a case into use, asks about it, or wants to come and see it."""

from django_scopes import scopes_disabled

from grobunn.cases.events import (
    AdoptionBegun,
    AdoptionConfirmDue,
    AdoptionMoved,
    QuestionAnswered,
    QuestionAsked,
    QuestionOverdue,
    VisitMoved,
)
from grobunn.cases.models import Adoption, Question, Visit
from grobunn.cases.notices.adopting import (
    inbox_address,
    questions_address,
    tell_of_adoption,
    tell_of_question,
    tell_of_visit,
)
from grobunn.cases.queries.receivers import adopter_of, asker_of, id_of, keeper_of
from grobunn.cases.states import AdoptionState
from grobunn.discussion.events import CommentAdded
from grobunn.ideas.services.waking import wake_waiting
from grobunn.ideas.waking import WaitsFor
from grobunn.kernel.events import subscribe
from grobunn.kernel.models import StateChange

_WITH_CASE = (
    "municipality",
    "case__municipality",
    "case__origin",
    "case__owner",
    "case__contact_unit",
)


def _adoption(event: AdoptionBegun | AdoptionMoved | AdoptionConfirmDue) -> Adoption:
    return Adoption.objects.select_related(*_WITH_CASE, "responsible", "contact_unit").get(pk=event.adoption_id)


def _question(event: QuestionAsked | QuestionAnswered | QuestionOverdue) -> Question:
    return Question.objects.select_related(*_WITH_CASE, "asked_by").get(pk=event.question_id)


@subscribe(AdoptionBegun)
def tell_origin_of_interest(event: AdoptionBegun) -> None:
    """The origin hears that somebody thinks about its case."""
    with scopes_disabled():
        adoption = _adoption(event)
        tell_of_adoption("cases.adopted", keeper_of(adoption.case), adoption, about=event.id, edge="create")


@subscribe(AdoptionMoved)
def tell_origin_of_step(event: AdoptionMoved) -> None:
    """The origin hears how far the adopter has come; that it is still in use as well. Words put right are no news."""
    if event.edge == "tell":
        return
    with scopes_disabled():
        adoption = _adoption(event)
        change = StateChange.objects.get(pk=event.change_id)
        receiver = keeper_of(adoption.case)
        tell_of_adoption(
            "cases.adopted", receiver, adoption, about=event.change_id, edge=event.edge, words=change.reason
        )


@subscribe(AdoptionConfirmDue)
def ask_adopter(event: AdoptionConfirmDue) -> None:
    """Whoever is responsible is asked whether it is still in use."""
    with scopes_disabled():
        adoption = _adoption(event)
        tell_of_adoption("cases.confirm", adopter_of(adoption), adoption, about=event.id)


@subscribe(QuestionAsked)
def tell_origin_of_question(event: QuestionAsked) -> None:
    """The origin is asked."""
    with scopes_disabled():
        question = _question(event)
        url = inbox_address(question.case)
        tell_of_question("cases.asked", keeper_of(question.case), question, about=question.pk, url=url)


@subscribe(QuestionOverdue)
def remind_origin_of_question(event: QuestionOverdue) -> None:
    """The origin is reminded of a question that has waited."""
    with scopes_disabled():
        question = _question(event)
        url = inbox_address(question.case)
        tell_of_question("cases.unanswered", keeper_of(question.case), question, about=question.pk, url=url)


@subscribe(QuestionAnswered)
def tell_asker_of_answer(event: QuestionAnswered) -> None:
    """Whoever asked reads the answer."""
    with scopes_disabled():
        question = _question(event)
        url = questions_address(question.case)
        tell_of_question("cases.replied", asker_of(question), question, about=question.pk, url=url)


@subscribe(VisitMoved)
def tell_of_visit_step(event: VisitMoved) -> None:
    """The other side hears: of a wish and of what the guest says the host, of the rest the guest."""
    with scopes_disabled():
        visit = Visit.objects.select_related(*_WITH_CASE, "asked_by").get(pk=event.visit_id)
        change = StateChange.objects.get(pk=event.change_id)
        host, guest = keeper_of(visit.case), asker_of(visit)
        is_from_guest = event.edge == "create" or (guest is not None and change.actor_id == id_of(guest))
        receiver = host if is_from_guest else guest
        url = inbox_address(visit.case) if is_from_guest else questions_address(visit.case)
        tell_of_visit(receiver, visit, about=event.change_id, edge=event.edge, url=url)


@subscribe(CommentAdded)
def tell_of_comment_on_adoption(event: CommentAdded) -> None:
    """The adopter hears what the origin says about it, and the origin what the adopter says."""
    if event.kind != "adoption":
        return
    with scopes_disabled():
        adoption = Adoption.objects.select_related(*_WITH_CASE, "responsible", "contact_unit").get(pk=event.subject_id)
        receivers = [adopter_of(adoption), keeper_of(adoption.case)]
        for receiver in receivers:
            if receiver is not None and id_of(receiver) != event.author_id:
                tell_of_adoption("cases.adoption_commented", receiver, adoption, about=event.comment_id)


@subscribe(AdoptionMoved)
def wake_ideas_that_wait_for_it(event: AdoptionMoved) -> None:
    """A case is in use somewhere: ideas that were parked until then are taken out again, wherever they are."""
    if event.edge != "take_into_use":
        return
    with scopes_disabled():
        adoption = _adoption(event)
        if adoption.state == AdoptionState.IN_USE:
            wake_waiting(WaitsFor.ADOPTION, subject=adoption.case.slug, because=adoption.adopter.name)
