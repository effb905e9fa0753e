"""How stories are found by search: what is indexed of one, and who sees it."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from grobunn.kernel.among import pks_among
from grobunn.search import registry
from grobunn.search.registry import Document, Source
from grobunn.stories.markup import plain_text
from grobunn.stories.models import Story
from grobunn.stories.queries.stories import visible_to
from grobunn.stories.states import StoryState

# A story tells of something; an idea that is solved, or a case, is nearer to use.
_RANK = 30


def _ids_visible(user: Any, ids: Collection[UUID]) -> set[UUID]:
    with scopes_disabled():
        return pks_among(Story.objects.filter(visible_to(user), state=StoryState.PUBLISHED), ids)


def _documents_of(ids: Sequence[UUID]) -> Iterable[Document]:
    with scopes_disabled():
        out = Story.objects.filter(pk__in=ids, state=StoryState.PUBLISHED).select_related("municipality")
        return [document_of_story(story) for story in out]


def _document_of(story_id: UUID) -> Document | None:
    return next(iter(_documents_of([story_id])), None)


def document_of_story(story: Story) -> Document:
    """What is indexed of a story that is out, whose municipality is at hand."""
    return Document(
        kind="story",
        id=story.pk,
        municipality_id=story.municipality_id,
        title=story.title,
        text="\n\n".join([story.lead, plain_text(story.text), " ".join(story.tags)]),
        url=reverse("stories:story", kwargs={"municipality": story.municipality.slug, "story": story.slug}),
        state=story.state,
        state_rank=_RANK,
        visibility=registry.Visibility.PUBLIC,
        language=story.language,
        written_on=timezone.localdate(story.published_at) if story.published_at else None,
        updated_at=story.changed_at,
    )


def _ids_after(after: UUID | None, limit: int) -> list[UUID]:
    with scopes_disabled():
        out = Story.objects.filter(state=StoryState.PUBLISHED)
        if after is not None:
            out = out.filter(pk__gt=after)
        return list(out.order_by("pk").values_list("pk", flat=True)[:limit])


def _state_label(state: str) -> str:
    return str(StoryState(state).label)


SOURCE = Source(
    kind="story",
    label=_("Stories"),
    visible=_ids_visible,
    document_of=_document_of,
    documents_of=_documents_of,
    ids_after=_ids_after,
    state_label=_state_label,
)
