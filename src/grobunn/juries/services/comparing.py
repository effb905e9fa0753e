"""Which of two a member finds better: kept once by its id, and what was said last can be taken back.

Answers are given on a device, which may be without network, like taps (`services/scoring.py`): what they come to is
decided by when they were given, not by when they came.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import scope, scopes_disabled

from grobunn.juries.models import Comparison, Entry, Member, Panel
from grobunn.juries.queries.scoring import SETTLED, Window, entries_to_score, scoring_windows, window_at
from grobunn.juries.services.composing import locked
from grobunn.juries.services.scoring import Recorded
from grobunn.juries.states import PanelState
from grobunn.kernel import clock, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.devices import clock_offset
from grobunn.kernel.statemachine import TransitionRefused

Pair = tuple[UUID, UUID]


class NotComparedNow(TransitionRefused):
    """The pair is not the member's to compare, or the panel does not compare."""


@dataclass(frozen=True)
class AnswerGiven:
    """An answer as it was sent. Takes: better, one of the pair, None where they are equally good; made_at, by the
    device's clock.
    """

    id: UUID
    pair: Pair
    better: UUID | None
    made_at: datetime


@dataclass(frozen=True)
class AnswerTakenBack:
    """That an answer is not to count any more, as it was sent. Takes: answer_id, which."""

    id: UUID
    answer_id: UUID
    made_at: datetime


@dataclass(frozen=True)
class _Moment:
    """When something came. Takes: offset, how far the device's clock was behind; windows, when what is given counts."""

    received_at: datetime
    offset: timedelta
    windows: Sequence[Window]

    def of(self, made_at: datetime) -> datetime:
        return min(made_at + self.offset, self.received_at)

    def is_open_at(self, made_at: datetime) -> bool:
        return window_at(self.windows, made_at) is not None


def compare(member: Member, pair: Pair, *, better: UUID | None, key: UUID, actor: Actor) -> Comparison:
    """Keep an answer given on the page. Sent twice, it is kept once.

    Takes:   pair, ids of two entries; better, one of them, None where they are equally good; key, made with the page.
    Raises:  NotComparedNow, CompositionClosed; PermissionDenied.
    Effects: row.
    """
    panel = member.panel
    permissions.check("juries.declare", actor, panel)
    answer = AnswerGiven(id=key, pair=pair, better=better, made_at=clock.now())
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, PanelState.SCORING)
        if member.user_id != actor.pk or not _fitting(member, [answer]):
            raise NotComparedNow(_("These two are not for you to compare any more. Here are the next ones."))
        moment = _Moment(answer.made_at, timedelta(), _counting(panel))
        kept = _kept(member, [answer], moment)
        if not kept:
            raise NotComparedNow(_("These two are not for you to compare any more. Here are the next ones."))
    return kept[0]


def record_answers(
    member: Member, given: Iterable[AnswerGiven | AnswerTakenBack], *, sent_at: datetime | None = None
) -> Recorded:
    """Keep what a member's device sends. Sent again, in another order or in parts, it comes to the same.

    Takes:   sent_at, when the device sent it by its own clock.
    Returns: what became of each. Answers about what is not the member's to compare are refused, whatever the reason in
             the same way; so is taking back what is not there.
    Effects: rows. Of several answers about the same two, the one given last counts.
    """
    received_at = clock.now()
    offset = clock_offset(received_at, sent_at)
    sent = {each.id: each for each in given}
    answers = [each for each in sent.values() if isinstance(each, AnswerGiven)]
    taken_back = [each for each in sent.values() if isinstance(each, AnswerTakenBack)]
    with transaction.atomic(), scope(municipality=member.municipality_id):
        member.panel = Panel.objects.select_for_update(no_key=True).get(pk=member.panel_id)
        moment = _Moment(received_at, offset, _counting(member.panel))
        rows = _kept(member, _fitting(member, answers), moment)
        kept = {row.pk for row in rows} | _taken_back(member, taken_back, moment)
    return Recorded(
        kept=tuple(each for each in sent if each in kept),
        void=tuple(row.pk for row in rows if not moment.is_open_at(row.made_at)),
        refused=tuple(each for each in sent if each not in kept),
        offset=offset,
    )


def take_back_last(member: Member, *, actor: Actor) -> bool:
    """Let a member's last answer not count; it stays in the record. Returns: whether there was one.

    Raises: CompositionClosed; PermissionDenied.
    """
    panel = member.panel
    permissions.check("juries.declare", actor, panel)
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, PanelState.SCORING)
        own = Comparison.objects.filter(member=member, member__user_id=actor.pk, counts=True)
        last = own.order_by("-made_at", "-pk").first()
        if last is None:
            return False
        Comparison.objects.filter(pk=last.pk).update(counts=False)
    return True


def _fitting(member: Member, answers: Sequence[AnswerGiven]) -> list[AnswerGiven]:
    """The answers about two that are the member's to compare."""
    if not member.panel.is_pairwise:
        return []
    named = {entry for each in answers for entry in each.pair}
    theirs = set(entries_to_score(member).filter(pk__in=named).values_list("pk", flat=True))
    return [
        each
        for each in answers
        if set(each.pair) <= theirs and len(set(each.pair)) == 2 and each.better in (*each.pair, None)
    ]


def _counting(panel: Panel) -> Sequence[Window]:
    """The times in which answers count, none once it is decided."""
    return () if panel.state in SETTLED else scoring_windows(panel)


def _kept(member: Member, answers: Sequence[AnswerGiven], moment: _Moment) -> list[Comparison]:
    """The rows of these answers: those that were there, and the new ones, in the order in which they were given."""
    with scopes_disabled():
        known = {row.pk: row for row in Comparison.objects.filter(pk__in=[each.id for each in answers])}
    rows = [row for row in known.values() if row.member_id == member.pk]
    new = sorted((each for each in answers if each.id not in known), key=lambda each: (each.made_at, each.id))
    return rows + [_new(member, each, moment) for each in new]


def _new(member: Member, answer: AnswerGiven, moment: _Moment) -> Comparison:
    left, right = answer.pair
    made_at = moment.of(answer.made_at)
    same = Comparison.objects.filter(member=member).filter(Q(left=left, right=right) | Q(left=right, right=left))
    is_last = not same.filter(Q(made_at__gt=made_at) | Q(made_at=made_at, pk__gt=answer.id)).exists()
    counts = is_last and moment.is_open_at(made_at)
    if counts:
        same.filter(counts=True).update(counts=False)
    return Comparison.objects.create(
        pk=answer.id,
        municipality_id=member.municipality_id,
        panel_id=member.panel_id,
        member=member,
        left=Entry(pk=left),
        right=Entry(pk=right),
        better_id=answer.better,
        made_at=made_at,
        received_at=moment.received_at,
        counts=counts,
    )


def _taken_back(member: Member, sent: Sequence[AnswerTakenBack], moment: _Moment) -> set[UUID]:
    """Let answers not count any more. Returns: the ids of those that named an answer of the member's."""
    own = Comparison.objects.filter(member=member)
    there = set(own.filter(pk__in=[each.answer_id for each in sent]).values_list("pk", flat=True))
    in_time = [each.answer_id for each in sent if moment.is_open_at(moment.of(each.made_at))]
    own.filter(pk__in=in_time, counts=True).update(counts=False)
    return {each.id for each in sent if each.answer_id in there}
