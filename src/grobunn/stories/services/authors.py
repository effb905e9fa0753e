"""Who is named as an author of a story, and whether they are shown."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.discussion.services.comments import role_to_show
from grobunn.kernel import audit, clock, events, permissions
from grobunn.kernel.actors import Actor
from grobunn.organisations.queries import is_member
from grobunn.stories.events import AuthorNamed
from grobunn.stories.models import Author, Story


def name_author(story: Story, *, user: User, actor: Actor) -> Author:
    """Name somebody as an author; they are not shown before they say yes themselves.

    Raises:  PermissionDenied; ValidationError for somebody without a role in the municipality.
    Effects: row, audit, event the first time.
    """
    permissions.check("stories.edit", actor, story)
    if not is_member(user, story.municipality_id):
        raise ValidationError(_("Only somebody who has a role in the municipality can be an author."), code="outside")
    with transaction.atomic():
        author, is_new = Author.objects.get_or_create(
            story=story, user=user, defaults={"municipality_id": story.municipality_id}
        )
        if is_new:
            audit.record("stories.name_author", actor=actor, subject=story, municipality_id=story.municipality_id)
            if user.pk != actor.pk:
                named = AuthorNamed(story_id=story.pk, municipality_id=story.municipality_id, user_id=user.pk)
                events.publish(named)
    _forget(story)
    return author


def consent(story: Story, *, actor: User) -> Author:
    """Show oneself as an author, with name and the role that one has now.

    Raises:  PermissionDenied for somebody who is no author.
    Effects: row, audit.
    """
    author = _own(story, actor)
    role = role_to_show(actor, story.municipality_id)
    author.role = role.role if role else ""
    author.unit_id = role.unit_id if role else None
    author.consented_at = clock.now()
    with transaction.atomic():
        author.save(update_fields=["role", "unit", "consented_at"])
        audit.record("stories.consent", actor=actor, subject=story, municipality_id=story.municipality_id)
    return author


def take_back_consent(story: Story, *, actor: User) -> Author:
    """Be shown no longer; what was shown of the role goes too.

    Raises:  PermissionDenied.
    Effects: row, audit.
    """
    author = _own(story, actor)
    author.role, author.unit, author.consented_at = "", None, None
    with transaction.atomic():
        author.save(update_fields=["role", "unit", "consented_at"])
        audit.record("stories.take_back_consent", actor=actor, subject=story, municipality_id=story.municipality_id)
    return author


def remove_author(story: Story, *, user: User, actor: Actor) -> None:
    """Take somebody off the authors: oneself at any time, another by whoever may change the story.

    Raises:  PermissionDenied; ValidationError for the last one of a draft.
    Effects: row, audit.
    """
    if user.pk != actor.pk:
        permissions.check("stories.edit", actor, story)
    elif user.pk not in story.author_ids:
        raise PermissionDenied("stories.remove_author")
    with transaction.atomic():
        authors = Author.objects.select_for_update().filter(story=story)
        if len(authors) == 1 and authors[0].user_id == user.pk:
            raise ValidationError(_("A story has at least one author. Name another one first."), code="last")
        Author.objects.filter(story=story, user=user).delete()
        audit.record("stories.remove_author", actor=actor, subject=story, municipality_id=story.municipality_id)
    _forget(story)


def _own(story: Story, actor: User) -> Author:
    author = Author.objects.filter(story=story, user=actor).first()
    if author is None:
        raise PermissionDenied("stories.consent")
    return author


def _forget(story: Story) -> None:
    """Read the authors anew the next time that they are asked for."""
    story.__dict__.pop("author_ids", None)
