"""Writes who is away when, and who stands in."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.kernel import audit, clock, events
from grobunn.kernel.actors import Actor
from grobunn.organisations import queries
from grobunn.organisations.errors import AwayAlready, EndsBeforeStart, StandInUnfit
from grobunn.organisations.events import AbsenceSet
from grobunn.organisations.models import Absence, Municipality


def set_absence(
    municipality: Municipality,
    *,
    user: User,
    stand_in: User | None,
    from_on: date,
    to_on: date,
    actor: Actor,
) -> Absence:
    """Say that somebody is away, and who stands in (None: the innovation adviser).

    Raises:  EndsBeforeStart, StandInUnfit, AwayAlready.
    Effects: row, audit; AbsenceSet at once if it has begun, else by the daily job.
    """
    if to_on < from_on:
        raise EndsBeforeStart
    if stand_in is not None and (stand_in == user or not queries.is_member(stand_in, municipality.pk)):
        raise StandInUnfit
    absence = Absence(municipality=municipality, user=user, stand_in=stand_in, from_on=from_on, to_on=to_on)
    with transaction.atomic(), scope(municipality=municipality.pk):
        try:
            with transaction.atomic():
                absence.save(force_insert=True)
        except IntegrityError as error:
            raise AwayAlready from error
        _record("organisations.set_absence", absence, actor)
        if from_on <= clock.today() <= to_on:
            tell_absence(absence)
    if stand_in is not None:
        queries.forget_roles(stand_in)
    return absence


def end_absence(absence: Absence, *, actor: Actor) -> None:
    """Say that somebody is back: the absence ends yesterday, or is removed if it had not begun before today.

    Effects: row, audit.
    """
    today = clock.today()
    with transaction.atomic(), scope(municipality=absence.municipality_id):
        _record("organisations.end_absence", absence, actor)
        if absence.from_on >= today:
            absence.delete()
        else:
            absence.to_on = today - timedelta(days=1)
            absence.save(update_fields=["to_on"])
    if absence.stand_in is not None:
        queries.forget_roles(absence.stand_in)


def tell_absence(absence: Absence) -> None:
    """Tell that an absence has begun, once. Effects: row, AbsenceSet."""
    claimed = Absence.objects.filter(pk=absence.pk, is_told=False).update(is_told=True)
    if not claimed:
        return
    absence.is_told = True
    events.publish(
        AbsenceSet(
            municipality_id=absence.municipality_id,
            user_id=absence.user_id,
            stand_in_id=absence.stand_in_id,
            from_on=absence.from_on,
            to_on=absence.to_on,
        )
    )


def _record(action: str, absence: Absence, actor: Actor) -> None:
    audit.record(
        action,
        actor=actor,
        subject=absence,
        municipality_id=absence.municipality_id,
        data={"user": str(absence.user_id), "stand_in": str(absence.stand_in_id or "")},
    )
