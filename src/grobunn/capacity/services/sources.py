"""Sources of capacity: made, changed, shared with others, closed."""

import hashlib
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.capacity.models import Share, Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.services.declare import declare
from grobunn.capacity.services.reserve import lock_sources
from grobunn.kernel import audit, clock, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import SomebodyWasFirst, TransitionRefused
from grobunn.organisations.models import Unit


class SourceNameTaken(TransitionRefused):
    """The unit has a source of that kind with that name already."""


def make_source(
    unit: Unit,
    *,
    kind: str,
    name: str,
    actor: Actor,
    is_shared: bool = False,
    amounts: Mapping[Quarter, Decimal] | None = None,
    key: UUID | None = None,
) -> Source:
    """Begin a source of a unit's capacity. Sent twice under the same key, it is made once.

    Raises:  SourceNameTaken, PermissionDenied.
    Effects: row, audit, what declaring does.
    """
    source = Source(municipality_id=unit.municipality_id, unit=unit, kind=kind, name=name.strip(), is_shared=is_shared)
    permissions.check("capacity.declare", actor, source)
    with transaction.atomic(), scope(municipality=unit.municipality_id):
        known = Source.objects.filter(key=key).select_related("unit", "municipality").first() if key else None
        if known is not None:
            return known
        source.key = key or source.key
        _write(source)
        _record("capacity.make_source", source, actor=actor, data={"kind": kind, "unit": str(unit.pk)})
        if amounts:
            declare(source, amounts=amounts, actor=actor)
    return source


def change_source(source: Source, *, name: str, is_shared: bool, seen: str, actor: Actor) -> None:
    """Give a source another name, or let the whole municipality draw on it. What is held of it stays.

    Takes:   seen, `mark_of` what the one who changes it has read.
    Raises:  SourceNameTaken, SomebodyWasFirst, PermissionDenied.
    Effects: row, audit.
    """
    permissions.check("capacity.declare", actor, source)
    with transaction.atomic(), scope(municipality=source.municipality_id):
        _read_under_lock(source, seen=seen)
        source.name, source.is_shared = name.strip(), is_shared
        _write(source, update_fields=["name", "is_shared"])
        _record("capacity.change_source", source, actor=actor, data={"is_shared": is_shared})


def share_source(source: Source, *, guest_ids: Collection[UUID], seen: str, actor: Actor) -> None:
    """Let exactly these other municipalities draw on a source. What others hold already, they keep.

    Raises:  SomebodyWasFirst, PermissionDenied.
    Effects: rows, audit.
    """
    permissions.check("capacity.declare", actor, source)
    wanted = set(guest_ids) - {source.municipality_id}
    with transaction.atomic(), scope(municipality=source.municipality_id):
        _read_under_lock(source, seen=seen)
        shares = Share.objects.filter(source=source)
        present = set(shares.values_list("guest_id", flat=True))
        shares.exclude(guest_id__in=wanted).delete()
        Share.objects.bulk_create(
            Share(municipality_id=source.municipality_id, source=source, guest_id=guest_id)
            for guest_id in sorted(wanted - present)
        )
        if wanted != present:
            told = {"guests": sorted(str(guest_id) for guest_id in wanted)}
            _record("capacity.share_source", source, actor=actor, data=told)


def close_source(source: Source, *, actor: Actor) -> None:
    """Let nothing new be reserved of a source from today on. Twice is the same as once. Effects: row, audit."""
    _set_closed(source, clock.today(), "capacity.close_source", actor=actor)


def open_source(source: Source, *, actor: Actor) -> None:
    """Take the closing back. Twice is the same as once. Effects: row, audit."""
    _set_closed(source, None, "capacity.open_source", actor=actor)


def mark_of(source: Source) -> str:
    """What somebody who reads a source has seen of it: other when it has changed, or who it is shared with."""
    with scope(municipality=source.municipality_id):
        guests = sorted(map(str, Share.objects.filter(source=source).values_list("guest_id", flat=True)))
    seen = [source.name, str(source.is_shared), str(source.closed_on), *guests]
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()[:24]


def _set_closed(source: Source, day: Any, action: str, *, actor: Actor) -> None:
    permissions.check("capacity.declare", actor, source)
    with transaction.atomic(), scope(municipality=source.municipality_id):
        lock_sources([source.pk])
        source.refresh_from_db(fields=["closed_on"])
        if (source.closed_on is None) == (day is None):
            return
        source.closed_on = day
        source.save(update_fields=["closed_on"])
        _record(action, source, actor=actor, data={})


def _read_under_lock(source: Source, *, seen: str) -> None:
    lock_sources([source.pk])
    source.refresh_from_db(fields=["name", "is_shared", "closed_on"])
    if mark_of(source) != seen:
        raise SomebodyWasFirst(_("Somebody else has changed this source meanwhile. Look at it again before you save."))


def _write(source: Source, **how: Any) -> None:
    try:
        with transaction.atomic():
            source.save(**how)
    except IntegrityError as error:
        if "source_once" not in str(error):
            raise
        raise SourceNameTaken(_("The unit has a source with that name already. Give this one another name.")) from error


def _record(action: str, source: Source, *, actor: Actor, data: Mapping[str, Any]) -> None:
    audit.record(action, actor=actor, subject=source, municipality_id=source.municipality_id, data=data)
