"""Changes programmes and cohorts, and copies a cohort for the next run."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F, Min
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.kernel import clock, permissions, statemachine
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import SomebodyWasFirst
from grobunn.programmes.models import Cohort, Day, Facilitator, Gathering, Material, Programme, Session
from grobunn.programmes.services.enrolling import move_up
from grobunn.programmes.services.programmes import DayGiven, add_gathering, make_cohort
from grobunn.programmes.states import COHORT_MACHINE, COHORT_MESSAGES, TAKES_IN

T = TypeVar("T", Programme, Cohort)

_WAS_CHANGED = _("Somebody else changed it just before you. Look at what it says now, then write it again.")
# What a copy takes over from the gathering that it is of.
_COPIED = ("about", "is_about_innovation", "is_required", "place", "video_url", "places")
_RULES = ("places", "method", "method_edition", "needs_pitch", "most_missed_days", "takes_alumni")


def change(subject: T, *, version: int | None, actor: Actor, fields: Mapping[str, Any]) -> T:
    """Change what is said of a programme or a cohort.

    Takes:   version, what was read; None where the last word counts.
    Raises:  PermissionDenied, SomebodyWasFirst.
    Effects: row; of a cohort with more places, those in line move up.
    """
    permissions.check("programmes.run", actor, subject)
    kind = type(subject)
    with transaction.atomic(), scope(municipality=subject.municipality_id):
        rows: Any = kind._base_manager.filter(pk=subject.pk)
        if version is not None:
            rows = rows.filter(version=version)
        if not rows.update(version=F("version") + 1, **fields):
            raise SomebodyWasFirst(_WAS_CHANGED)
        subject.refresh_from_db()
        if isinstance(subject, Cohort) and subject.state in TAKES_IN:
            move_up(subject)
    return subject


def step(cohort: Cohort, edge: str, *, actor: Actor, reason: str = "") -> StateChange:
    """Take a step in the life of a cohort. Raises: TransitionRefused; PermissionDenied. Effects: row, history."""
    with transaction.atomic(), scope(municipality=cohort.municipality_id):
        changes = {"finished_at": clock.now()} if edge == "finish" else {"finished_at": None}
        done = statemachine.perform(
            COHORT_MACHINE, cohort, edge, actor=actor, messages=COHORT_MESSAGES, reason=reason, changes=changes
        )
        if cohort.state in TAKES_IN:
            move_up(cohort)
    return done


def copy_cohort(cohort: Cohort, *, name: str, begins_on: date, actor: Actor, key: UUID | None = None) -> Cohort:
    """Make the next run of a programme as this one was, with its first day on another date and all others after it.

    Gatherings keep their topics, so that one makes up for another. Who took part is not copied, nor what is cancelled.

    Raises:  PermissionDenied.
    Effects: rows, history.
    """
    rules = {field: getattr(cohort, field) for field in _RULES}
    with transaction.atomic(), scope(municipality=cohort.municipality_id):
        made = make_cohort(cohort.programme, name=name, actor=actor, key=key, **rules)
        if Gathering.objects.filter(cohort=made).exists():
            return made  # Sent twice.
        held = Gathering.objects.filter(cohort=cohort, cancelled_at=None)
        first = Day.objects.filter(gathering__in=held).aggregate(first=Min("on"))["first"]
        shift = begins_on - first if first else timedelta()
        for gathering in held:
            _copy_gathering(gathering, made, shift=shift, actor=actor)
    return made


def _copy_gathering(gathering: Gathering, cohort: Cohort, *, shift: timedelta, actor: Actor) -> None:
    days = list(Day.objects.filter(gathering=gathering))
    copied = {field: getattr(gathering, field) for field in _COPIED}
    copy = add_gathering(
        cohort,
        title=gathering.title,
        topic=gathering.topic,
        days=[DayGiven(on=day.on + shift, starts=day.starts, ends=day.ends) for day in days],
        actor=actor,
        **copied,
    )
    copies = {day.on: day for day in Day.objects.filter(gathering=copy)}
    for day in days:
        Session.objects.bulk_create(
            _again(session, day=copies[day.on + shift]) for session in Session.objects.filter(day=day)
        )
    Facilitator.objects.bulk_create(
        _again(each, gathering=copy) for each in Facilitator.objects.filter(gathering=gathering)
    )
    # Files stay with their gathering: links alone are taken along.
    Material.objects.bulk_create(
        _again(each, gathering=copy, key=None) for each in Material.objects.filter(gathering=gathering, file="")
    )


def _again(row: Any, **other: Any) -> Any:
    """The same row once more, belonging to something else."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name != "id" and field.name not in other
    }
    return type(row)(**kept, **other)
