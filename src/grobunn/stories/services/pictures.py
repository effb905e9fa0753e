"""The pictures of a story: added, described, taken away."""

import io
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from PIL import Image

from grobunn.ideas.images import CleanPhoto
from grobunn.ideas.validators import validate_no_identity_number
from grobunn.kernel import audit, clock, permissions
from grobunn.kernel.actors import Actor
from grobunn.stories.models import MOST_PICTURES, Picture, Story

# As wide as a list shows it on a dense screen.
SMALL_SIDE = 640


def add_picture(story: Story, *, photo: CleanPhoto, alt: str, caption: str, actor: Actor) -> Picture:
    """Keep a picture, made anew, with its words.

    Raises:  PermissionDenied; ValidationError: no words for it, or no room.
    Effects: row, two files, audit.
    """
    permissions.check("stories.edit", actor, story)
    words = _words(alt, caption)
    with transaction.atomic():
        Story.objects.select_for_update().get(pk=story.pk)  # Two who add at once get two numbers.
        last = Picture.objects.filter(story=story).aggregate(last=Max("number"))["last"] or 0
        if Picture.objects.filter(story=story).count() >= MOST_PICTURES:
            raise ValidationError(
                _("There is room for %(most)s pictures."), code="too_many", params={"most": MOST_PICTURES}
            )
        picture = Picture(
            municipality_id=story.municipality_id,
            story=story,
            number=last + 1,
            width=photo.width,
            height=photo.height,
            **words,
        )
        picture.file.save(f"{picture.pk}.jpg", photo.content, save=False)
        picture.small_file.save(f"{picture.pk}-small.jpg", _small(photo), save=False)
        picture.save(force_insert=True)
        _note_change(story)
        audit.record("stories.add_picture", actor=actor, subject=story, municipality_id=story.municipality_id)
    return picture


def describe_picture(picture: Picture, *, alt: str, caption: str, actor: Actor) -> Picture:
    """Change the words of a picture.

    Raises:  PermissionDenied; ValidationError.
    Effects: row, audit.
    """
    story = picture.story
    permissions.check("stories.edit", actor, story)
    words = _words(alt, caption)
    with transaction.atomic():
        Picture.objects.filter(pk=picture.pk).update(**words)
        _note_change(story)
        audit.record("stories.describe_picture", actor=actor, subject=story, municipality_id=story.municipality_id)
    picture.refresh_from_db()
    return picture


def remove_picture(picture: Picture, *, actor: Actor) -> None:
    """Take a picture away; its number is not used again while later ones stand.

    Raises:  PermissionDenied.
    Effects: row, audit, files after commit.
    """
    story = picture.story
    permissions.check("stories.edit", actor, story)
    with transaction.atomic():
        Picture.objects.filter(pk=picture.pk).delete()
        _note_change(story)
        audit.record("stories.remove_picture", actor=actor, subject=story, municipality_id=story.municipality_id)
        transaction.on_commit(lambda: delete_files([picture]))


def delete_files(pictures: Iterable[Picture]) -> None:
    """Remove the files of pictures whose rows are gone. Effects: files."""
    for picture in pictures:
        for file in (picture.file, picture.small_file):
            if file.name:
                file.storage.delete(file.name)


def _note_change(story: Story) -> None:
    """What readers see of a published story has changed."""
    if story.is_published:
        Story.objects.filter(pk=story.pk).update(edited_at=clock.now())
        story.refresh_from_db(fields=["edited_at"])


def _words(alt: str, caption: str) -> dict[str, str]:
    words = {"alt": " ".join(alt.split()), "caption": " ".join(caption.split())}
    for name, text in words.items():
        try:
            validate_no_identity_number(text)
        except ValidationError as error:
            raise ValidationError({name: error}) from error
    if not words["alt"]:
        raise ValidationError({"alt": _("Say what the picture shows, for those who do not see it.")})
    return words


def _small(photo: CleanPhoto) -> "ContentFile[bytes]":
    photo.content.seek(0)
    picture = Image.open(photo.content, formats=("JPEG",))
    picture.thumbnail((SMALL_SIDE, SMALL_SIDE))
    out = io.BytesIO()
    picture.save(out, format="JPEG", quality=80, optimize=True)
    return ContentFile(out.getvalue())
