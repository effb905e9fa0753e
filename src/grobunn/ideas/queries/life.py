"""The life of an idea in plain sentences, oldest first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models.expressions import RawSQL
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grobunn.capacity.quarters import Quarter
from grobunn.ideas import later
from grobunn.ideas.models import Contact, Idea
from grobunn.ideas.states import IdeaState
from grobunn.ideas.waking import WaitsFor
from grobunn.kernel.composed import Composed
from grobunn.kernel.models import ActorKind, StateChange
from grobunn.organisations.models import Role

_ACTOR_NAME = RawSQL("SELECT name FROM accounts_user WHERE id = kernel_statechange.actor_id", ())
_STEPS = Composed(lambda idea: StateChange.objects.filter(subject_id=idea).order_by("id"), idea=UUID)
_STEPS_WITH_NAMES = Composed(
    lambda idea: StateChange.objects.filter(subject_id=idea).annotate(actor_name=_ACTOR_NAME).order_by("id"), idea=UUID
)


@dataclass(frozen=True)
class LifeEntry:
    """One thing that happened: a sentence, and the words that somebody wrote with it.

    Takes: is_own, whether it is a step of the idea itself; else of the work that came of it.
    """

    change_id: UUID
    edge: str
    at: datetime
    sentence: str
    words: str = ""
    note: str = ""
    is_own: bool = True


def life_of(idea: Idea, *, is_member: bool, is_handler: bool) -> list[LifeEntry]:
    """Every step of an idea, and of the work that came of it.

    Takes: is_member, whether the reader works in the municipality (then people have names, else only roles);
           is_handler, whether the reader sees which routing rule matched.
    """
    changes = (_STEPS_WITH_NAMES if is_member else _STEPS).rows(idea=idea.pk)
    own = [_entry(idea, change, is_handler=is_handler) for change in changes]
    return own if idea.state != IdeaState.STARTED else sorted([*own, *_later(idea)], key=lambda entry: entry.at)


def _later(idea: Idea) -> list[LifeEntry]:
    return [
        LifeEntry(change_id=line.id, edge=line.step, at=line.at, sentence=line.sentence, words=line.words, is_own=False)
        for line in later.lines_of(idea)
    ]


def holder_phrase(role: str, unit_name: str) -> str:
    """A role in a unit, as it stands inside a sentence: "unit manager, Nidarvoll home care"."""
    label = _inside_sentence(str(Role(role).label))
    return _("%(role)s, %(unit)s") % {"role": label, "unit": unit_name} if unit_name else label


def day_phrase(on: date) -> str:
    """A day as people say it: "Tuesday 1 December 2026", in the reader's language."""
    return date_format(on, _("l j F Y")).lower() if _is_norwegian() else date_format(on, _("l j F Y"))


def _is_norwegian() -> bool:
    return (get_language() or "").startswith("n")


