"""Changes gatherings: what is said of them, when they are, what is on them. Calendars follow, people are told."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.kernel import clock, events, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import SomebodyWasFirst, TransitionRefused
from grobunn.kernel.uploads import CleanDocument
from grobunn.programmes.events import GatheringChanged
from grobunn.programmes.models import Day, Facilitator, Gathering, Material, Session
from grobunn.programmes.services.programmes import DayGiven

_WAS_CHANGED = _("Somebody else changed it just before you. Look at what it says now, then write it again.")


class GatheringRefused(TransitionRefused):
    """What was asked of a gathering is not possible."""


def change_gathering(
    gathering: Gathering, *, version: int | None, actor: Actor, fields: Mapping[str, Any]
) -> Gathering:
    """Change what is said of a gathering; another place or video link is told.

    Takes:   version, what was read; None where the last word counts.
    Raises:  PermissionDenied, SomebodyWasFirst.
    Effects: row, GatheringChanged.
    """
    moved = any(fields.get(name, getattr(gathering, name)) != getattr(gathering, name) for name in _WHERE)
    return _written(gathering, version=version, actor=actor, what="moved" if moved else "", fields=fields)


_WHERE = ("place", "video_url")


def move_gathering(gathering: Gathering, days: Sequence[DayGiven], *, version: int | None, actor: Actor) -> Gathering:
    """Give a gathering other days. A day that stays keeps what is on it; sessions of one that moves go along.

    Raises:  PermissionDenied, SomebodyWasFirst; GatheringRefused for no day, two of one date, a day with attendance.
    Effects: rows, GatheringChanged.
    """
    permissions.check("programmes.run", actor, gathering)
    if not days or len({day.on for day in days}) != len(days):
        raise GatheringRefused(_("Give at least one day, and each date once."))
    with transaction.atomic(), scope(municipality=gathering.municipality_id):
        Gathering.objects.select_for_update().get(pk=gathering.pk)
        before = list(Day.objects.filter(gathering=gathering))
        wanted = sorted(days, key=lambda day: day.on)
        if [(day.on, day.starts, day.ends) for day in before] == [(day.on, day.starts, day.ends) for day in wanted]:
            return gathering
        _rearrange(gathering, before, wanted)
        return _written(gathering, version=version, actor=actor, what="moved", fields={"reminded_at": None})


def _rearrange(gathering: Gathering, before: Sequence[Day], wanted: Sequence[DayGiven]) -> None:
    """The first day becomes the first, and so on; what is on a day goes along with it."""
    for spare in before[len(wanted) :]:
        spare.delete()
    kept = before[: len(wanted)]
    # Out of the way first: a gathering has each date once, at every moment.
    for number, day in enumerate(kept):
        Day.objects.filter(pk=day.pk).update(on=_FAR_AWAY.replace(year=_FAR_AWAY.year + number))
    for day, given in zip(kept, wanted, strict=False):
        Day.objects.filter(pk=day.pk).update(on=given.on, starts=given.starts, ends=given.ends)
    Day.objects.bulk_create(
        Day(
            municipality_id=gathering.municipality_id,
            gathering=gathering,
            on=given.on,
            starts=given.starts,
            ends=given.ends,
        )
        for given in wanted[len(kept) :]
    )


_FAR_AWAY = date(3000, 1, 1)


def cancel_gathering(gathering: Gathering, *, reason: str, actor: Actor) -> Gathering:
    """Cancel a gathering; everybody is told why. Safe to repeat.

    Raises:  PermissionDenied, GatheringRefused without a reason.
    Effects: row, GatheringChanged.
    """
    permissions.check("programmes.run", actor, gathering)
    if not reason.strip():
        raise GatheringRefused(_("Say why in one sentence: everybody who takes part reads it."))
    if gathering.cancelled_at is not None:
        return gathering
    fields = {"cancelled_at": clock.now(), "cancel_reason": reason.strip()}
    return _written(gathering, version=gathering.version, actor=actor, what="cancelled", fields=fields)


def put_back_gathering(gathering: Gathering, *, actor: Actor) -> Gathering:
    """Hold a cancelled gathering after all; everybody is told. Safe to repeat.

    Raises:  PermissionDenied.
    Effects: row, GatheringChanged.
    """
    permissions.check("programmes.run", actor, gathering)
    if gathering.cancelled_at is None:
        return gathering
    fields = {"cancelled_at": None, "cancel_reason": ""}
    return _written(gathering, version=gathering.version, actor=actor, what="put_back", fields=fields)


def add_session(day: Day, *, actor: Actor, **fields: Any) -> Session:
    """Put something on the programme of a day. Effects: rows, GatheringChanged."""
    permissions.check("programmes.facilitate", actor, day.gathering)
    with scope(municipality=day.municipality_id):
        session, _is_new = Session.objects.get_or_create(municipality_id=day.municipality_id, day=day, **fields)
    return session


def add_facilitator(gathering: Gathering, *, actor: Actor, user: User | None = None, name: str = "") -> None:
    """Name somebody who leads a gathering: a colleague, or somebody from elsewhere. Safe to repeat. Effects: row."""
    permissions.check("programmes.run", actor, gathering)
    with scope(municipality=gathering.municipality_id):
        known = {"user": user} if user else {"name": name.strip(), "user": None}
        Facilitator.objects.get_or_create(municipality_id=gathering.municipality_id, gathering=gathering, **known)


def add_material(
    gathering: Gathering,
    *,
    title: str,
    actor: Actor,
    url: str = "",
    document: CleanDocument | None = None,
    key: UUID | None = None,
) -> Material:
    """Add something to read or bring: a link or a file. Sent twice with the same key, it is added once.

    Raises:  PermissionDenied, GatheringRefused with neither.
    Effects: row, file.
    """
    permissions.check("programmes.facilitate", actor, gathering)
    if not url and document is None:
        raise GatheringRefused(_("Give a link or a file."))
    material = Material(
        municipality_id=gathering.municipality_id,
        gathering=gathering,
        title=title.strip(),
        url=url,
        made_by_id=actor.pk,
        key=key,
    )
    if document is not None:
        material.name, material.content_type, material.size = document.name, document.media_type, document.size
        material.file.save(f"{material.pk}", document.content, save=False)
    with scope(municipality=gathering.municipality_id):
        try:
            with transaction.atomic():
                material.save(force_insert=True)
        except IntegrityError:
            return Material.objects.get(key=key, gathering=gathering)
    return material


def remove_part(part: Session | Facilitator | Material, gathering: Gathering, *, actor: Actor) -> None:
    """Take away a session, a facilitator or something to read. Safe to repeat. Effects: row, file."""
    needed = "programmes.run" if isinstance(part, Facilitator) else "programmes.facilitate"
    permissions.check(needed, actor, gathering)
    with scope(municipality=gathering.municipality_id):
        if isinstance(part, Material) and part.file:
            storage, name = part.file.storage, part.file.name
            transaction.on_commit(lambda: storage.delete(name or ""))
        type(part)._base_manager.filter(pk=part.pk).delete()


def _written(
    gathering: Gathering, *, version: int | None, actor: Actor, what: str, fields: Mapping[str, Any]
) -> Gathering:
    """Write fields as they were read, one more in the calendar, and tell."""
    permissions.check("programmes.run", actor, gathering)
    with transaction.atomic(), scope(municipality=gathering.municipality_id):
        rows = Gathering.objects.filter(pk=gathering.pk)
        if version is not None:
            rows = rows.filter(version=version)
        if not rows.update(version=F("version") + 1, sequence=F("sequence") + 1, **fields):
            raise SomebodyWasFirst(_WAS_CHANGED)
        for name, value in fields.items():
            setattr(gathering, name, value)
        gathering.version += 1
        gathering.sequence += 1
        events.publish(
            GatheringChanged(gathering_id=gathering.pk, municipality_id=gathering.municipality_id, what=what)
        )
    return gathering
