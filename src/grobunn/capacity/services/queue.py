"""The queue for capacity: who waits, since when, and for what; and calling whoever there is room for."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope, scopes_disabled

from grobunn.capacity.claims import Claim
from grobunn.capacity.errors import NothingAsked
from grobunn.capacity.events import RoomFound
from grobunn.capacity.models import Want, WantLine
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.queue import Served, serve, waiting_for
from grobunn.capacity.queries.room import Line
from grobunn.kernel import clock, events, jobs

# Whoever calls counts the whole queue: two at once would promise the same room twice. Any number that is ours alone.
_CALLING = 0x6361_7061


def join_queue(claim: Claim, *, lines: Sequence[Line]) -> Want:
    """Wait for room; asked again, the place is kept and the need is the new one.

    Takes:   lines, as they were refused; the first of them says from which quarter it wants to begin.
    Raises:  NothingAsked.
    Effects: rows.
    """
    asked = [line for line in lines if line.amount > 0]
    if not asked:
        raise NothingAsked(_("Say what help it needs, and how much: without that nobody can see when there is room."))
    first = min(line.quarter for line in asked)
    with transaction.atomic(), scope(municipality=claim.municipality_id):
        want, _made = Want.objects.update_or_create(
            claim_id=claim.id,
            defaults={
                "municipality_id": claim.municipality_id,
                "claim_sort": claim.sort,
                "first_quarter_on": first.first_day,
                "called_at": None,
                "called_for_on": None,
            },
        )
        WantLine.objects.filter(want=want).delete()
        WantLine.objects.bulk_create(_lines_of(want, asked, first=first))
    return want


def leave_queue(claim_id: UUID) -> None:
    """No longer wait; twice is the same as once. Effects: rows, job: the next may have room."""
    with transaction.atomic(), scopes_disabled():
        left = WantLine.objects.filter(want__claim_id=claim_id)
        source_ids = sorted({str(source_id) for source_id in left.values_list("source_id", flat=True)})
        Want.objects.filter(claim_id=claim_id).delete()
        if source_ids:
            jobs.defer("capacity.call_next", source_ids=source_ids)


def call_waiting(source_ids: Iterable[UUID]) -> list[Want]:
    """Call those that wait for some sources and that there is room for now, in the order of asking.

    The room is kept for them while the queue is counted, but not reserved: they begin, or leave the queue. Who was
    called for room that is gone again waits on in the old place. Run twice, it calls nobody twice.
    Returns: who was called.
    Effects: rows, RoomFound for each.
    """
    called: list[Want] = []
    with transaction.atomic(), scopes_disabled():
        _wait_for_other_callers()
        for served in serve(waiting_for(source_ids)):
            want = served.waiting.want
            if not served.has_room_now:
                _take_back(served)
            elif want.called_for_on is None or Quarter.of(want.called_for_on) != served.quarter:
                _call(served)
                called.append(want)
    return called


def call_all_waiting() -> list[Want]:
    """The same for everybody: a new quarter has come, or news was lost. Effects: as `call_waiting`."""
    with scopes_disabled():
        source_ids = set(WantLine.objects.values_list("source_id", flat=True).distinct())
    return call_waiting(source_ids)


def _wait_for_other_callers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CALLING])


def _call(served: Served) -> None:
    want, quarter = served.waiting.want, served.waiting.earliest
    is_there = Want.objects.filter(pk=want.pk).update(called_at=clock.now(), called_for_on=quarter.first_day)
    if is_there:
        events.publish(
            RoomFound(
                municipality_id=want.municipality_id,
                claim_sort=want.claim_sort,
                claim_id=want.claim_id,
                quarter=quarter.code,
            )
        )


def _take_back(served: Served) -> None:
    want = served.waiting.want
    if want.called_at is not None:
        Want.objects.filter(pk=want.pk, called_at=want.called_at).update(called_at=None, called_for_on=None)


def _lines_of(want: Want, lines: Sequence[Line], *, first: Quarter) -> list[WantLine]:
    """Two lines of one source and quarter are taken together."""
    summed: dict[tuple[UUID, int], WantLine] = {}
    for line in lines:
        place = (line.source.pk, line.quarter - first)
        if place in summed:
            summed[place].amount += line.amount
        else:
            summed[place] = WantLine(
                municipality_id=want.municipality_id,
                want=want,
                source=line.source,
                quarters_in=place[1],
                amount=line.amount,
            )
    return list(summed.values())
