"""The methods that a municipality may use: what comes with Grobunn, and its own."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from django.utils.translation import get_language
from django_scopes import scopes_disabled

from grobunn.methods.models import MethodEdition, OwnMethod
from grobunn.methods.packaged import KEYS, packaged_method
from grobunn.methods.shapes import Method, read_method


@dataclass(frozen=True)
class Listed:
    """A method with what the set-up shows of it.

    Takes: row, of an own method, or of one that comes with Grobunn and is no longer offered; latest, the edition of
           an own one.
    """

    method: Method
    row: OwnMethod | None
    is_offered: bool
    latest: MethodEdition | None

    @property
    def is_own(self) -> bool:
        """Whether the municipality made it."""
        return self.latest is not None


def method_of(municipality_id: UUID, key: str, *, edition: int | None = None) -> Method | None:
    """A method by its key, in the language of the page. One SQL for an own one, none for what comes with Grobunn.

    Takes: edition, None for the latest. Returns: None where there is none.
    """
    if key in KEYS:
        return packaged_method(key, _language())
    with scopes_disabled():
        editions = MethodEdition.objects.filter(municipality_id=municipality_id, method__key=key)
        found = (editions.filter(edition=edition) if edition else editions.order_by("-edition")).first()
    return None if found is None else _read(found, key=key)


def methods_offered(municipality_id: UUID) -> list[Method]:
    """What new work may choose from: the municipality's own by name, then what comes with Grobunn. Two SQL."""
    return [each.method for each in methods_of(municipality_id) if each.is_offered]


def methods_of(municipality_id: UUID) -> list[Listed]:
    """Every method of a municipality, in its latest edition: its own by name, then what comes with Grobunn. Two SQL."""
    with scopes_disabled():
        rows = list(OwnMethod.objects.filter(municipality_id=municipality_id).order_by("name", "id"))
        latest = MethodEdition.objects.filter(method__municipality_id=municipality_id, edition=F("method__edition"))
        editions = {row.method_id: row for row in latest.select_related("by")}
    own = [
        Listed(method=_read(editions[row.pk], key=row.key), row=row, is_offered=row.is_offered, latest=editions[row.pk])
        for row in rows
        if row.pk in editions
    ]
    by_key = {row.key: row for row in rows}
    packaged = [(packaged_method(key, _language()), by_key.get(key)) for key in KEYS]
    return [
        *own,
        *(
            Listed(method=method, row=row, is_offered=row is None or row.is_offered, latest=None)
            for method, row in packaged
            if method is not None
        ),
    ]


def own_method(municipality_id: UUID, key: str) -> OwnMethod | None:
    """A method that the municipality made, None for what comes with Grobunn and for no such key."""
    with scopes_disabled():
        found = OwnMethod.objects.filter(municipality_id=municipality_id, key=key)
        return None if key in KEYS else found.first()


def editions_of(method: OwnMethod) -> list[MethodEdition]:
    """Every edition of an own method, the latest first. One SQL."""
    with scopes_disabled():
        return list(MethodEdition.objects.filter(method=method).select_related("by").order_by("-edition"))


def _read(edition: MethodEdition, *, key: str) -> Method:
    return read_method({**edition.content, "key": key, "edition": edition.edition}, language=_language())


def _language() -> str:
    return get_language() or "nb"
