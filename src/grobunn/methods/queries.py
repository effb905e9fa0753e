"""The methods that a municipality may use: what comes with Grobunn, and its own."""

from uuid import UUID

from django.utils.translation import get_language
from django_scopes import scopes_disabled

from grobunn.methods.models import MethodEdition, OwnMethod
from grobunn.methods.packaged import KEYS, packaged_method
from grobunn.methods.shapes import Method, read_method


def method_of(municipality_id: UUID, key: str, *, edition: int | None = None) -> Method | None:
    """A method by its key, in the language of the page; a municipality's own stands before one of the same key.

    Takes: edition, None for the latest. Returns: None where there is none.
    """
    with scopes_disabled():
        editions = MethodEdition.objects.filter(municipality_id=municipality_id, method__key=key)
        found = (editions.filter(edition=edition) if edition else editions.order_by("-edition")).first()
    if found is not None:
        return read_method({**found.content, "key": key, "edition": found.edition}, language=_language())
    return packaged_method(key, _language())


def methods_offered(municipality_id: UUID) -> list[Method]:
    """What new work may choose from: the municipality's own by name, then what comes with Grobunn. Two SQL."""
    with scopes_disabled():
        own = list(OwnMethod.objects.filter(municipality_id=municipality_id).order_by("name", "id"))
        editions = {row.method_id: row for row in MethodEdition.objects.filter(method__in=own).order_by("edition")}
    hidden = {method.key for method in own}
    offered = [
        read_method({**editions[method.pk].content, "key": method.key, "edition": method.edition}, language=_language())
        for method in own
        if method.is_offered and method.pk in editions
    ]
    packaged = [packaged_method(key, _language()) for key in KEYS if key not in hidden]
    return [*offered, *(method for method in packaged if method is not None)]


def _language() -> str:
    return get_language() or "nb"
