"""The short report: three fields, a colour and a sentence; and the day of the next one."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from grobunn.initiatives.events import Reported
from grobunn.initiatives.models import Initiative, Report
from grobunn.initiatives.services.parts import check_underway, refuse_identity_numbers
from grobunn.kernel import clock, events, ids, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import TransitionRefused

MOST_WEEKS = 12
# What the calendar has said of the report that came.
_NO_NUDGES = {"report_reminded_at": None, "report_missed_at": None, "report_escalated_at": None}


class WeeksUnknown(TransitionRefused):
    """A rhythm of reports that is not from 1 to 12 weeks, or none."""


@dataclass(frozen=True)
class Told:
    """What somebody reports. Takes: signal, a code of `Signal`; status, how it goes in one sentence."""

    done: str
    next: str
    in_the_way: str
    signal: str
    status: str

    def stripped(self) -> dict[str, str]:
        """As it is kept."""
        return {name: value.strip() for name, value in vars(self).items()}


def report(initiative: Initiative, *, told: Told, key: UUID | None = None, actor: Actor) -> Report:
    """Report on an initiative: its status is the report's from now on, and the next one is due so many weeks ahead.

    Sent twice with the same key it is kept once. One that comes before its day counts for that day, if no more than
    half of the time between two is left.

    Raises:  HasEnded, PermissionDenied, ValidationError for a national identity number.
    Effects: rows, Reported.
    """
    permissions.check("initiatives.work", actor, initiative)
    check_underway(initiative)
    fields = told.stripped()
    refuse_identity_numbers(fields)
    with transaction.atomic():
        locked = Initiative.objects.select_for_update().get(pk=initiative.pk)
        known = Report.objects.filter(key=key, initiative=initiative).first() if key else None
        if known is not None:
            return known
        kept = _kept(locked, fields, key=key or ids.new_id(), actor=actor)
        now = clock.now()
        status = {"signal": fields["signal"], "status": fields["status"], "status_at": now}
        due = {} if kept.due_on is None else {"report_due_on": next_due(locked, after=clock.today()), **_NO_NUDGES}
        Initiative.objects.filter(pk=initiative.pk).update(**status, **due)
        events.publish(
            Reported(initiative_id=initiative.pk, municipality_id=initiative.municipality_id, report_id=kept.pk)
        )
    for name, value in {**status, **due}.items():
        setattr(initiative, name, value)
    return kept


def change_rhythm(initiative: Initiative, *, weeks: int, actor: Actor) -> None:
    """Say how many weeks there are between reports; 0 asks for none. Safe to repeat.

    Raises:  WeeksUnknown, HasEnded, PermissionDenied.
    Effects: row.
    """
    permissions.check("initiatives.work", actor, initiative)
    check_underway(initiative)
    if not 0 <= weeks <= MOST_WEEKS:
        raise WeeksUnknown(_("Choose from 1 to %(most)s weeks, or no reports.") % {"most": MOST_WEEKS})
    if weeks == initiative.report_weeks:
        return
    initiative.report_weeks = weeks
    initiative.report_due_on = next_due(initiative, after=clock.today())
    Initiative.objects.filter(pk=initiative.pk).update(
        report_weeks=weeks, report_due_on=initiative.report_due_on, **_NO_NUDGES
    )


def next_due(initiative: Initiative, *, after: date) -> date | None:
    """The day of the next report; None where none is asked for. Before work begins nothing is due."""
    if not initiative.report_weeks:
        return None
    return max(after, initiative.first_quarter_on) + timedelta(weeks=initiative.report_weeks)


def _kept(initiative: Initiative, fields: dict[str, str], *, key: UUID, actor: Actor) -> Report:
    row = Report(
        municipality_id=initiative.municipality_id,
        initiative_id=initiative.pk,
        key=key,
        due_on=_day_met(initiative),
        made_by_id=actor.pk,
        **fields,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # Its day is met already: the rhythm was changed back and forth. It is one between.
        row.due_on = None
        row.save(force_insert=True)
    return row


def _day_met(initiative: Initiative) -> date | None:
    """The day that a report of today is for; None for one between."""
    due = initiative.report_due_on
    if due is None:
        return None
    early = timedelta(weeks=initiative.report_weeks) / 2
    return due if due - clock.today() <= early else None
