"""Reads of questions and study visits: what everybody sees of a case's, and what waits for somebody."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django_scopes import scopes_disabled

from grobunn.cases.models import Case, CoAuthor, Question, Visit
from grobunn.cases.states import VisitState
from grobunn.organisations.models import Role
from grobunn.organisations.queries import roles_of

_NAMES = ("municipality", "case__municipality", "case__origin")


def questions_about(case: Case) -> QuerySet[Question]:
    """What was asked about a case, answered ones first, newest first; everybody reads it."""
    with scopes_disabled():
        asked = Question.objects.filter(case=case).select_related("municipality")
        asked = asked.only("text", "asked_at", "answer", "answered_at", "municipality__name")
        return asked.order_by("answered_at", "-asked_at", "-id")


def visits_held(case: Case) -> QuerySet[Visit]:
    """Who has been to see a case, newest first: the log that everybody reads."""
    with scopes_disabled():
        held = Visit.objects.filter(case=case, state=VisitState.HELD).select_related("municipality")
        held = held.only("on", "municipality__name")
        return held.order_by("-on", "-id")


def question_by_id(question_id: UUID) -> Question | None:
    """A question of whatever municipality; whether it may be answered is asked after."""
    with scopes_disabled():
        return Question.objects.filter(pk=question_id).select_related(*_NAMES).first()


def visit_by_id(visit_id: UUID) -> Visit | None:
    """A study visit of whatever municipality; whether it may be moved is asked after."""
    with scopes_disabled():
        return Visit.objects.filter(pk=visit_id).select_related(*_NAMES).first()


def asked_of(municipality_id: UUID, user: Any) -> tuple[QuerySet[Question], QuerySet[Visit]]:
    """What others have asked about the cases that somebody answers for in a municipality: questions and visits.

    The ones that wait come first, then the latest.
    """
    with scopes_disabled():
        mine = Q(case__municipality_id=municipality_id)
        if not roles_of(user).has(Role.INNOVATION_ADVISER, municipality_id=municipality_id):
            written = CoAuthor.objects.filter(user_id=user.pk).values("case_id")
            mine &= Q(case__owner_id=user.pk) | Q(case__in=written)
        questions = Question.objects.filter(mine).select_related(*_NAMES)
        visits = Visit.objects.filter(mine).select_related(*_NAMES)
        return (
            questions.order_by("-answered_at", "-asked_at", "-id"),
            visits.order_by("-state_since", "-id"),
        )


def asked_by(municipality_id: UUID, *, case_id: UUID | None = None) -> tuple[QuerySet[Question], QuerySet[Visit]]:
    """What a municipality has asked of others, of one case or of all: questions and visits, newest first."""
    with scopes_disabled():
        own = Q(municipality_id=municipality_id)
        if case_id is not None:
            own &= Q(case_id=case_id)
        questions = Question.objects.filter(own).select_related(*_NAMES).order_by("-asked_at", "-id")
        visits = Visit.objects.filter(own).select_related(*_NAMES).order_by("-asked_at", "-id")
        return questions, visits
