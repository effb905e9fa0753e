"""What the thread of an idea knows already, so that nobody types it again."""

from typing import Any

from django.utils import timezone

from grobunn.cases.models import CaseKind, Stage
from grobunn.cases.models.content import TITLE_LENGTH
from grobunn.cases.services.start import Beginning
from grobunn.ideas.models import Idea
from grobunn.ideas.states import IdeaState
from grobunn.kernel.models import StateChange

# What the thread told the writer at its end, and the section that it belongs to.
_TELLS: dict[str, str] = {"start": "process", "solve": "solution", "decline": "lessons", "park": "lessons"}
_STAGES: dict[str, str] = {
    IdeaState.STARTED: Stage.PILOT,
    IdeaState.SOLVED: Stage.OPERATE,
    IdeaState.DECLINED: Stage.CLOSED_LEARNED,
}


def beginning_from(idea: Idea) -> Beginning:
    """A case's beginning as an idea's thread tells it: the need, what was answered, when, and who held it.

    Returns: nothing of who wrote the idea: names do not belong in a case.
    """
    answers = _answers(idea)
    content: dict[str, Any] = {
        "need": idea.text,
        "stage": _STAGES.get(idea.state, ""),
        "contact_role": idea.holder_role,
        "contact_unit_id": idea.holder_unit_id,
        "contact_mailbox": (idea.holder_unit.mailbox if idea.holder_unit else "") or idea.municipality.mailbox,
        "timeline": [{"on": f"{timezone.localdate(idea.submitted_at):%Y-%m}", "text": idea.heading}],
    }
    for answer in answers:
        section = _TELLS[answer.edge]
        content[section] = "\n\n".join(filter(None, [content.get(section, ""), answer.reason]))
    if idea.solution:
        content["solution"] = "\n\n".join(filter(None, [content.get("solution", ""), idea.solution]))
    kind = CaseKind.LEARNING if idea.state == IdeaState.DECLINED else CaseKind.SOLUTION
    return Beginning(title=idea.heading[:TITLE_LENGTH], kind=kind, language=_language(idea), content=content)


def _answers(idea: Idea) -> list[StateChange]:
    """The answers that still stand: a step that was undone says nothing."""
    changes = list(StateChange.objects.filter(subject_id=idea.pk).order_by("id"))
    undone = {change.data.get("undoes") for change in changes}
    return [change for change in changes if change.edge in _TELLS and change.reason and str(change.pk) not in undone]


def _language(idea: Idea) -> str:
    return idea.language if idea.language in {"nb", "nn", "en"} else idea.municipality.language
