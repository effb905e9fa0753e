"""What a story is said to be about."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from grobunn.kernel import audit, permissions
from grobunn.kernel.actors import Actor
from grobunn.search.registry import source_of
from grobunn.stories.models import Link, Story

MOST_LINKS = 20


def add_link(story: Story, *, kind: str, object_id: UUID, actor: Actor) -> Link:
    """Say that a story is about something that the actor may see.

    Takes:   kind, as `search` knows it: a feature that registers there later needs nothing here.
    Raises:  PermissionDenied; ValidationError: not found, the story itself, or no room.
    Effects: row the first time, audit.
    """
    permissions.check("stories.edit", actor, story)
    source = source_of(kind)
    if source is None or object_id == story.pk or object_id not in source.visible(actor, [object_id]):
        raise ValidationError(_("We do not find that. Choose one from the list."), code="unknown")
    with transaction.atomic():
        Story.objects.select_for_update().get(pk=story.pk)
        if Link.objects.filter(story=story).count() >= MOST_LINKS:
            raise ValidationError(_("There is room for %(most)s links."), code="too_many", params={"most": MOST_LINKS})
        link, is_new = Link.objects.get_or_create(
            story=story,
            kind=kind,
            object_id=object_id,
            defaults={"municipality_id": story.municipality_id, "added_by_id": actor.pk},
        )
        if is_new:
            audit.record("stories.add_link", actor=actor, subject=story, municipality_id=story.municipality_id)
    return link


def remove_link(link: Link, *, actor: Actor) -> None:
    """Say no longer that a story is about something.

    Raises:  PermissionDenied.
    Effects: row, audit.
    """
    story = link.story
    permissions.check("stories.edit", actor, story)
    with transaction.atomic():
        Link.objects.filter(pk=link.pk).delete()
        audit.record("stories.remove_link", actor=actor, subject=story, municipality_id=story.municipality_id)
