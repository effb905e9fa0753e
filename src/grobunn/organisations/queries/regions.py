"""Where a municipality lies, how large and how central it is: what lists across the country are narrowed by."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple
from uuid import UUID

from django.core.cache import caches
from django.db import models
from django.utils.translation import gettext_lazy as _

from grobunn.organisations.models import Municipality, MunicipalityNumber

_KEY = "organisations.regions"
_CACHED_SECONDS = 300

# The counties of 2024-01-01 by their number, which begins the number of each of their municipalities
# (Statistics Norway, Klass 104).
COUNTIES: Mapping[str, str] = {
    "03": "Oslo",
    "11": "Rogaland",
    "15": "Møre og Romsdal",
    "18": "Nordland – Nordlánnda",
    "31": "Østfold",
    "32": "Akershus",
    "33": "Buskerud",
    "34": "Innlandet",
    "39": "Vestfold",
    "40": "Telemark",
    "42": "Agder",
    "46": "Vestland",
    "50": "Trøndelag – Trööndelage",
    "55": "Troms – Romsa – Tromssa",
    "56": "Finnmark – Finnmárku – Finmarkku",
}


# The least index of each class of centrality, from the most central on (Statistics Norway, Klass 128, 2020).
_CENTRALITY = (("1", 925), ("2", 870), ("3", 775), ("4", 670), ("5", 565), ("6", 0))


class SizeClass(models.TextChoices):
    """How many inhabitants a municipality has, in the steps of Statistics Norway's tables by size."""

    UNDER_2000 = "0", _("Fewer than 2,000 inhabitants")
    FROM_2000 = "2000", _("2,000 to 4,999 inhabitants")
    FROM_5000 = "5000", _("5,000 to 9,999 inhabitants")
    FROM_10000 = "10000", _("10,000 to 19,999 inhabitants")
    FROM_20000 = "20000", _("20,000 to 49,999 inhabitants")
    FROM_50000 = "50000", _("50,000 inhabitants or more")


class Region(NamedTuple):
    """The county's number, the size class and the class of centrality, 1 (most) to 6; each "" where it is not known."""

    county: str = ""
    size: str = ""
    centrality: str = ""


def size_class(population: int | None) -> str:
    """The size class of so many inhabitants; "" where nobody counted."""
    if population is None:
        return ""
    return max((each.value for each in SizeClass if int(each) <= population), key=int)


def regions() -> Mapping[UUID, Region]:
    """Every municipality's region, past ones too; no SQL when read in the last minutes in this process."""
    found: dict[UUID, Region] | None = caches["process"].get(_KEY)
    if found is None:
        # The present number comes last and stays.
        numbers = dict(
            MunicipalityNumber.objects.order_by(models.F("valid_to").asc(nulls_last=True), "valid_from").values_list(
                "municipality_id", "number"
            )
        )
        found = {
            municipality_id: _region(numbers.get(municipality_id, ""), population)
            for municipality_id, population in Municipality.objects.values_list("id", "population")
        }
        caches["process"].set(_KEY, found, _CACHED_SECONDS)
    return found


def municipality_ids_in(*, county: str = "", size: str = "") -> frozenset[UUID]:
    """The municipalities of a county, of a size class, or of both."""
    return frozenset(
        municipality_id
        for municipality_id, region in regions().items()
        if county in ("", region.county) and size in ("", region.size)
    )


def _region(number: str, population: int | None) -> Region:
    return Region(_county(number), size_class(population), centrality_class(number))


def centrality_class(number: str) -> str:
    """The class of centrality of the municipality that has a number, "1" to "6"; "" where it has no index."""
    index = _centrality().get(number)
    return "" if index is None else next(name for name, least in _CENTRALITY if index >= least)


@cache
def _centrality() -> Mapping[str, int]:
    """The index of centrality, 0 to 1000, by the number of 2024."""
    place = resources.files("grobunn.organisations").joinpath("data", "centrality.csv")
    with place.open(encoding="utf-8") as lines:
        return {row["number"]: int(row["index"]) for row in csv.DictReader(lines)}


def _county(number: str) -> str:
    return number[:2] if number[:2] in COUNTIES else ""
