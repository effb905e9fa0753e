"""Which sources there are, and which a unit may draw on."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django_scopes import scopes_disabled

from grobunn.capacity.models import Declared, Share, Source
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality, Unit
from grobunn.organisations.queries import ancestor_ids


def sources_of(municipality_id: UUID, *, with_closed: bool = False) -> QuerySet[Source]:
    """The municipality's own sources, by unit, kind and name."""
    with scopes_disabled():
        found = Source.objects.filter(municipality_id=municipality_id).select_related("unit", "municipality")
        return (found if with_closed else found.filter(_is_open())).order_by("unit__name", "kind", "name", "id")


def borrowed_sources(municipality_id: UUID) -> QuerySet[Source]:
    """Sources of others that the municipality may draw on."""
    with scopes_disabled():
        lent = Share.objects.filter(guest_id=municipality_id).values("source_id")
        found = Source.objects.filter(_is_open(), pk__in=lent).select_related("unit", "municipality")
        return found.order_by("municipality__name", "kind", "name", "id")


def sources_open_to(unit: Unit) -> QuerySet[Source]:
    """What a unit may draw on: its own and those of units above it, what is for everybody, and what others lend."""
    with scopes_disabled():
        lent = Share.objects.filter(guest_id=unit.municipality_id).values("source_id")
        here = Q(municipality_id=unit.municipality_id) & (
            Q(is_shared=True) | Q(unit_id__in=[unit.pk, *ancestor_ids(unit)])
        )
        found = Source.objects.filter(_is_open() & (here | Q(pk__in=lent)))
        return found.select_related("unit", "municipality").order_by("kind", "name", "id")


def sources_by_id(source_ids: Iterable[UUID]) -> dict[UUID, Source]:
    """Sources by id, of whatever municipality, closed ones too."""
    with scopes_disabled():
        found = Source.objects.filter(pk__in=set(source_ids)).select_related("unit", "municipality")
        return {source.pk: source for source in found}


def guests_of(source: Source) -> list[Municipality]:
    """The other municipalities that may draw on a source, by name."""
    with scopes_disabled():
        shares = Share.objects.filter(source=source).select_related("guest")
        return [share.guest for share in shares.order_by("guest__name", "id")]


def history_of(source: Source, *, most: int = 50) -> list[Declared]:
    """What was said of how much there is, the newest first."""
    with scopes_disabled():
        return list(Declared.objects.filter(source=source).select_related("by").order_by("-at", "-id")[:most])


def _is_open() -> Q:
    return Q(closed_on__isnull=True) | Q(closed_on__gt=clock.today())
