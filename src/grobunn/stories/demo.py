"""What `stories` puts into a demonstration: public pages retold with their source, and made-up stories marked so."""

import io
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django_scopes import scope
from PIL import Image, ImageDraw

from grobunn.accounts.demo import key_of, person
from grobunn.discussion.services.comments import add_comment
from grobunn.ideas.images import CleanPhoto
from grobunn.ideas.models import Idea
from grobunn.kernel import clock, events
from grobunn.organisations.models import Municipality, Role, RoleAssignment
from grobunn.search.services import index_many, index_waiting
from grobunn.stories.discussed import ATTACHABLE
from grobunn.stories.models import Link, Story
from grobunn.stories.packaged import packaged_yaml
from grobunn.stories.services import authors, pictures, steps
from grobunn.stories.services.write import StoryWords, begin_story

Told = Mapping[str, Any]

_AT = time(8, 30)
_WORDS = ("title", "lead", "text", "tags", "source", "source_url", "language")
_WIDE, _HIGH = 1200, 800


def load_demo() -> None:
    """Load what is not there yet; safe to repeat, and what somebody has changed since is left alone."""
    with events.withheld():
        loaded = [story for told in packaged_yaml("demo", "stories.yaml") if (story := _loaded(told)) is not None]
    index_many("story", [story.pk for story in loaded])
    index_waiting()


def _loaded(told: Told) -> Story | None:
    municipality = Municipality.objects.get(slug=told["municipality"])
    with scope(municipality=municipality.pk):
        key = key_of("stories", told["id"])
        if Story.objects.filter(submission_key=key).exists():
            return None
        writer = person(told["writer"])
        with clock.moved_to(_moment(told.get("days_ago", 0) + 1)):
            words = StoryWords(**{name: told[name] for name in _WORDS if name in told})
            story = begin_story(municipality, words=words, actor=writer, key=key)
            if told.get("is_shown"):
                authors.consent(story, actor=writer)
            for picture in told.get("pictures", ()):
                pictures.add_picture(story, photo=_drawing(), actor=writer, **picture)
        Story.objects.filter(pk=story.pk).update(is_synthetic=told.get("is_synthetic", False))
        _point(story, told.get("about", ""))
        _bring_out(story, told)
        _talk(story, told)
        return story


def _point(story: Story, title: str) -> None:
    """Point to an idea of the demonstration by its title."""
    idea = Idea.objects.filter(title=title).first() if title else None
    if idea is not None:
        Link.objects.create(municipality_id=story.municipality_id, story=story, kind="idea", object_id=idea.pk)


def _bring_out(story: Story, told: Told) -> None:
    """Publish or schedule it, as an editor."""
    editor = RoleAssignment.objects.filter(role=Role.INNOVATION_ADVISER).select_related("user")[0].user
    if "in_days" in told:
        at = timezone.make_aware(datetime.combine(clock.today() + timedelta(days=told["in_days"]), _AT))
        steps.schedule(story, publish_at=at, actor=editor)
    elif not told.get("draft"):
        with clock.moved_to(_moment(told["days_ago"])):
            steps.publish(story, actor=editor)


def _talk(story: Story, told: Told) -> None:
    for comment in told.get("comments", ()):
        with clock.moved_to(_moment(told["days_ago"] - comment["after"])):
            add_comment(story, attachable=ATTACHABLE, text=comment["text"], actor=person(comment["by"]))


def _drawing() -> CleanPhoto:
    """Hills, a sun, a path and a house: a picture that nobody can be recognised in."""
    picture = Image.new("RGB", (_WIDE, _HIGH), "#dcecf2")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((900, 90, 1050, 240), fill="#f2c14e")
    draw.ellipse((-300, 420, 800, 1300), fill="#8fbf9f")
    draw.ellipse((400, 480, 1600, 1400), fill="#5f9e7d")
    draw.line([(200, 800), (380, 690), (340, 600), (560, 520), (640, 460)], fill="#f5ead6", width=34, joint="curve")
    draw.rectangle((610, 380, 740, 480), fill="#b5493a")
    draw.polygon([(590, 385), (675, 310), (760, 385)], fill="#4a3b36")
    out = io.BytesIO()
    picture.save(out, format="JPEG", quality=85)
    return CleanPhoto(content=ContentFile(out.getvalue()), width=_WIDE, height=_HIGH)


def _moment(days_ago: int) -> datetime:
    return timezone.make_aware(datetime.combine(clock.today() - timedelta(days=days_ago), _AT))
