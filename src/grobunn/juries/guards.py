"""What must be so before a panel takes a step. Each names what is missing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grobunn.kernel.statemachine import TransitionRefused

if TYPE_CHECKING:
    from grobunn.juries.models import Panel


class NotReady(TransitionRefused):
    """Something is missing; each sentence of `missing` says what."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = tuple(missing)


def is_composed(panel: "Panel", given: Mapping[str, Any]) -> None:
    """A chair, somebody else who scores, a criterion and an entry. Raises: NotReady."""
    _refuse(composition_lacks(panel))


def can_be_judged(panel: "Panel", given: Mapping[str, Any]) -> None:
    """Every entry has at least one impartial member. Raises: NotReady."""
    from grobunn.juries.queries.standing import entries_nobody_may_judge  # noqa: PLC0415 -- guards stand below models

    left = entries_nobody_may_judge(panel)
    if left:
        names = ", ".join(entry.title for entry in left)
        raise NotReady([_("Nobody has declared to be impartial for: %(entries)s.") % {"entries": names}])


def can_be_ranked_so(panel: "Panel", given: Mapping[str, Any]) -> None:
    """The order can be computed from what the panel was asked for. Raises: NotReady."""
    from grobunn.juries.states import Ranking  # noqa: PLC0415 -- guards stand below states

    if given.get("ranking") not in Ranking.offered(is_pairwise=panel.is_pairwise):
        _refuse([_("That order cannot be made here: the panel gave something else. Choose another one.")])


def is_decided(panel: "Panel", given: Mapping[str, Any]) -> None:
    """The order that counts is confirmed, and every entry has an outcome with reasons. Raises: NotReady."""
    from grobunn.juries.models import Entry  # noqa: PLC0415 -- guards stand below models
    from grobunn.juries.occasions import occasion_of  # noqa: PLC0415 -- guards stand below models

    missing = []
    if not panel.ranking:
        missing.append(_("Confirm first which order counts."))
    left = Entry.objects.judged().filter(panel=panel).filter(outcome="").count()
    if left:
        missing.append(
            ngettext("%(count)d entry has no outcome yet.", "%(count)d entries have no outcome yet.", left)
            % {"count": left}
        )
    left = Entry.objects.judged().filter(panel=panel).exclude(outcome="").filter(reasons="").count()
    if left:
        missing.append(
            ngettext("%(count)d entry has no reasons yet.", "%(count)d entries have no reasons yet.", left)
            % {"count": left}
        )
    _refuse([*missing, *map(str, occasion_of(panel).hindrances(panel))])


def has_given_feedback(panel: "Panel", given: Mapping[str, Any]) -> None:
    """Every entrant has been given feedback. Raises: NotReady."""
    from grobunn.juries.models import Entry  # noqa: PLC0415 -- guards stand below models

    left = Entry.objects.judged().filter(panel=panel).filter(feedback_at__isnull=True).count()
    if left:
        raise NotReady(
            [
                ngettext(
                    "%(count)d entrant has no feedback yet. Everybody is owed a few sentences.",
                    "%(count)d entrants have no feedback yet. Everybody is owed a few sentences.",
                    left,
                )
                % {"count": left}
            ]
        )


def composition_lacks(panel: "Panel") -> list[str]:
    """What a panel that is being prepared still lacks, in sentences."""
    from grobunn.juries.models import Criterion, Entry, Member  # noqa: PLC0415 -- guards stand below models
    from grobunn.juries.states import PanelPart  # noqa: PLC0415 -- the table of states stands on the guards

    parts = list(Member.objects.present().filter(panel=panel).values_list("part", flat=True))
    missing = []
    if PanelPart.CHAIR not in parts:
        missing.append(_("The panel has no chair yet."))
    if sum(part in (PanelPart.CHAIR, PanelPart.MEMBER) for part in parts) < 2:
        missing.append(_("A panel is at least two people who score."))
    if not Criterion.objects.filter(panel=panel).exists():
        missing.append(_("There are no criteria yet."))
    if not Entry.objects.judged().filter(panel=panel).exists():
        missing.append(_("There are no entries yet."))
    return missing


def _refuse(missing: list[str]) -> None:
    if missing:
        raise NotReady(missing)
