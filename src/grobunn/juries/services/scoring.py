"""Keeps what members give: every tap once, whatever order it comes in, and the scores that follow.

Taps are made on a device, which may be without network, and sent when it can. A tap is stored once by its id and never
edited. Which one counts is decided by when it was made; so the same taps give the same scores however they travelled.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django_scopes import scope, scopes_disabled

from grobunn.juries.events import ScoresChanged
from grobunn.juries.models import Criterion, Entry, Member, Panel, Score, Tap
from grobunn.juries.models.scores import NOTE_LENGTH
from grobunn.juries.queries.scoring import SETTLED, entries_to_score, scoring_windows, window_at
from grobunn.juries.states import PanelState
from grobunn.kernel import clock, events
from grobunn.kernel.devices import clock_offset


@dataclass(frozen=True)
class TapGiven:
    """A tap as it was sent.

    Takes: criterion, its code, empty for a note on the whole entry; value or note, one of them; made_at, by the
           device's clock.
    """

    id: UUID
    entry_id: UUID
    made_at: datetime
    criterion: str = ""
    value: int | None = None
    note: str | None = None


@dataclass(frozen=True)
class Recorded:
    """What became of taps, by id. Takes: kept, ours now or before; void, those of the kept that change nothing;
    refused, not stored; offset, how far the device's clock was behind ours, zero where it was right.
    """

    kept: tuple[UUID, ...]
    void: tuple[UUID, ...]
    refused: tuple[UUID, ...]
    offset: timedelta


def record_taps(member: Member, taps: Iterable[TapGiven], *, sent_at: datetime | None = None) -> Recorded:
    """Keep a member's taps. Sent again, in another order or in parts, they give the same scores.

    Takes:   sent_at, when the device sent them by its own clock: what its clock is off is taken from the difference.
    Returns: what became of each. A tap for what is not the member's to score, or a figure that the criterion lacks, is
             refused, whatever the reason in the same way.
    Effects: rows, scores, ScoresChanged for each entry whose scores changed.
    """
    received_at = clock.now()
    offset = clock_offset(received_at, sent_at)
    given = list({tap.id: tap for tap in taps}.values())
    with transaction.atomic(), scope(municipality=member.municipality_id):
        panel = Panel.objects.select_for_update(no_key=True).get(pk=member.panel_id)
        member.panel = panel
        fitting = _fitting(member, given)
        made = _stored(panel, member, fitting, received_at=received_at, offset=offset)
        _settle(panel, member, {tap.entry_id for tap in made if tap.counts})
    ids = {tap.id for tap in made}
    return Recorded(
        kept=tuple(tap.id for tap in given if tap.id in ids),
        void=tuple(tap.id for tap in made if not tap.counts),
        refused=tuple(tap.id for tap in given if tap.id not in ids),
        offset=offset,
    )


def _fitting(member: Member, given: Sequence[TapGiven]) -> list[tuple[TapGiven, Criterion | None]]:
    """The taps for what is the member's to score, with figures that their criterion has."""
    wanted = {tap.entry_id for tap in given}
    theirs = set(entries_to_score(member).filter(pk__in=wanted).values_list("pk", flat=True))
    criteria = {each.code: each for each in Criterion.objects.filter(panel=member.panel)}
    return [
        (tap, criteria.get(tap.criterion))
        for tap in given
        if tap.entry_id in theirs and _is_sound(tap, criteria.get(tap.criterion))
    ]


def _is_sound(tap: TapGiven, criterion: Criterion | None) -> bool:
    if tap.criterion and criterion is None:
        return False
    if tap.note is not None:
        return tap.value is None and len(tap.note) <= NOTE_LENGTH and "\0" not in tap.note
    if criterion is None:
        return False
    return tap.value is None or criterion.lowest <= tap.value <= criterion.highest


def _stored(
    panel: Panel,
    member: Member,
    fitting: Sequence[tuple[TapGiven, Criterion | None]],
    *,
    received_at: datetime,
    offset: timedelta,
) -> list[Tap]:
    """The rows of these taps: those that were there, and the new ones."""
    windows = scoring_windows(panel)
    new = []
    for tap, criterion in fitting:
        tapped_at = min(tap.made_at + offset, received_at)
        window = window_at(windows, tapped_at)
        new.append(
            Tap(
                id=tap.id,
                municipality_id=member.municipality_id,
                member=member,
                entry_id=tap.entry_id,
                criterion=criterion,
                value=tap.value,
                note=tap.note,
                tapped_at=tapped_at,
                received_at=received_at,
                is_late=window is not None and window.closed_at is not None,
                counts=window is not None and panel.state not in SETTLED,
            )
        )
    Tap.objects.bulk_create(new, ignore_conflicts=True)
    with scopes_disabled():
        return list(Tap.objects.filter(pk__in=[tap.pk for tap in new], member=member))


def _settle(panel: Panel, member: Member, entries: set[UUID]) -> None:
    """Let the scores of some entries say what the last taps that count say."""
    wanted = _wanted(member, entries)
    known = {
        (score.entry_id, score.criterion_id): score for score in Score.objects.filter(member=member, entry__in=entries)
    }
    changed, new = [], []
    for key, fields in wanted.items():
        score = known.get(key)
        if score is None:
            score = Score(
                municipality_id=member.municipality_id, member=member, entry_id=key[0], criterion_id=key[1], **fields
            )
            new.append(score)
        elif any(getattr(score, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(score, name, value)
            changed.append(score)
    Score.objects.bulk_create(new)
    Score.objects.bulk_update(changed, ["value", "valued_at", "note", "noted_at"])
    for entry_id in sorted({score.entry_id for score in (*changed, *new)}):
        events.publish(ScoresChanged(panel_id=panel.pk, municipality_id=member.municipality_id, entry_id=entry_id))


def _wanted(member: Member, entries: set[UUID]) -> dict[tuple[UUID, UUID | None], dict[str, object]]:
    """By entry and criterion, what the last taps say; of two made at once, the one with the greater id."""
    wanted: dict[tuple[UUID, UUID | None], dict[str, object]] = {}
    taps = Tap.objects.filter(member=member, entry__in=entries, counts=True).order_by("tapped_at", "pk")
    for entry_id, criterion_id, value, note, at in taps.values_list(
        "entry_id", "criterion_id", "value", "note", "tapped_at"
    ):
        fields = wanted.setdefault((entry_id, criterion_id), {})
        if note is None:
            fields |= {"value": value, "valued_at": at}
        else:
            fields |= {"note": note, "noted_at": at}
    return wanted


def is_open_for_scores(panel: Panel) -> bool:
    """Whether scores are taken now."""
    return panel.state == PanelState.SCORING


def entry_to_score(member: Member, entry_id: UUID) -> Entry | None:
    """An entry that is the member's to score, None for every other."""
    with scope(municipality=member.municipality_id):
        return entries_to_score(member).filter(pk=entry_id).first()
