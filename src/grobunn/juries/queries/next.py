"""What comes next on a panel, for one reader: what is asked of them, and what the panel waits for."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grobunn.juries.addresses import page_of
from grobunn.juries.guards import composition_lacks
from grobunn.juries.models import Member, Panel
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.queries.assessing import conflicts_seen
from grobunn.juries.queries.comparing import to_compare
from grobunn.juries.queries.members import member_of
from grobunn.juries.queries.overview import members_in_order
from grobunn.juries.queries.progress import progress_of_members
from grobunn.juries.queries.scoring import progress_of
from grobunn.juries.queries.standing import members_who_declared
from grobunn.juries.states import OPEN, UNFINISHED, PanelState
from grobunn.kernel import permissions


@dataclass(frozen=True)
class Asked:
    """Something that the reader is asked to do. Takes: url, where; label, of the button."""

    words: str
    url: str
    label: str


@dataclass(frozen=True)
class Next:
    """What is asked of the reader, and sentences about what the panel waits for."""

    asked: tuple[Asked, ...]
    waits_for: tuple[str, ...]


def what_is_next(panel: Panel, reader: Any) -> Next:
    """What a reader is asked for, and what the panel waits for; nothing that tells of an entry."""
    return Next(asked=tuple(_asked(panel, reader)), waits_for=tuple(_waits_for(panel, reader)))


def _asked(panel: Panel, reader: Any) -> list[Asked]:
    member = member_of(panel, reader)
    asked = []
    if member is not None and panel.state in OPEN and not members_who_declared(panel, [member]):
        asked.append(
            Asked(
                words=_("Say for each entry whether you are impartial. You can open nothing before you have."),
                url=page_of(panel, "declare"),
                label=_("Declare your impartiality"),
            )
        )
    elif member is not None and panel.state == PanelState.SCORING:
        asked += _pairs_asked_of(member) if panel.is_pairwise else _scores_asked_of(member)
    waiting = [
        each for each in conflicts_seen(panel, reader) if each.may_assess and each.conflict.state == ConflictState.OPEN
    ]
    if waiting and panel.state in UNFINISHED:
        words = ngettext(
            "%(count)d possible conflict waits for the panel to assess it.",
            "%(count)d possible conflicts wait for the panel to assess them.",
            len(waiting),
        )
        asked.append(
            Asked(words=words % {"count": len(waiting)}, url=page_of(panel, "assess"), label=_("Assess impartiality"))
        )
    return asked


def _scores_asked_of(member: Member) -> list[Asked]:
    progress = progress_of(member)
    if progress.is_done:
        return []
    words = ngettext(
        "You have scored %(done)d of %(count)d entry.", "You have scored %(done)d of %(count)d entries.", progress.of
    )
    return [
        Asked(
            words=words % {"done": progress.done, "count": progress.of},
            url=page_of(member.panel, "scoring"),
            label=_("Give scores"),
        )
    ]


def _pairs_asked_of(member: Member) -> list[Asked]:
    asked = to_compare(member)
    if asked.done >= asked.of:
        return []
    words = _("You have compared %(done)d of %(count)d pairs.") % {"done": asked.done, "count": asked.of}
    return [Asked(words=words, url=page_of(member.panel, "compare"), label=_("Compare two at a time"))]


def _waits_for(panel: Panel, reader: Any) -> list[str]:
    if not permissions.is_allowed("juries.run", reader, panel):
        return []
    if panel.state == PanelState.PREPARING:
        return composition_lacks(panel)
    if panel.state == PanelState.DECLARING:
        members = members_in_order(panel)
        left = len(members) - len(members_who_declared(panel, members))
        if left:
            words = ngettext(
                "%(count)d on the panel has not declared yet.", "%(count)d on the panel have not declared yet.", left
            )
            return [words % {"count": left}]
    if panel.state == PanelState.SCORING and not panel.is_pairwise:
        return still_scoring(panel, reader)
    return []


def still_scoring(panel: Panel, reader: Any) -> list[str]:
    """How many have not scored all that is theirs, as far as the reader may know; nothing if everybody has."""
    left = sum(not each.progress.is_done for each in progress_of_members(panel, member_of(panel, reader)))
    words = ngettext(
        "%(count)d on the panel has not scored everything yet.",
        "%(count)d on the panel have not scored everything yet.",
        left,
    )
    return [words % {"count": left}] if left else []
