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
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.programmes.events import AttendanceChanged
from grobunn.programmes.models import Attendance, Cohort, Day, Enrolment, Mark
from grobunn.programmes.models.attendance import Via

# The code on the wall may be used from so long before the day begins.
CODE_OPENS = timedelta(hours=1)


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


def record_marks(cohort: Cohort, marks: Sequence[MarkGiven], *, sent_at: datetime, actor: Actor) -> int:
    """Keep marks that somebody made on a list of a cohort, guests from the programme's other cohorts included.

    Takes:   sent_at, the device's clock when it sent them: what it differs from ours is taken off every mark.
    Returns: how many were new.
    Raises:  NotOnTheList, and then none is kept; PermissionDenied.
    Effects: rows, AttendanceChanged.
    """
    permissions.check("programmes.facilitate", actor, cohort)
    received = clock.now()
    with transaction.atomic(), scope(municipality=cohort.municipality_id):
        _check(cohort, marks)
        rows = [
            Mark(
                id=mark.id,
                municipality_id=cohort.municipality_id,
                day_id=mark.day_id,
                enrolment_id=mark.enrolment_id,
                is_present=mark.is_present,
                via=Via.LIST,
                made_at=min(mark.made_at + (received - sent_at), received),
                received_at=received,
                made_by_id=actor.pk,
            )
            for mark in marks
        ]
        return _kept(rows)


def attend_by_code(day: Day, enrolment: Enrolment, *, actor: Actor) -> int:
    """Say that one is there, by the code on the wall. Repeated, it changes nothing.

    Raises:  CodeIsClosed, NotOnTheList; PermissionDenied.
    Effects: row, AttendanceChanged.
    """
    permissions.check("programmes.answer", actor, enrolment)
    now = clock.now()
    begins = clock.at(day.on, day.starts) - CODE_OPENS
    if not begins <= now <= clock.at(day.on, day.ends):
        raise CodeIsClosed(
            _("This code is for the day itself. Ask whoever leads the gathering to put you on the list.")
        )
    with transaction.atomic(), scope(municipality=day.municipality_id):
        cohort = Cohort.objects.get(pk=day.gathering.cohort_id)
        mark = MarkGiven(ids.new_id(), day.pk, enrolment.pk, is_present=True, made_at=now)
        _check(cohort, [mark])
        if Attendance.objects.filter(day=day, enrolment=enrolment, is_present=True).exists():
            return 0
        return _kept(
            [
                Mark(
                    id=mark.id,
                    municipality_id=day.municipality_id,
                    day=day,
                    enrolment=enrolment,
                    is_present=True,
                    via=Via.CODE,
                    made_at=now,
                    received_at=now,
                    made_by_id=actor.pk,
                )
            ]
        )


def _check(cohort: Cohort, marks: Iterable[MarkGiven]) -> None:
    """Raises: NotOnTheList for a day of another cohort, or somebody of another programme."""
    days = set(Day.objects.filter(gathering__cohort=cohort).values_list("pk", flat=True))
    people = {mark.enrolment_id for mark in marks}
    known = Enrolment.objects.filter(pk__in=people, cohort__programme_id=cohort.programme_id)
    if known.count() != len(people) or any(mark.day_id not in days for mark in marks):
        raise NotOnTheList(_("This list has changed. Load the page again, then mark what is missing."))


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
