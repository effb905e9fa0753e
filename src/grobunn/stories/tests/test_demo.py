"""The demonstration: retold with a source or marked as made up, told to nobody, and loaded once however often."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scopes_disabled

from grobunn.accounts.demo import load_demo as load_people
from grobunn.discussion.models import Comment
from grobunn.ideas.demo.set_up import set_up
from grobunn.ideas.demo.stories import tell_stories
from grobunn.kernel import clock
from grobunn.notifications.models import Notice
from grobunn.organisations.demo import load_demo as load_municipalities
from grobunn.stories.demo import load_demo
from grobunn.stories.models import Author, Link, Picture, Story
from grobunn.stories.states import StoryState

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 22, 18, tzinfo=UTC)


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration, loaded twice for all tests here and rolled back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.moved_to(MOMENT):
            load_people()
            load_municipalities()
            set_up()
            tell_stories()
            load_demo()
            load_demo()
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("_loaded")
def test_every_story_has_a_source_or_is_marked_as_made_up() -> None:
    with scopes_disabled():
        stories = list(Story.objects.all())

    assert len(stories) == 7
    assert all(bool(story.source) != story.is_synthetic for story in stories)
    assert {story.state for story in stories} == {StoryState.PUBLISHED, StoryState.DRAFT, StoryState.SCHEDULED}
    assert {story.language for story in stories} == {"nb", "nn"}


@pytest.mark.usefixtures("_loaded")
def test_nobody_is_shown_as_the_author_of_what_is_retold() -> None:
    with scopes_disabled():
        shown = Author.objects.filter(consented_at__isnull=False)
        assert {author.story.is_synthetic for author in shown.select_related("story")} == {True}


@pytest.mark.usefixtures("_loaded")
def test_pages_have_something_to_show_and_nobody_is_told() -> None:
    with scopes_disabled():
        assert Picture.objects.count() == 1
        assert list(Link.objects.values_list("kind", flat=True)) == ["idea"]
        assert sorted(Comment.objects.filter(kind="story").values_list("is_waiting", flat=True)) == [False, True]
        assert Notice.objects.filter(kind__startswith="stories.").count() == 0
