"""Stories for tests: made by the services themselves, so that every one has a history."""

import io
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from grobunn.ideas.images import CleanPhoto, clean_photo
from grobunn.kernel import clock
from grobunn.stories.models import Picture, Story
from grobunn.stories.services import steps
from grobunn.stories.services.pictures import add_picture
from grobunn.stories.services.write import StoryWords, begin_story
from grobunn.stories.states import StoryState
from grobunn.stories.tests.conftest import Town

WORDS = {
    "title": "Benken som ble brukt",
    "lead": "Vi satte opp en benk og så hvem som kom.",
    "text": "Først **ingen**, så mange.",
    "tags": "Uterom, benk",
}


def make_story(town: Town, state: str = StoryState.DRAFT, **words: Any) -> Story:
    """A story of the town's author, brought to a state by the machine itself."""
    story = begin_story(town.municipality, words=StoryWords(**{**WORDS, **words}), actor=town.author)
    if state == StoryState.SCHEDULED:
        steps.schedule(story, publish_at=clock.now() + timedelta(days=1), actor=town.editor)
    elif state != StoryState.DRAFT:
        steps.publish(story, actor=town.editor)
    if state == StoryState.WITHDRAWN:
        steps.withdraw(story, actor=town.editor, reason="Bildet viste noen som ikke ville.")
    return story


def photo_file(*, width: int = 900, height: int = 600) -> SimpleUploadedFile:
    """A picture as somebody uploads it."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#336699").save(out, format="PNG")
    return SimpleUploadedFile("bilde.png", out.getvalue(), content_type="image/png")


def photo() -> CleanPhoto:
    """A picture as the services take it."""
    file = photo_file()
    return clean_photo(file, size=file.size or 0)


def make_picture(town: Town, story: Story, **words: str) -> Picture:
    """A picture with words, added by an editor."""
    given = {"alt": "En benk under et tre.", "caption": "", **words}
    return add_picture(story, photo=photo(), actor=town.editor, **given)
