"""What `organisations` puts into a demonstration: all municipalities, and six of them set up and in use."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from importlib import resources
from typing import Any

from django.db import transaction
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.accounts.services.users import ensure_user
from grobunn.kernel import clock
from grobunn.kernel.actors import SYSTEM
from grobunn.organisations import queries
from grobunn.organisations.models import Absence, Municipality, MunicipalityKind, RoleAssignment, Unit
from grobunn.organisations.services.absence import set_absence
from grobunn.organisations.services.municipalities import load_municipalities
from grobunn.organisations.services.roles import give_role
from grobunn.organisations.services.units import add_unit

IN_USE = ("trondheim", "baerum", "ulstein", "oygarden", "namsos", "froya")
OPEN_ARCHIVE = "decide-madrid"
# Namsos asks its people for these four and no others (reference: the municipality's own intake, 2022).
NAMSOS_KINDS = ["organisational_change", "new_organisation", "new_product", "new_service"]
AWAY, STANDS_IN = "enhetsleder.vest@demo.example", "avdelingsleder.provestranda@demo.example"
DAYS_AWAY = 14
# Before the first day of anything that the demonstration tells of.
ROLES_SINCE = date(2024, 1, 1)


def load_demo() -> None:
    """Make the register, the units and people of the municipalities in use, and the open archive; safe to repeat."""
    load_municipalities()
    with transaction.atomic():
        for slug in IN_USE:
            municipality = _taken_into_use(slug)
            units = _load_units(municipality)
            _load_people(municipality, units)
        _send_somebody_away()
        _ensure_open_archive()


def _rows(name: str, slug: str) -> Iterator[Mapping[str, str]]:
    file = resources.files("grobunn.organisations").joinpath("data", "demo", name)
    with file.open(encoding="utf-8") as lines:
        yield from (row for row in csv.DictReader(lines) if row["municipality"] == slug)


def _taken_into_use(slug: str) -> Municipality:
    """A municipality as the demonstration begins; what somebody has set since is left alone."""
    municipality = Municipality.objects.get(slug=slug)
    if municipality.is_in_use:
        return municipality
    beginning: dict[str, Any] = {
        "is_in_use": True,
        "mailbox": f"postmottak.{slug}@demo.example",
        "whistleblowing_url": f"https://demo.example/{slug}/varsling",
        "deviation_url": f"https://demo.example/{slug}/avvik",
        "accessibility_statement_url": f"https://demo.example/{slug}/tilgjengelighet",
        "idea_kinds": NAMSOS_KINDS if slug == "namsos" else [],
    }
    for name, value in beginning.items():
        setattr(municipality, name, value)
    municipality.save(update_fields=list(beginning))
    return municipality


def _load_units(municipality: Municipality) -> dict[str, Unit]:
    with scope(municipality=municipality.pk):
        units = {unit.external_id: unit for unit in Unit.objects.exclude(external_id="")}
    for row in _rows("units.csv", municipality.slug):
        if row["code"] not in units:
            units[row["code"]] = add_unit(
                municipality,
                actor=SYSTEM,
                name=row["name"],
                parent=units[row["parent"]] if row["parent"] else None,
                leader_level=int(row["leader_level"]),
                slug=row["code"],
                external_id=row["code"],
                is_synthetic=True,
            )
    return units


def _load_people(municipality: Municipality, units: Mapping[str, Unit]) -> None:
    with scope(municipality=municipality.pk):
        held = set(RoleAssignment.objects.values_list("user__email", "unit_id", "role"))
    for row in _rows("people.csv", municipality.slug):
        unit = units[row["unit"]]
        if (row["email"], unit.pk, row["role"]) not in held:
            user = ensure_user(email=row["email"], name=row["name"], is_synthetic=True)
            give_role(unit, user=user, role=row["role"], actor=SYSTEM, from_on=ROLES_SINCE, is_synthetic=True)


def _send_somebody_away() -> None:
    """One leader away with a stand-in, so that the way around an absence can be seen."""
    municipality = queries.municipality_by_slug("trondheim")
    away, stands_in = User.objects.get(email=AWAY), User.objects.get(email=STANDS_IN)
    today = clock.today()
    with scope(municipality=municipality.pk):
        if Absence.objects.filter(user=away, to_on__gte=today).exists():
            return
    until = today + timedelta(days=DAYS_AWAY)
    set_absence(municipality, user=away, stand_in=stands_in, from_on=today, to_on=until, actor=SYSTEM)


def _ensure_open_archive() -> None:
    Municipality.objects.get_or_create(
        slug=OPEN_ARCHIVE, defaults={"name": "Decide Madrid", "kind": MunicipalityKind.ARCHIVE}
    )
