"""Questions to the origin of a case: asked by one municipality, answered for everybody who comes after."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from grobunn.cases.events import QuestionAnswered, QuestionAsked, QuestionOverdue
from grobunn.cases.models import Case, Question
from grobunn.cases.queries.adoptions import is_own_case
from grobunn.cases.services.adoptions import CaseNotRead, OwnCase
from grobunn.cases.states import CaseState
from grobunn.cases.validators import validate_no_identity_numbers
from grobunn.kernel import audit, clock, events, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import SomebodyWasFirst
from grobunn.organisations.calendar import working_days_between
from grobunn.organisations.models import Municipality

# Whoever is asked is reminded once, when a municipality would have answered its own.
REMIND_AFTER_WORKING_DAYS = 10


def ask_question(case: Case, *, municipality: Municipality, actor: Actor, text: str, key: UUID) -> Question:
    """Ask the origin something about its case, on behalf of a municipality.

    Takes:   key, of the form: sent again, it is the same question.
    Raises:  PermissionDenied; CaseNotRead, OwnCase; ValidationError without words or with an identity number.
    Effects: row, audit, event.
    """
    permissions.check("cases.ask", actor, municipality)
    check_asking(case, municipality)
    if not text.strip():
        raise ValidationError({"text": _("Write what you wonder about.")}, code="required")
    validate_no_identity_numbers({"text": text})
    with scopes_disabled(), transaction.atomic():
        question, is_new = Question.objects.get_or_create(
            key=key,
            defaults={"municipality": municipality, "case": case, "text": text.strip(), "asked_by_id": actor.pk},
        )
        if is_new:
            audit.record("questions.ask", actor=actor, subject=question, municipality_id=municipality.pk)
            events.publish(
                QuestionAsked(question_id=question.pk, municipality_id=municipality.pk, case_id=question.case_id)
            )
    return question


def check_asking(case: Case, municipality: Municipality) -> None:
    """Refuse to ask about what is not published, or oneself. Raises: CaseNotRead, OwnCase."""
    if case.state != CaseState.PUBLISHED:
        raise CaseNotRead(_("The case is not published any more."))
    if is_own_case(case, municipality):
        raise OwnCase(_("This is your own case: ask your colleagues."))


def answer_question(question: Question, *, actor: Actor, answer: str) -> Question:
    """Answer for everybody who comes after. The same answer again is passed over.

    Raises:  PermissionDenied; SomebodyWasFirst if a colleague has answered; ValidationError.
    Effects: row, audit, event.
    """
    permissions.check("cases.answer", actor, question)
    said = answer.strip()
    if not said:
        raise ValidationError({"answer": _("Write the answer.")}, code="required")
    validate_no_identity_numbers({"answer": said})
    fields = {"answer": said, "answered_by_id": actor.pk, "answered_at": clock.now()}
    with scopes_disabled(), transaction.atomic():
        if not Question.objects.filter(pk=question.pk, answered_at=None).update(**fields):
            question.refresh_from_db()
            if question.answer == said and question.answered_by_id == actor.pk:
                return question
            raise SomebodyWasFirst(_("A colleague has answered this already. Load the page again to read it."))
        audit.record("questions.answer", actor=actor, subject=question, municipality_id=question.case.municipality_id)
        events.publish(
            QuestionAnswered(
                question_id=question.pk, municipality_id=question.municipality_id, case_id=question.case_id
            )
        )
    question.refresh_from_db()
    return question


def remind_of_questions() -> int:
    """Remind the origins of what they have not answered in time, once each. Returns: how many reminders."""
    with scopes_disabled():
        waiting = Question.objects.filter(answered_at=None, reminded_at=None, case__state=CaseState.PUBLISHED)
        return sum(_remind(question) for question in waiting.select_related("case").order_by("asked_at", "id"))


def _remind(question: Question) -> bool:
    if working_days_between(question.asked_at.date(), clock.today()) < REMIND_AFTER_WORKING_DAYS:
        return False
    with transaction.atomic():
        unreminded = Question.objects.filter(pk=question.pk, answered_at=None, reminded_at=None)
        if not unreminded.update(reminded_at=clock.now()):
            return False
        events.publish(
            QuestionOverdue(question_id=question.pk, municipality_id=question.municipality_id, case_id=question.case_id)
        )
    return True
