"""Beginning, changing and throwing away a story."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.ideas.validators import validate_no_identity_number
from grobunn.kernel import audit, clock, permissions, statemachine
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import SomebodyWasFirst
from grobunn.organisations.models import Municipality
from grobunn.search.services import index
from grobunn.stories import guards, slugs
from grobunn.stories.models import MOST_TAGS, TAG_LENGTH, Author, Picture, Story
from grobunn.stories.services.pictures import delete_files
from grobunn.stories.states import MACHINE, MESSAGES, StoryState


@dataclass(frozen=True, kw_only=True)
class StoryWords:
    """The words of a story. Takes: tags, parted by commas as somebody wrote them."""

    title: str
    lead: str = ""
    text: str = ""
    tags: str = ""
    source: str = ""
    source_url: str = ""
    language: str = "nb"


def begin_story(municipality: Municipality, *, words: StoryWords, actor: User, key: UUID | None = None) -> Story:
    """Keep a new draft, with whoever began it as its author.

    Takes:   key, the sender's own id of this sending: the same key again gives the same story.
    Raises:  PermissionDenied; ValidationError with a sentence for the writer.
    Effects: rows, history, audit.
    """
    permissions.check("stories.write", actor, municipality)
    fields = _fields(words)
    try:
        with transaction.atomic():
            return _keep(municipality, fields=fields, actor=actor, key=key)
    except IntegrityError:
        earlier = Story.objects.filter(municipality=municipality, submission_key=key).first() if key else None
        if earlier is None:
            raise
        return earlier


def _keep(municipality: Municipality, *, fields: dict[str, Any], actor: User, key: UUID | None) -> Story:
    story = Story(
        municipality=municipality,
        writer=actor,
        submission_key=key,
        is_synthetic=actor.is_synthetic,
        **fields,
    )
    story.save(force_insert=True)
    Author.objects.create(municipality=municipality, story=story, user=actor)
    statemachine.record_change(MACHINE, story, edge_name="create", to_state=story.state, actor=actor)
    audit.record("stories.begin", actor=actor, subject=story, municipality_id=municipality.pk)
    return story


def edit_story(story: Story, *, words: StoryWords, actor: Actor, version: int | None = None) -> Story:
    """Change the words of a story; what is out, or waits to go out, must stay whole.

    Takes:   version that the actor changed, if known: a story that changed since is not touched.
    Raises:  PermissionDenied; ValidationError; NotWhole; SomebodyWasFirst if it changed meanwhile.
    Effects: row, audit, search index.
    """
    permissions.check("stories.edit", actor, story)
    fields = _fields(words)
    if version is not None and version != story.version:
        raise SomebodyWasFirst(MESSAGES.somebody_was_first)
    if story.state != StoryState.DRAFT:
        guards.is_whole(Story(lead=fields["lead"], text=fields["text"]), {})
    if story.state == StoryState.PUBLISHED and _is_changed(story, fields):
        fields["edited_at"] = clock.now()
    with transaction.atomic():
        unmoved = Story.objects.filter(pk=story.pk, version=story.version, state=story.state)
        if not unmoved.update(**fields, version=story.version + 1):
            raise SomebodyWasFirst(MESSAGES.somebody_was_first)
        audit.record("stories.edit", actor=actor, subject=story, municipality_id=story.municipality_id)
        index("story", story.pk)
    story.refresh_from_db()
    return story


def throw_away(story: Story, *, actor: Actor) -> None:
    """Remove a draft with everything that belongs to it; it cannot be had back.

    Raises:  PermissionDenied; SomebodyWasFirst if it went on meanwhile.
    Effects: rows, audit, files after commit.
    """
    permissions.check("stories.throw_away", actor, story)
    pictures = list(Picture.objects.filter(story=story))
    with transaction.atomic():
        unmoved = Story.objects.select_for_update().filter(pk=story.pk, state=StoryState.DRAFT, version=story.version)
        if not unmoved:
            raise SomebodyWasFirst(MESSAGES.somebody_was_first)
        audit.record("stories.throw_away", actor=actor, subject=story, municipality_id=story.municipality_id)
        unmoved.delete()
        transaction.on_commit(lambda: delete_files(pictures))


def _is_changed(story: Story, fields: dict[str, Any]) -> bool:
    return any(getattr(story, name) != value for name, value in fields.items())


def _fields(words: StoryWords) -> dict[str, Any]:
    """The words as they are kept.

    Raises: ValidationError.
    """
    tags = slugs.tags_of(words.tags)
    if len(tags) > MOST_TAGS:
        raise ValidationError(
            {"tags": ValidationError(_("There is room for %(most)s tags."), params={"most": MOST_TAGS})}
        )
    if any(len(tag) > TAG_LENGTH or len(slugs.plain(tag)) > TAG_LENGTH for tag in tags):
        raise ValidationError({"tags": _("One of the tags is too long. Separate them with commas.")})
    kept = {
        "title": " ".join(words.title.split()),
        "lead": " ".join(words.lead.split()),
        "text": words.text.replace("\r\n", "\n").strip(),
        "source": " ".join(words.source.split()),
    }
    for name, text in kept.items():
        try:
            validate_no_identity_number(text)
        except ValidationError as error:
            raise ValidationError({name: error}) from error
    if not kept["title"]:
        raise ValidationError({"title": _("Give the story a title first.")})
    return {
        **kept,
        "source_url": words.source_url,
        "language": words.language,
        "tags": tags,
        "tag_slugs": [slugs.plain(tag) for tag in tags],
    }
