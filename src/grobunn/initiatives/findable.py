"""How initiatives are found by search: what is indexed of one, and who sees it."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from grobunn.ideas.models import Visibility
from grobunn.initiatives.addresses import initiative_page
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.initiatives import for_user
from grobunn.initiatives.states import InitiativeState
from grobunn.kernel.among import pks_among
from grobunn.search import registry
from grobunn.search.registry import Document, Source

# What can be used as it is comes first; what was learned is worth as much as what is under way.
_RANKS = {
    InitiativeState.OPERATING: 10,
    InitiativeState.LEARNED: 30,
    InitiativeState.UNDERWAY: 30,
    InitiativeState.PAUSED: 60,
}


def _ids_visible(user: Any, ids: Collection[UUID]) -> set[UUID]:
    with scopes_disabled():
        return pks_among(for_user(user), ids)


def _documents_of(ids: Sequence[UUID]) -> Iterable[Document]:
    with scopes_disabled():
        initiatives = list(Initiative.objects.filter(pk__in=ids).select_related("municipality"))
    return [_document(initiative) for initiative in initiatives]


def _document_of(initiative_id: UUID) -> Document | None:
    return next(iter(_documents_of([initiative_id])), None)


def _document(initiative: Initiative) -> Document:
    is_internal = initiative.visibility == Visibility.INTERNAL
    words = (initiative.hypothesis, initiative.summary, initiative.status, initiative.tried, initiative.learned)
    return Document(
        kind="initiative",
        id=initiative.pk,
        municipality_id=initiative.municipality_id,
        unit_id=initiative.unit_id,
        title=initiative.title,
        text="\n".join(filter(None, words)),
        url=initiative_page(initiative),
        state=initiative.state,
        state_rank=_RANKS[InitiativeState(initiative.state)],
        visibility=registry.Visibility.RESTRICTED if is_internal else registry.Visibility.MUNICIPALITY,
        language=initiative.municipality.language,
        written_on=timezone.localdate(initiative.started_at),
        updated_at=initiative.status_at or initiative.state_since,
    )


def _ids_after(after: UUID | None, limit: int) -> list[UUID]:
    with scopes_disabled():
        initiatives = Initiative.objects.all() if after is None else Initiative.objects.filter(pk__gt=after)
        return list(initiatives.order_by("pk").values_list("pk", flat=True)[:limit])


def _state_label(state: str) -> str:
    return str(InitiativeState(state).label)


SOURCE = Source(
    kind="initiative",
    label=_("Initiatives"),
    visible=_ids_visible,
    document_of=_document_of,
    documents_of=_documents_of,
    ids_after=_ids_after,
    state_label=_state_label,
)
