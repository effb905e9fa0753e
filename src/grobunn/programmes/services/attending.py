"""Marks of attendance: made on a device, with or without network, kept once each; the last made counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.kernel import clock, events, ids, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.devices import clock_offset
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.programmes.events import AttendanceChanged
from grobunn.programmes.models import Attendance, Cohort, Day, Enrolment, Gathering, Mark
from grobunn.programmes.models.attendance import Via
from grobunn.programmes.states import HOLDS_A_PLACE
from grobunn.programmes.wall import code_hours


class NotOnTheList(TransitionRefused):
    """A mark names somebody, or a day, that this list does not have."""


class CodeIsClosed(TransitionRefused):
    """The code on the wall is for the day itself."""


@dataclass(frozen=True)
class MarkGiven:
    """A mark as a device sends it. Takes: id, made on the device; made_at, by the device's clock."""

    id: UUID
    day_id: UUID
    enrolment_id: UUID
    is_present: bool
    made_at: datetime


@dataclass(frozen=True)
class Kept:
    """What became of marks, by id. Takes: kept, ours now or before; refused, not stored; made, how many were new;
    offset, how far the device's clock was behind ours, zero where it was right.
    """

    kept: tuple[UUID, ...]
    refused: tuple[UUID, ...]
    made: int
    offset: timedelta


def record_marks(cohort: Cohort, marks: Sequence[MarkGiven], *, sent_at: datetime, actor: Actor) -> int:
    """Keep marks that somebody made on a list of a cohort, all of them or none.

    Returns: how many were new.
    Raises:  NotOnTheList, and then none is kept; PermissionDenied.
    Effects: rows, AttendanceChanged.
    """
    with transaction.atomic():
        said = keep_marks(cohort, marks, sent_at=sent_at, actor=actor)
        if said.refused:
            raise NotOnTheList(_("This list has changed. Load the page again, then mark what is missing."))
    return said.made


def keep_marks(cohort: Cohort, marks: Iterable[MarkGiven], *, sent_at: datetime, actor: Actor) -> Kept:
    """Keep marks of a list, each by itself, guests from the programme's other cohorts included.

    Sent again, in another order or in parts, they say the same. Who has given up their place since the list was shown
    was still there: the mark is kept, and counts if they come back.

    Takes:   sent_at, when the device sent them by its own clock: what its clock is off is taken from the difference.
    Returns: what became of each; one for a day of another cohort, or somebody of another programme, is refused.
    Raises:  PermissionDenied.
    Effects: rows, AttendanceChanged.
    """
    permissions.check("programmes.facilitate", actor, cohort)
    received = clock.now()
    offset = clock_offset(received, sent_at)
    given = list({mark.id: mark for mark in marks}.values())
    with transaction.atomic(), scope(municipality=cohort.municipality_id):
        fitting = _fitting(cohort, given)
        rows = [
            Mark(
                id=mark.id,
                municipality_id=cohort.municipality_id,
                day_id=mark.day_id,
                enrolment_id=mark.enrolment_id,
                is_present=mark.is_present,
                via=Via.LIST,
                made_at=min(mark.made_at + offset, received),
                received_at=received,
                made_by_id=actor.pk,
            )
            for mark in fitting
        ]
        made = _kept(rows)
    ours = {mark.id for mark in fitting}
    return Kept(
        kept=tuple(mark.id for mark in given if mark.id in ours),
        refused=tuple(mark.id for mark in given if mark.id not in ours),
        made=made,
        offset=offset,
    )


def attend_by_code(day: Day, enrolment: Enrolment, *, actor: Actor) -> int:
    """Say that one is there, by the code on the wall. Repeated, or pressed twice, it changes nothing.

    Raises:  CodeIsClosed, NotOnTheList; PermissionDenied.
    Effects: row, AttendanceChanged.
    """
    permissions.check("programmes.answer", actor, enrolment)
    now = clock.now()
    if day.gathering.cancelled_at is not None:
        raise CodeIsClosed(_("This gathering is cancelled."))
    opens, closes = code_hours(day)
    if not opens <= now <= closes:
        raise CodeIsClosed(
            _("This code is for the day itself. Ask whoever leads the gathering to put you on the list.")
        )
    with transaction.atomic(), scope(municipality=day.municipality_id):
        # One press at a time for each person, and a place that was given up a moment ago is seen.
        locked = Enrolment.objects.select_for_update(of=("self",), no_key=True).select_related("cohort")
        place = locked.get(pk=enrolment.pk)
        if place.state not in HOLDS_A_PLACE or place.cohort.programme_id != day.gathering.cohort.programme_id:
            raise NotOnTheList(
                _("You have no place in this programme. Ask whoever leads the gathering to put you on the list.")
            )
        if Attendance.objects.filter(day=day, enrolment=place, is_present=True).exists():
            return 0
        mark = Mark(
            id=ids.new_id(),
            municipality_id=day.municipality_id,
            day=day,
            enrolment=place,
            is_present=True,
            via=Via.CODE,
            made_at=now,
            received_at=now,
            made_by_id=actor.pk,
        )
        return _kept([mark])


def renew_code(gathering: Gathering, *, actor: Actor) -> None:
    """Let the codes of a gathering's days be others: those on a wall or in a picture stop working at once.

    Raises:  PermissionDenied.
    Effects: row.
    """
    permissions.check("programmes.facilitate", actor, gathering.cohort)
    with scope(municipality=gathering.municipality_id):
        Gathering.objects.filter(pk=gathering.pk).update(code_secret=ids.new_secret()[:40])


def _fitting(cohort: Cohort, marks: Sequence[MarkGiven]) -> list[MarkGiven]:
    """The marks for a day of the cohort and somebody of its programme."""
    days = set(Day.objects.filter(gathering__cohort=cohort).values_list("pk", flat=True))
    wanted = {mark.enrolment_id for mark in marks}
    known = Enrolment.objects.filter(pk__in=wanted, cohort__programme_id=cohort.programme_id)
    people = set(known.values_list("pk", flat=True))
    return [mark for mark in marks if mark.day_id in days and mark.enrolment_id in people]


def _kept(rows: Sequence[Mark]) -> int:
    """Keep what is new, and let the last made of each person and day count."""
    known = set(Mark.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    new = {row.pk: row for row in rows if row.pk not in known}
    # In one order for everybody, so that two devices never wait for each other in a ring.
    made = Mark.objects.bulk_create(new.values(), ignore_conflicts=True)
    for day_id, enrolment_id in sorted({(row.day_id, row.enrolment_id) for row in made}):
        _settle(day_id, enrolment_id)
    for municipality_id, enrolment_id in {(row.municipality_id, row.enrolment_id) for row in made}:
        events.publish(AttendanceChanged(enrolment_id=enrolment_id, municipality_id=municipality_id))
    return len(made)


def _settle(day_id: UUID, enrolment_id: UUID) -> None:
    """Write down what the last mark says; the same, whatever order the marks came in."""
    Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrolment_id)
    last = Mark.objects.filter(day_id=day_id, enrolment_id=enrolment_id).order_by("-made_at", "-id").first()
    if last is None:
        return
    Attendance.objects.update_or_create(
        day_id=day_id,
        enrolment_id=enrolment_id,
        defaults={
            "municipality_id": last.municipality_id,
            "is_present": last.is_present,
            "made_at": last.made_at,
            "mark_id": last.pk,
        },
    )
