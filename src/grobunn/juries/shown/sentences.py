"""What results say, in sentences: who is first, what would change it, how strict each one is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grobunn.juries.models import Member
from grobunn.juries.queries.overview import name_of
from grobunn.juries.queries.results import Order, Results
from grobunn.juries.shown.numbers import NOTHING, figure, share

# A weight is at most so much: a greater change is none that anybody could make.
_HEAVIEST = 100


def who_is_first(results: Results) -> list[str]:
    """Who is first in either order, and whether the two are the same."""
    raw, adjusted = results.raw.winners, results.adjusted.winners
    if not raw:
        return []
    if raw == adjusted:
        said = [_first(results, raw, _("first both by the mean as given and adjusted for how strict each one is"))]
    else:
        said = [
            _first(results, raw, _("first by the mean as given")),
            _first(results, adjusted, _("first when adjusted for how strict each one is")),
        ]
    if results.is_complete:
        said.append(
            _("Everyone has scored everything, so being strict or mild counts the same for all: nothing is adjusted.")
        )
    return said


def how_sure(results: Results, *, ranking: str) -> str:
    """How often the winner of an order wins, when the scores are as uncertain as they look."""
    order = results.order(ranking)
    if len(order.winners) != 1 or np.isnan(order.stability.first[order.winners[0]]):
        return ""
    winner = order.winners[0]
    return _(
        "If the scores were drawn anew many times, as uncertain as they are, “%(title)s” would come first in %(share)s."
    ) % {
        "title": results.entries[winner].title,
        "share": share(order.stability.first[winner]),
    }


def what_changes_the_winner(results: Results, *, ranking: str) -> list[str]:
    """The least change of each criterion's weight that gives another winner; the others as they are."""
    order = results.order(ranking)
    if len(order.winners) != 1:
        return []
    said = [_turn(results, order, place) for place, turn in enumerate(order.turns) if abs(turn.change) <= _HEAVIEST]
    return said or [_("No change of the weight of one criterion alone gives another winner.")]


def why_not_corrected(results: Results) -> str:
    """Why entries are not compared across groups of jurors, "" where there is one group."""
    if results.found.groups < 2:
        return ""
    return _(
        "The members fall into %(count)s groups that share no entry. Within a group, how strict each one is has been "
        "adjusted for. Between the groups it cannot be: whether one group is stricter, or had weaker entries, looks "
        "the same. The order between them rests on the groups being equally strict."
    ) % {"count": results.found.groups}


def what_does_not_count(results: Results) -> str:
    """How many forms are half filled in, and so do not count; "" for none."""
    begun = ~np.isnan(results.scores).all(axis=2)
    half = int((begun & np.isnan(results.given)).sum())
    if not half:
        return ""
    words = ngettext(
        "%(count)d set of scores lacks a criterion, and does not count.",
        "%(count)d sets of scores lack a criterion, and do not count.",
        half,
    )
    return words % {"count": half}


@dataclass(frozen=True)
class Effect:
    """How much a juror gives, beside the others who scored the same."""

    name: str
    scored: int
    words: str
    error: str


def effects(results: Results, members: Mapping[UUID, Member]) -> list[Effect]:
    """Each juror's effect in words, by name: nobody is first or last."""
    found = [
        Effect(
            name=juror_name(members.get(juror)),
            scored=int((~np.isnan(results.given[:, column])).sum()),
            words=_effect(results.found.effects[column], results.found.effect_errors[column]),
            error=figure(results.found.effect_errors[column]),
        )
        for column, juror in enumerate(results.juror_ids)
    ]
    return sorted(found, key=lambda each: each.name)


def juror_name(member: Member | None) -> str:
    """What a juror is called; a dash where the account is gone."""
    return (name_of(member) if member is not None else "") or NOTHING


def _effect(effect: float, error: float) -> str:
    if np.isnan(effect):
        return _("shares no entry with others: nothing can be said")
    if np.isnan(error):
        return _("too few scores to say")
    amount = {"amount": figure(abs(effect), decimals=1)}
    if abs(effect) < 1.96 * error or amount["amount"] == figure(0, decimals=1):
        return _("no clear difference from the others")
    return (
        _("gives on average %(amount)s more") % amount if effect > 0 else _("gives on average %(amount)s less") % amount
    )


def _turn(results: Results, order: Order, place: int) -> str:
    turn = order.turns[place]
    criterion = results.criteria[turn.criterion]
    told = {
        "criterion": criterion.name,
        "new": _weight(float(criterion.weight) + turn.change),
        "amount": _weight(abs(turn.change)),
        "title": results.entries[turn.entry].title,
    }
    if turn.change > 0:
        words = _(
            "If “%(criterion)s” weighed more than %(new)s (%(amount)s more than now), “%(title)s” would be first."
        )
    else:
        words = _(
            "If “%(criterion)s” weighed less than %(new)s (%(amount)s less than now), “%(title)s” would be first."
        )
    return words % told


def _weight(value: float) -> str:
    return str(number_format(round(value + 0.0, 2), 2)).rstrip("0").rstrip(",.") or "0"


def _first(results: Results, winners: Sequence[int], what: str) -> str:
    titles = [_("“%(title)s”") % {"title": results.entries[row].title} for row in winners]
    if len(titles) == 1:
        return _("%(title)s is %(what)s.") % {"title": titles[0], "what": what}
    if len(titles) > 5:
        return _("%(count)s entries are equally %(what)s.") % {"count": len(titles), "what": what}
    return _("%(titles)s are equally %(what)s.") % {"titles": ", ".join(titles), "what": what}
