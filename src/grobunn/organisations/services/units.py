"""Writes the tree of units: add, change, move, close, open again."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django_scopes import scope

from grobunn.kernel import audit, clock, events
from grobunn.kernel.actors import Actor
from grobunn.organisations import queries
from grobunn.organisations.errors import (
    AddressTaken,
    ExternalIdTaken,
    ParentElsewhere,
    SetUpRefused,
    UnitBelowItself,
    UnitHasUnitsBelow,
)
from grobunn.organisations.events import UnitClosed
from grobunn.organisations.models import Municipality, Unit
from grobunn.organisations.slugs import slug_of
from grobunn.organisations.validators import validate_unit_slug


def add_unit(
    municipality: Municipality,
    *,
    actor: Actor,
    name: str,
    parent: Unit | None = None,
    leader_level: int | None = None,
    slug: str = "",
    mailbox: str = "",
    external_id: str = "",
    is_synthetic: bool = False,
) -> Unit:
    """Make a unit.

    Takes:   leader_level, None for one below the unit above; slug, empty for one made of the name.
    Raises:  ParentElsewhere, AddressTaken, ExternalIdTaken.
    Effects: row, audit.
    """
    with transaction.atomic(), scope(municipality=municipality.pk):
        _lock_tree(municipality)
        _check_parent(parent, municipality=municipality)
        level = leader_level if leader_level is not None else (parent.leader_level + 1 if parent else 1)
        unit = Unit(
            municipality=municipality,
            parent=parent,
            name=name.strip(),
            slug=_free_slug(slug) if slug else slug_of(name, taken=set(Unit.objects.values_list("slug", flat=True))),
            leader_level=level,
            mailbox=mailbox.strip().lower(),
            external_id=external_id.strip(),
            is_synthetic=is_synthetic,
        )
        _write(unit)
        audit.record("organisations.add_unit", actor=actor, subject=unit, municipality_id=municipality.pk)
    return unit


def change_unit(unit: Unit, *, actor: Actor, name: str, leader_level: int, mailbox: str, external_id: str) -> Unit:
    """Change what a unit is called and how it is reached; its address stays, QR codes on walls point to it.

    Raises:  ExternalIdTaken.
    Effects: row, audit.
    """
    unit.name = name.strip()
    unit.leader_level = leader_level
    unit.mailbox = mailbox.strip().lower()
    unit.external_id = external_id.strip()
    with transaction.atomic():
        _write(unit, "name", "leader_level", "mailbox", "external_id")
        audit.record("organisations.change_unit", actor=actor, subject=unit, municipality_id=unit.municipality_id)
    return unit


def move_unit(unit: Unit, *, actor: Actor, parent: Unit | None) -> Unit:
    """Put a unit, with everything below it, under another one or on top.

    Raises:  UnitBelowItself, ParentElsewhere.
    Effects: row, audit.
    """
    with transaction.atomic(), scope(municipality=unit.municipality_id):
        _lock_tree(unit.municipality)
        _check_parent(parent, municipality=unit.municipality)
        if parent is not None and unit.pk in {parent.pk, *queries.ancestor_ids(parent)}:
            raise UnitBelowItself
        unit.parent = parent
        _write(unit, "parent")
        audit.record("organisations.move_unit", actor=actor, subject=unit, municipality_id=unit.municipality_id)
    return unit


def close_unit(unit: Unit, *, actor: Actor) -> Unit:
    """Close a unit from today: it takes no more ideas, what it holds falls on. Nothing is removed.

    Raises:  UnitHasUnitsBelow.
    Effects: row, audit, UnitClosed.
    """
    with transaction.atomic(), scope(municipality=unit.municipality_id):
        _lock_tree(unit.municipality)
        if Unit.objects.filter(parent=unit, closed_on__isnull=True).exists():
            raise UnitHasUnitsBelow
        unit.closed_on = clock.today()
        _write(unit, "closed_on")
        audit.record("organisations.close_unit", actor=actor, subject=unit, municipality_id=unit.municipality_id)
        events.publish(UnitClosed(municipality_id=unit.municipality_id, unit_id=unit.pk))
    return unit


def reopen_unit(unit: Unit, *, actor: Actor) -> Unit:
    """Open a closed unit again.

    Raises:  ParentElsewhere if the unit above is closed.
    Effects: row, audit.
    """
    with transaction.atomic(), scope(municipality=unit.municipality_id):
        _lock_tree(unit.municipality)
        _check_parent(unit.parent, municipality=unit.municipality)
        unit.closed_on = None
        _write(unit, "closed_on")
        audit.record("organisations.reopen_unit", actor=actor, subject=unit, municipality_id=unit.municipality_id)
    return unit


def _lock_tree(municipality: Municipality) -> None:
    """One change of a municipality's tree at a time: two moves could close a ring that neither makes alone."""
    Municipality.objects.select_for_update().only("pk").get(pk=municipality.pk)


def _check_parent(parent: Unit | None, *, municipality: Municipality) -> None:
    if parent is None:
        return
    fresh = Unit.objects.filter(pk=parent.pk, closed_on__isnull=True).exists()
    if not fresh or parent.municipality_id != municipality.pk:
        raise ParentElsewhere


def _free_slug(slug: str) -> str:
    try:
        validate_unit_slug(slug)
    except ValidationError as error:
        raise AddressTaken from error
    return slug


_REFUSALS: dict[str, type[AddressTaken | ExternalIdTaken]] = {
    "unit_slug_once": AddressTaken,
    "unit_external_id_once": ExternalIdTaken,
}


def _write(unit: Unit, *fields: str) -> None:
    try:
        with transaction.atomic():
            unit.save(update_fields=fields or None, force_insert=not fields)
    except IntegrityError as error:
        raise _refusal(error) from error


def _refusal(error: IntegrityError) -> SetUpRefused | IntegrityError:
    for constraint, refusal in _REFUSALS.items():
        if constraint in str(error):
            return refusal()
    return error
