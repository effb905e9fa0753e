"""Fills the register of municipalities from the packaged files."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import Any

from django.db import transaction

from grobunn.organisations import queries
from grobunn.organisations.models import Municipality, MunicipalityNumber, Succession

Row = Mapping[str, str]

# Facts that the register keeps up to date; everything else belongs to the municipality once it is made.
FACTS = (
    "language_form",
    "centre",
    "population",
    "area_km2",
    "website",
    "existed_from",
    "existed_to",
    "parallel_names",
    "organisation_number",
)


@dataclass(frozen=True)
class Loaded:
    """How many municipalities a load made, changed and left as they were."""

    new: int
    changed: int
    unchanged: int


def load_municipalities() -> Loaded:
    """Make or bring up to date all municipalities, their numbers and successors; safe to repeat.

    The name, and an organisation number that is filled in, stay as the municipality has set them.
    Effects: rows; the process's copies are forgotten.
    """
    rows = [*_read("municipalities.csv"), *_read("former_municipalities.csv")]
    with transaction.atomic():
        known = {each.slug: each for each in Municipality.objects.select_for_update()}
        new = [
            Municipality(slug=row["slug"], name=_shown_name(row), **_facts(row))
            for row in rows
            if row["slug"] not in known
        ]
        changed = [
            known[row["slug"]] for row in rows if row["slug"] in known and _bring_up_to_date(known[row["slug"]], row)
        ]
        Municipality.objects.bulk_create(new)
        Municipality.objects.bulk_update(changed, FACTS)
        _load_numbers()
        _load_successions()
    for each in changed:
        queries.forget_municipality(each)
    return Loaded(new=len(new), changed=len(changed), unchanged=len(rows) - len(new) - len(changed))


def _read(name: str) -> Iterator[Row]:
    with resources.files("grobunn.organisations").joinpath("data", name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _names(row: Row) -> list[str]:
    """The official names beside each other, the first one first; one name alone has none beside it."""
    names = [row["official_name"], row["norwegian_name"]]
    return names if names[0] != names[1] else []


def _shown_name(row: Row) -> str:
    return " – ".join(_names(row)) or row["official_name"]


def _facts(row: Row) -> dict[str, Any]:
    return {
        "language_form": row["language_form"],
        "centre": row.get("centre", ""),
        "population": int(row["population"]) if row.get("population") else None,
        "area_km2": Decimal(row["area_km2"]) if row.get("area_km2") else None,
        "website": row.get("website", ""),
        "existed_from": _day(row.get("existed_from")),
        "existed_to": _day(row.get("existed_to")),
        "parallel_names": _names(row),
        "organisation_number": row.get("organisation_number", ""),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _bring_up_to_date(municipality: Municipality, row: Row) -> bool:
    """Write the register's facts on a municipality; whether any differed."""
    facts = _facts(row)
    facts["organisation_number"] = municipality.organisation_number or facts["organisation_number"]
    differing = {name: value for name, value in facts.items() if getattr(municipality, name) != value}
    for name, value in differing.items():
        setattr(municipality, name, value)
    return bool(differing)


def _load_numbers() -> None:
    ids = dict(Municipality.objects.values_list("slug", "pk"))
    dated = list(_read("numbers.csv"))
    dated_now = {row["number"] for row in dated}
    undated = [row for row in _read("municipalities.csv") if row["number"] not in dated_now]
    MunicipalityNumber.objects.bulk_create(
        [
            MunicipalityNumber(
                municipality_id=ids[row["slug"]],
                number=row["number"],
                valid_from=_day(row.get("valid_from")),
                valid_to=_day(row.get("valid_to")),
            )
            for row in [*undated, *dated]
        ],
        ignore_conflicts=True,
    )


def _load_successions() -> None:
    by_slug = {each.slug: each for each in Municipality.objects.all()}
    Succession.objects.bulk_create(
        [
            Succession(
                predecessor=by_slug[row["slug"]],
                successor=by_slug[row["successor"]],
                on=date.fromisoformat(row["existed_to"]),
            )
            for row in _read("former_municipalities.csv")
        ],
        ignore_conflicts=True,
    )
