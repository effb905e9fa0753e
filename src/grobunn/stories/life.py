"""The life of a story in sentences, for those who make it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from grobunn.accounts.models import User
from grobunn.kernel.models import ActorKind, StateChange
from grobunn.ui.dates import moment


@dataclass(frozen=True)
class LifeEntry:
    """One step as it is told. Takes: words, what somebody wrote."""

    at: datetime
    sentence: str
    words: str


def life_in_words(changes: Sequence[StateChange]) -> list[LifeEntry]:
    """Steps in sentences, oldest first; one SQL for the names, none for no steps."""
    names = dict(
        User.objects.filter(pk__in={change.actor_id for change in changes if change.actor_id}).values_list("pk", "name")
        if changes
        else ()
    )
    return [
        LifeEntry(
            at=change.at,
            sentence=_sentence(change, _who(change, names)),
            words=change.reason,
        )
        for change in changes
    ]


def _who(change: StateChange, names: Mapping[UUID, str]) -> str:
    if change.actor_kind == ActorKind.SYSTEM:
        return "Grobunn"
    known = names.get(change.actor_id) if change.actor_id is not None else None
    return known or _("A former user")


def _sentence(change: StateChange, who: str) -> str:
    if change.edge == "schedule":
        at = datetime.fromisoformat(change.data["publish_at"])
        return _("%(who)s decided that it goes out %(when)s.") % {"who": who, "when": moment(at)}
    return _SENTENCES[change.edge]() % {"who": who}


# Asked when it is told, in the reader's language.
_SENTENCES: dict[str, Callable[[], str]] = {
    "create": lambda: _("%(who)s began to write."),
    "hand_in": lambda: _("%(who)s handed it in to the editor."),
    "send_back": lambda: _("%(who)s sent it back to the author."),
    "unschedule": lambda: _("%(who)s made it a draft again."),
    "publish": lambda: _("%(who)s published it."),
    "go_out": lambda: _("%(who)s published it at the time that was chosen."),
    "withdraw": lambda: _("%(who)s took it down."),
    "undo": lambda: _("%(who)s took the last step back."),
}
