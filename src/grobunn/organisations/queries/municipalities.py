"""Reads of municipalities: the one of an address, lists of all, what became of those that merged."""

from copy import copy
from datetime import date
from typing import TypedDict, cast
from uuid import UUID

from django.core.cache import caches
from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from grobunn.kernel import clock
from grobunn.organisations.models import Municipality, MunicipalityKind, MunicipalityNumber, Succession

MUNICIPALITY_CACHED_SECONDS = 30
_ARCHIVES_KEY = "organisations.archives"


class MunicipalityFacts(TypedDict):
    """What lists of municipalities show, without a model instance for each."""

    id: UUID
    slug: str
    name: str
    kind: str
    language_form: str
    population: int | None
    is_in_use: bool
    number: str | None


def municipality_by_slug(slug: str) -> Municipality:
    """The municipality of an address; no SQL when it was read in the last half minute in this process.

    Returns: an instance of the caller's own: changing it changes nobody else's.
    Raises:  Municipality.DoesNotExist.
    """
    return _kept(_cache_key(slug), slug=slug)


def municipality_by_id(municipality_id: UUID) -> Municipality:
    """A municipality by its id; kept in the process like those of addresses. Raises: Municipality.DoesNotExist."""
    return _kept(_cache_key(municipality_id), pk=municipality_id)


def _kept(key: str, **wanted: str | UUID) -> Municipality:
    kept: Municipality | None = caches["process"].get(key)
    if kept is None:
        kept = Municipality.objects.get(**wanted)
        caches["process"].set(key, kept, MUNICIPALITY_CACHED_SECONDS)
    return copy(kept)


def forget_municipality(municipality: Municipality) -> None:
    """Read a municipality afresh the next time; called when one is saved."""
    caches["process"].delete_many([_cache_key(municipality.slug), _cache_key(municipality.pk)])


def _cache_key(slug_or_id: str | UUID) -> str:
    return f"organisations.municipality.{slug_or_id}"


def all_municipalities() -> list[MunicipalityFacts]:
    """Every municipality of today, by name; one SQL."""
    return _facts(Municipality.objects.filter(kind=MunicipalityKind.MUNICIPALITY))


def municipalities_in_use() -> list[MunicipalityFacts]:
    """The municipalities that take ideas here, by name; one SQL."""
    return _facts(Municipality.objects.filter(kind=MunicipalityKind.MUNICIPALITY, is_in_use=True))


def open_archives() -> list[MunicipalityFacts]:
    """Collections of ideas from elsewhere, to be read and searched; one SQL."""
    return _facts(Municipality.objects.filter(kind=MunicipalityKind.ARCHIVE))


def open_archive_ids() -> frozenset[UUID]:
    """Ids of the open archives; no SQL when they were read in the last half minute in this process."""
    found: frozenset[UUID] | None = caches["process"].get(_ARCHIVES_KEY)
    if found is None:
        archives = Municipality.objects.filter(kind=MunicipalityKind.ARCHIVE)
        found = frozenset(archives.values_list("pk", flat=True))
        caches["process"].set(_ARCHIVES_KEY, found, MUNICIPALITY_CACHED_SECONDS)
    return found


def _facts(municipalities: QuerySet[Municipality]) -> list[MunicipalityFacts]:
    number = MunicipalityNumber.objects.filter(municipality_id=OuterRef("pk"), valid_to__isnull=True).values("number")
    of_today = municipalities.filter(Q(existed_to__isnull=True) | Q(existed_to__gt=clock.today()))
    found = of_today.annotate(number=Subquery(number[:1])).values(*MunicipalityFacts.__annotations__)
    facts = [cast(MunicipalityFacts, row) for row in found]
    return sorted(facts, key=lambda each: norwegian_order(each["name"]))


# Sámi letters sort beside the Latin ones they are made from; æ, ø and å come last, in this order.
_ORDER = str.maketrans("áàâčđéèŋšŧžæäøöå", "aaacdeenstz{{||}")


def norwegian_order(name: str) -> str:
    """A key that sorts names the way a Norwegian list is sorted."""
    return name.casefold().translate(_ORDER)


def successor_of(municipality: Municipality) -> Succession | None:
    """What a municipality that no longer exists went into, or None."""
    return Succession.objects.filter(predecessor=municipality).select_related("predecessor", "successor").first()


def successions_by(on: date) -> list[Succession]:
    """What each municipality that has ended by a day went into; of several, the one that its address leads to."""
    found = Succession.objects.filter(on__lte=on, predecessor__existed_to__lte=on).order_by("predecessor_id", "pk")
    return list(found.distinct("predecessor_id").select_related("predecessor", "successor"))


_SUCCESSORS = """
WITH RECURSIVE line(id) AS (
    SELECT successor_id FROM organisations_succession WHERE predecessor_id = %s
    UNION
    SELECT further.successor_id FROM organisations_succession further JOIN line ON further.predecessor_id = line.id
)
SELECT id FROM line
"""


def successor_ids(municipality_id: UUID) -> frozenset[UUID]:
    """What a municipality went into, and what that went into, and so on; one SQL."""
    with connection.cursor() as cursor:
        cursor.execute(_SUCCESSORS, [municipality_id])
        return frozenset(row[0] for row in cursor.fetchall())


def predecessors_of(municipality: Municipality) -> list[Succession]:
    """The municipalities that went into this one, oldest first."""
    return list(
        Succession.objects.filter(successor=municipality).select_related("predecessor", "successor").order_by("on")
    )
