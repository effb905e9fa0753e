"""Objects that another feature points to by kind and id, as they can be shown: of any source, now or later."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.search.engine.interface import Ref
from grobunn.search.models import IndexedDocument
from grobunn.search.queries.matches import kind_label, places, state_label
from grobunn.search.registry import Words, source_of


@dataclass(frozen=True)
class Known:
    """An object in the words of its source."""

    ref: Ref
    kind_label: Words
    title: str
    url: str
    municipality: str
    municipality_id: UUID
    state_label: Words


def known(refs: Collection[Ref], *, user: Any) -> list[Known]:
    """Those of some objects that a reader may see now, in the order in which they were named.

    One SQL, and one for each kind among them; none where nothing is named.
    """
    wanted = list(dict.fromkeys(refs))
    if not wanted:
        return []
    seen: set[Ref] = set()
    for kind in sorted({ref.kind for ref in wanted}):
        source = source_of(kind)
        if source is not None:
            seen |= {Ref(kind, found) for found in source.visible(user, [ref.id for ref in wanted if ref.kind == kind])}
    with scopes_disabled():
        rows = IndexedDocument.objects.filter(
            kind__in={ref.kind for ref in seen}, object_id__in={ref.id for ref in seen}
        ).values_list("kind", "object_id", "title", "url", "municipality_id", "state")
        documents = {Ref(row[0], row[1]): row[2:] for row in rows}
    names = places({document[2] for document in documents.values()})
    return [
        Known(
            ref=ref,
            kind_label=kind_label(ref.kind),
            title=title,
            url=url,
            municipality=names[municipality_id].name,
            municipality_id=municipality_id,
            state_label=state_label(ref.kind, state),
        )
        for ref in wanted
        if ref in seen and ref in documents
        for title, url, municipality_id, state in [documents[ref]]
    ]