def _inside_sentence(label: str) -> str:
    """A label with a small first letter, unless it begins with an abbreviation."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _entry(idea: Idea, change: StateChange, *, is_handler: bool) -> LifeEntry:
    who = _who(change)
    sentence = _SENTENCES[change.edge](idea, change, who)
    return LifeEntry(
        change_id=change.pk,
        edge=change.edge,
        at=change.at,
        sentence=capfirst(sentence),
        words=change.reason,
        note=_rule_note(change.data) if is_handler and "rule" in change.data else "",
    )


def _who(change: StateChange) -> str:
    """Who did it: the role, and for colleagues, for whom it was read, the name."""
    if change.actor_kind == ActorKind.SYSTEM:
        return "Grobunn"
    if body := change.data.get("for"):
        return _for_body(body, vars(change).get("actor_name"))
    role = change.data.get("by", "")
    phrase = holder_phrase(role, change.data.get("by_unit", "")) if role else ""
    name = vars(change).get("actor_name")
    if name and phrase:
        return _("%(name)s (%(role)s)") % {"name": name, "role": phrase}
    return name or phrase or _("the municipality")


def _is_told(change: StateChange) -> bool:
    """Whether the reader may know who did it: by name, or by role."""
    return bool(vars(change).get("actor_name") or change.data.get("by") or change.data.get("for"))


def _for_body(body: str, name: str | None) -> str:
    if name:
        return _("%(name)s, for the panel of %(body)s,") % {"name": name, "body": body}
    return _("the panel of %(body)s") % {"body": body}


def _rule_note(data: Mapping[str, Any]) -> str:
    if data["rule"] is not None:
        return _("Routing rule %(number)s matched.") % {"number": data["rule"]}
    return _("No routing rule matched; the usual receiver got it.")


def _created(idea: Idea, change: StateChange, who: str) -> str:
    holder = holder_phrase(change.data["role"], change.data["unit"]) if change.data.get("role") else ""
    if idea.is_imported:
        wrote = _("The idea was imported from an earlier archive.")
    elif idea.contact == Contact.ACCOUNT and change.actor_id:
        wrote = _("%(who)s wrote the idea.") % {"who": who} if _is_told(change) else _("Somebody wrote the idea.")
    else:
        wrote = _("Somebody wrote the idea without giving a name.")
    if not holder:
        return wrote
    got = _("It went to %(holder)s, who answers by %(day)s.") % {
        "holder": holder,
        "day": day_phrase(date.fromisoformat(change.data["due"])),
    }
    return f"{wrote} {got}"


def _forwarded(idea: Idea, change: StateChange, who: str) -> str:
    holder = holder_phrase(change.data["role"], change.data["unit"])
    return _("%(who)s forwarded it to %(holder)s.") % {"who": who, "holder": holder}


def _parked(idea: Idea, change: StateChange, who: str) -> str:
    day = day_phrase(date.fromisoformat(change.data["until"]))
    if change.data.get("condition"):
        return _("%(who)s parked it until %(day)s, or until this happens: %(condition)s") % {
            "who": who,
            "day": day,
            "condition": change.data["condition"],
        }
    return _("%(who)s parked it until %(day)s. It comes back by itself then.") % {"who": who, "day": day}


def _solved(idea: Idea, change: StateChange, who: str) -> str:
    return _("%(who)s answered that this is already solved: %(solution)s") % {
        "who": who,
        "solution": change.data["solution"],
    }


def _merged(idea: Idea, change: StateChange, who: str) -> str:
    return _("%(who)s merged it with %(reference)s. Follow it there.") % {
        "who": who,
        "reference": change.data["into"],
    }


def _woken(idea: Idea, change: StateChange, who: str) -> str:
    day = day_phrase(date.fromisoformat(change.data["due"]))
    return _("%(why)s A new answer comes by %(day)s.") % {"why": why_woken(change.data), "day": day}


def why_woken(data: Mapping[str, Any]) -> str:
    """Why an idea was taken out again, in a sentence. Takes: data, of the step."""
    condition, because = data.get("condition", ""), data.get("because")
    if because is None:
        if condition:
            return _("The day came, and somebody looks at whether this has happened: %(condition)s.") % {
                "condition": condition.rstrip(".")
            }
        return _("The day came, and the idea was taken out again.")
    if data.get("waits_for") == WaitsFor.CAPACITY:
        return _("There is room for it in %(quarter)s, and the idea was taken out again.") % {
            "quarter": Quarter.read(because)
        }
    return _("%(who)s has taken into use what the idea waited for, and it was taken out again.") % {"who": because}


def _said(message: Callable[[], str]) -> Callable[[Idea, StateChange, str], str]:
    def sentence(_idea: Idea, _change: StateChange, who: str) -> str:
        return message() % {"who": who}

    return sentence


def _imported(idea: Idea, change: StateChange, who: str) -> str:
    return _("It came from there as: %(state)s.") % {"state": IdeaState(change.to_state).label}


_SENTENCES: Mapping[str, Callable[[Idea, StateChange, str], str]] = {
    "create": _created,
    "import": _imported,
    "take_up": _said(lambda: _("%(who)s took it up for assessment.")),
    "ask": _said(lambda: _("%(who)s asks the writer. The deadline stands still until the answer comes.")),
    "reply": _said(lambda: _("The writer answered.")),
    "forward": _forwarded,
    "start": _said(lambda: _("%(who)s said yes. Work has started.")),
    "park": _parked,
    "solve": _solved,
    "merge": _merged,
    "decline": _said(lambda: _("%(who)s answered no.")),
    "wake": _woken,
    "reopen": _said(lambda: _("%(who)s opened it again.")),
    "withdraw": _said(lambda: _("The writer withdrew the idea.")),
    "undo": _said(lambda: _("%(who)s took back the last step.")),
}
