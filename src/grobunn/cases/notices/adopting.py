"""What adopters and origins tell each other: the kinds of notice, their facts, their keys."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.cases.models import Adoption, Case, Question, Visit
from grobunn.cases.queries.receivers import Receiver
from grobunn.notifications.kinds import Kind
from grobunn.notifications.services.notify import notify

_TABLE = (
    ("weekly", _("New examples for you"), _("Once a week, of examples near your ideas and of what you follow.")),
    ("adopted", _("Another municipality uses your case"), _("When a municipality comes further with a case of yours.")),
    (
        "confirm",
        _("Is it still in use?"),
        _("When what you took over from others has been in use for half a year."),
    ),
    ("asked", _("A question about your case"), _("When another municipality asks about a case that you look after.")),
    ("unanswered", _("A question waits for you"), _("When a question about a case has waited for two weeks.")),
    ("replied", _("An answer about a case"), _("When a municipality answers what you asked about its case.")),
    ("visit", _("A study visit"), _("When a study visit is asked for, agreed, held or not possible.")),
    (
        "adoption_commented",
        _("A comment on a case in use"),
        _("When somebody comments on how a case is taken into use."),
    ),
)

KINDS = tuple(
    Kind(name=f"cases.{name}", label=label, description=when, template=f"cases/notices/{name}")
    for name, label, when in _TABLE
)


def tell_of_adoption(
    kind: str, receiver: Receiver | None, adoption: Adoption, *, about: UUID, edge: str = "", words: str = ""
) -> None:
    """Tell somebody about an adoption. Takes: about, the event or change that makes the notice unique."""
    facts = {
        "case": adoption.case.title,
        "origin": adoption.case.origin.name,
        "adopter": adoption.municipality.name,
        "edge": edge,
        "words": words,
    }
    url = adoption_address(adoption)
    _tell(kind, receiver, adoption.case, municipality_id=adoption.municipality_id, facts=facts, url=url, about=about)


def tell_of_question(kind: str, receiver: Receiver | None, question: Question, *, about: UUID, url: str) -> None:
    """Tell somebody about a question."""
    facts = {
        "case": question.case.title,
        "origin": question.case.origin.name,
        "asker": question.municipality.name,
        "question": question.text,
        "answer": question.answer,
    }
    _tell(kind, receiver, question.case, municipality_id=question.municipality_id, facts=facts, url=url, about=about)


def tell_of_visit(receiver: Receiver | None, visit: Visit, *, about: UUID, edge: str, url: str) -> None:
    """Tell the other side about a study visit."""
    facts = {
        "case": visit.case.title,
        "origin": visit.case.origin.name,
        "guest": visit.municipality.name,
        "people": visit.people,
        "on": visit.on.isoformat() if visit.on else None,
        "wish": visit.wish,
        "answer": visit.answer,
        "edge": edge,
    }
    _tell("cases.visit", receiver, visit.case, municipality_id=visit.municipality_id, facts=facts, url=url, about=about)


def adoption_address(adoption: Adoption) -> str:
    """The page of an adoption."""
    return reverse("cases:adoption", kwargs={"municipality": adoption.municipality.slug, "adoption_id": adoption.pk})


def inbox_address(case: Case) -> str:
    """Where the keeper of a case answers questions and visits."""
    return reverse("cases:asked", kwargs={"municipality": case.municipality.slug})


def questions_address(case: Case) -> str:
    """Where everybody reads what was asked about a case."""
    return f"{reverse('cases:case', kwargs={'slug': case.slug})}#questions"


def _tell(
    kind: str,
    receiver: Receiver | None,
    case: Case,
    *,
    municipality_id: UUID,
    facts: Mapping[str, Any],
    url: str,
    about: UUID,
) -> None:
    if receiver is None:
        return
    who = f"user:{receiver.pk}" if isinstance(receiver, User) else "contact"
    notify(
        kind,
        to=receiver,
        municipality_id=municipality_id,
        thread_key=f"case:{case.pk}",
        data=facts,
        url=url,
        key=f"{kind}:{about}:{who}",
    )
