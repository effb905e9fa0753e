"""What a member says of every entry, on one page: one question for each, nothing chosen beforehand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from grobunn.juries.forms.fields import refuse_identity_number
from grobunn.juries.grounds import DECLARABLE, Ground
from grobunn.juries.models import Declaration, Entry
from grobunn.juries.services.declaring import Declared

NONE, RELATION = "none", "relation"
_TEXT_LENGTH = 1000


@dataclass
class Question:
    """One entry on the form.

    Takes: chosen, "" for nothing, "none", a ground, or "relation" where no ground is said yet; said, what was declared
           before.
    """

    entry: Entry
    parties: Sequence[Any]
    chosen: str = ""
    text: str = ""
    said: Declaration | None = None
    errors: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of its fields."""
        return f"e-{self.entry.pk}"

    @property
    def is_relation(self) -> bool:
        """Whether a ground is chosen."""
        return self.chosen not in ("", NONE)


def questions_of(
    entries: Sequence[Entry],
    *,
    parties: Mapping[UUID, Sequence[Any]],
    said: Mapping[UUID, Declaration],
    sent: Mapping[str, str] | None,
) -> list[Question]:
    """The questions, filled in with what was sent, else with what was declared before."""
    questions = []
    for entry in entries:
        known = said.get(entry.pk)
        question = Question(entry=entry, parties=parties.get(entry.pk, ()), said=known)
        if sent is not None:
            question.chosen = _chosen(question, sent)
            question.text = sent.get(f"{question.name}-text", "").strip()
        elif known is not None:
            question.chosen, question.text = known.ground or NONE, known.text
        questions.append(question)
    return questions


def _chosen(question: Question, sent: Mapping[str, str]) -> str:
    """What was chosen: a relation is one of the grounds below it. Two groups, so that Tab reaches both."""
    said = sent.get(question.name, "")
    return sent.get(f"{question.name}-ground", "") or RELATION if said == RELATION else said


def choose_none_for_rest(questions: Sequence[Question]) -> None:
    """No relation for every entry that nothing is chosen for."""
    for question in questions:
        if question.chosen == "":
            question.chosen = NONE


def declared_in(questions: Sequence[Question]) -> list[Declared]:
    """What is said, of those entries that something is said of; what is wrong is noted on its question."""
    declared = []
    for question in questions:
        if question.chosen == "":
            continue
        if question.chosen != NONE and question.chosen not in DECLARABLE:
            question.errors.append(_("Choose one of these."))
        elif question.is_relation and not question.text:
            question.errors.append(_("Say in a few words what relation it is, so that the panel can assess it."))
        else:
            question.errors += _wrong_with(question.text)
        if not question.errors:
            ground = Ground(question.chosen) if question.is_relation else ""
            declared.append(Declared(question.entry, ground, question.text if question.is_relation else ""))
    return declared


def _wrong_with(text: str) -> list[str]:
    if len(text) > _TEXT_LENGTH:
        return [_("At most %(count)d characters.") % {"count": _TEXT_LENGTH}]
    try:
        refuse_identity_number(text)
    except ValidationError as error:
        return list(error.messages)
    return []
