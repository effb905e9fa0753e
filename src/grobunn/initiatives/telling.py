"""The steps of an initiative as the writers of its ideas hear them: one sentence each, roles and no names."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from grobunn.capacity.quarters import Quarter
from grobunn.ideas.later import LaterLine
from grobunn.ideas.models import Idea, Visibility
from grobunn.ideas.queries.life import day_phrase, holder_phrase
from grobunn.initiatives.models import Feed, Initiative
from grobunn.kernel.models import StateChange
from grobunn.methods.queries import method_of

Facts = Mapping[str, Any]
Sentence = Callable[[Facts, UUID], str]


def lines_for_writer(idea: Idea) -> list[LaterLine]:
    """What became of an idea since it came to feed an initiative, oldest first. Three SQL, and one for each phase."""
    with scopes_disabled():
        feed = Feed.objects.filter(idea=idea).select_related("initiative").first()
    if feed is None:
        return []
    initiative = feed.initiative
    changes = StateChange.objects.filter(subject_id=initiative.pk, edge__in=_SENTENCES).order_by("id")
    # An idea that joins later hears at once who owns it, and from then on what happens.
    return [
        LaterLine(
            id=change.pk,
            step=change.edge,
            at=max(change.at, feed.since),
            sentence=sentence_of(change.edge, change.data, municipality_id=initiative.municipality_id),
            words=_words(initiative, change),
        )
        for change in changes
        if change.at >= feed.since or change.edge == "create"
    ]


def sentence_of(edge: str, facts: Facts, *, municipality_id: UUID) -> str:
    """One step in a sentence, in the reader's language. Takes: facts, of the step, as the history keeps them."""
    return capfirst(_SENTENCES[edge](facts, municipality_id))


def is_told(edge: str) -> bool:
    """Whether writers hear of a step at all; what is only about how the work is done they do not."""
    return edge in _SENTENCES


def _words(initiative: Initiative, change: StateChange) -> str:
    """What was learned is for everybody who may read about it."""
    is_open = initiative.visibility != Visibility.INTERNAL
    return initiative.learned if change.edge == "finish_learned" and is_open else ""


def _started(facts: Facts, municipality_id: UUID) -> str:
    owner = holder_phrase(facts["role"], facts["unit"]) if facts.get("role") else _("A leader")
    if facts.get("quarter"):
        given = {"owner": capfirst(owner), "quarter": Quarter.read(facts["quarter"])}
        return _("%(owner)s owns the work. It begins in %(quarter)s.") % given
    return _("%(owner)s owns the work.") % {"owner": capfirst(owner)}


def _owned(facts: Facts, municipality_id: UUID) -> str:
    return _("%(owner)s owns the work now.") % {"owner": capfirst(holder_phrase(facts["role"], facts["unit"]))}


def _phase(facts: Facts, municipality_id: UUID) -> str:
    method = method_of(municipality_id, facts["method"], edition=facts["edition"])
    phase = method.phase(facts.get("to_phase", "")) if method else None
    return phase.name if phase else ""


def _went_on(facts: Facts, municipality_id: UUID) -> str:
    phase = _phase(facts, municipality_id)
    if not phase:
        return _("It was decided that the work goes on.")
    return _("It was decided that the work goes on, to the phase “%(phase)s”.") % {"phase": phase}


def _moved(facts: Facts, municipality_id: UUID) -> str:
    return _("The work is in the phase “%(phase)s” now.") % {"phase": _phase(facts, municipality_id)}


def _planned(facts: Facts, municipality_id: UUID) -> str:
    return _("The work was planned anew, from %(quarter)s.") % {"quarter": Quarter.read(facts["to_quarter"])}


def _paused(facts: Facts, municipality_id: UUID) -> str:
    return _("The work is on hold until %(day)s.") % {"day": day_phrase(date.fromisoformat(facts["until"]))}


def _runs(facts: Facts, municipality_id: UUID) -> str:
    return _("It is in operation since %(day)s. %(who)s runs it.") % {
        "day": day_phrase(date.fromisoformat(facts["since"])),
        "who": capfirst(holder_phrase(facts["runs_role"], facts["runs_unit"])),
    }


def _said(message: Callable[[], str]) -> Sentence:
    def sentence(_facts: Facts, _municipality_id: UUID) -> str:
        return message()

    return sentence


# The steps that writers hear of.
_SENTENCES: Mapping[str, Sentence] = {
    "create": _started,
    "pass_gate": _went_on,
    "send_back": _said(lambda: _("It was decided that the work is not ready to go on yet.")),
    "change_phase": _moved,
    "replan": _planned,
    "change_owner": _owned,
    "lose_owner": _owned,
    "pause": _paused,
    "resume": _said(lambda: _("The work goes on again.")),
    "put_in_operation": _runs,
    "finish_learned": _said(lambda: _("The work was finished with what was learned from it.")),
    "reopen": _said(lambda: _("The work was opened again.")),
}
