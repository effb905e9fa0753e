"""Makes programmes, cohorts and gatherings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django_scopes import scope

from grobunn.kernel import events, ids, permissions, slugs, statemachine
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import Municipality
from grobunn.programmes.events import GatheringChanged
from grobunn.programmes.models import Cohort, Day, Gathering, Programme
from grobunn.programmes.states import COHORT_MACHINE


@dataclass(frozen=True)
class DayGiven:
    """A day of a gathering."""

    on: date
    starts: time
    ends: time


def make_programme(
    municipality: Municipality, *, name: str, actor: Actor, key: UUID | None = None, **fields: Any
) -> Programme:
    """Make a programme. Sent twice with the same key, it is made once.

    Takes:  fields, of `Programme`.
    Raises: PermissionDenied.
    """
    permissions.check("programmes.run", actor, municipality)
    with transaction.atomic(), scope(municipality=municipality.pk):
        Municipality.objects.select_for_update().get(pk=municipality.pk)
        known = Programme.objects.filter(key=key).first() if key else None
        if known is not None:
            return known
        taken = set(Programme.objects.values_list("slug", flat=True))
        slug = _slug(name, taken=taken, otherwise="program")
        return Programme.objects.create(
            municipality=municipality, name=name.strip(), slug=slug, key=key, made_by_id=actor.pk, **fields
        )


def make_cohort(programme: Programme, *, name: str, actor: Actor, key: UUID | None = None, **fields: Any) -> Cohort:
    """Make a cohort of a programme. Sent twice with the same key, it is made once.

    Takes:   fields, of `Cohort`.
    Raises:  PermissionDenied.
    Effects: row, history.
    """
    permissions.check("programmes.run", actor, programme)
    with transaction.atomic(), scope(municipality=programme.municipality_id):
        Programme.objects.select_for_update().get(pk=programme.pk)
        known = Cohort.objects.filter(key=key).first() if key else None
        if known is not None:
            return known
        taken = set(Cohort.objects.filter(programme=programme).values_list("slug", flat=True))
        cohort = Cohort.objects.create(
            id=ids.new_id(),
            municipality_id=programme.municipality_id,
            programme=programme,
            name=name.strip(),
            slug=_slug(name, taken=taken, otherwise="kull"),
            key=key,
            made_by_id=actor.pk,
            **fields,
        )
        statemachine.record_change(COHORT_MACHINE, cohort, edge_name="create", to_state=cohort.state, actor=actor)
    return cohort


def add_gathering(
    cohort: Cohort, *, title: str, days: Sequence[DayGiven], actor: Actor, topic: str = "", **fields: Any
) -> Gathering:
    """Add a gathering after those that are there.

    Takes:   topic, the same across cohorts (None given: from the title); fields, of `Gathering`.
    Raises:  PermissionDenied; IntegrityError for two days of the same date, or a topic that the cohort has.
    Effects: rows, GatheringChanged.
    """
    permissions.check("programmes.run", actor, cohort)
    with transaction.atomic(), scope(municipality=cohort.municipality_id):
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        there = Gathering.objects.filter(cohort=cohort)
        gathering = Gathering.objects.create(
            municipality_id=cohort.municipality_id,
            cohort=cohort,
            position=there.count() + 1,
            topic=topic or _slug(title, taken=set(there.values_list("topic", flat=True)), otherwise="samling"),
            title=title.strip(),
            **fields,
        )
        Day.objects.bulk_create(
            Day(
                municipality_id=cohort.municipality_id, gathering=gathering, on=day.on, starts=day.starts, ends=day.ends
            )
            for day in days
        )
        events.publish(GatheringChanged(gathering_id=gathering.pk, municipality_id=cohort.municipality_id))
    return gathering


# What the pages of programmes and cohorts use themselves.
RESERVED_SLUGS = frozenset({"endre", "evalueringer", "fullforte", "kalender", "kursbevis", "mine", "ny", "svar"})


def _slug(words: str, *, taken: set[str], otherwise: str) -> str:
    start = slugs.beginning(words, length=60, otherwise=otherwise)
    return slugs.free(start, taken=taken, reserved=RESERVED_SLUGS)
