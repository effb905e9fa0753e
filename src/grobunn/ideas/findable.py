"""How ideas are found by search: what is indexed of one, and who sees it."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from grobunn.ideas.models import Idea, IdeaKind, Visibility
from grobunn.ideas.queries.ideas import visible_to
from grobunn.ideas.rules import is_published
from grobunn.ideas.states import IdeaState
from grobunn.kernel.among import Among, pks_among
from grobunn.organisations.models import MunicipalityKind
from grobunn.search import registry
from grobunn.search.registry import Document, Source

# What can be used as it is comes first; a no or a withdrawal is still worth finding, but last.
_RANKS = {
    IdeaState.SOLVED: 10,
    IdeaState.STARTED: 20,
    IdeaState.ASSESSING: 40,
    IdeaState.ASKED: 40,
    IdeaState.RECEIVED: 50,
    IdeaState.PARKED: 60,
    IdeaState.DECLINED: 70,
}


_seen_by_anybody = Among(lambda: Idea.objects.filter(visible_to(AnonymousUser())))


def _ids_visible(user: Any, ids: Collection[UUID]) -> set[UUID]:
    if user.pk is None:
        return _seen_by_anybody(ids)
    with scopes_disabled():
        return pks_among(Idea.objects.filter(visible_to(user)), ids)


def _documents_of(ids: Sequence[UUID]) -> Iterable[Document]:
    with scopes_disabled():
        ideas = list(Idea.objects.filter(pk__in=ids, state__in=_RANKS).select_related("municipality"))
    return [document for idea in ideas if (document := document_of_idea(idea)) is not None]


def _document_of(idea_id: UUID) -> Document | None:
    return next(iter(_documents_of([idea_id])), None)


def document_of_idea(idea: Idea) -> Document | None:
    """What is indexed of an idea, whose municipality is at hand; None for one that nobody may find."""
    if idea.state not in _RANKS:
        return None
    return Document(
        kind="idea",
        id=idea.pk,
        municipality_id=idea.municipality_id,
        unit_id=idea.unit_id,
        title=idea.heading,
        text=idea.text,
        url=reverse("ideas:thread", kwargs={"municipality": idea.municipality.slug, "reference": idea.reference}),
        state=idea.state,
        state_rank=_RANKS[IdeaState(idea.state)],
        visibility=_visibility(idea),
        language=idea.language,
        themes=(idea.kind,) if idea.kind else (),
        written_on=timezone.localdate(idea.submitted_at),
        updated_at=idea.state_since,
    )


def _visibility(idea: Idea) -> str:
    # What stands in an open archive is found by those who look in it, and nowhere else.
    if idea.municipality.kind == MunicipalityKind.ARCHIVE:
        return registry.Visibility.MUNICIPALITY
    if is_published(None, idea):
        return registry.Visibility.PUBLIC
    if idea.visibility == Visibility.INTERNAL:
        return registry.Visibility.RESTRICTED
    return registry.Visibility.MUNICIPALITY


def _ids_after(after: UUID | None, limit: int) -> list[UUID]:
    with scopes_disabled():
        ideas = Idea.objects.filter(state__in=_RANKS)
        if after is not None:
            ideas = ideas.filter(pk__gt=after)
        return list(ideas.order_by("pk").values_list("pk", flat=True)[:limit])


def _state_label(state: str) -> str:
    return str(IdeaState(state).label)


def _theme_label(theme: str) -> str:
    return str(IdeaKind(theme).label)


SOURCE = Source(
    kind="idea",
    label=_("Ideas"),
    visible=_ids_visible,
    document_of=_document_of,
    documents_of=_documents_of,
    ids_after=_ids_after,
    state_label=_state_label,
    theme_label=_theme_label,
)
