"""Comments on stories: from inside at once, from outside when an editor has read them; who hears of what."""

import pytest
from django.test import Client

from grobunn.discussion.models import Comment
from grobunn.discussion.services.comments import words_digest
from grobunn.kernel import ids
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.stories.models import Story
from grobunn.stories.states import StoryState
from grobunn.stories.tests.conftest import Town
from grobunn.stories.tests.factories import make_story


def _say(client: Client, story: Story, text: str = "Fint gjort."):
    url = f"/storvik/samtale/story/{story.pk}/kommentar/"
    return client.post(url, {"text": text, "comment_id": str(ids.new_id())})


def _told() -> list[tuple[str, object]]:
    return sorted((notice.kind, notice.recipient_id) for notice in Notice.objects.all())


def test_comment_of_a_colleague_is_seen_at_once_and_told_to_the_author(client: Client, town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED)
    client.force_login(town.colleague)
    _say(client, story)
    run_jobs()
    client.logout()

    assert "Fint gjort." in client.get(f"/storvik/historier/{story.slug}/").content.decode()
    assert _told() == [("stories.commented", town.author.pk)]


@pytest.mark.parametrize("who", ["neighbour", "outsider"])
def test_comment_from_outside_waits_for_an_editor(client: Client, town: Town, who: str) -> None:
    story = make_story(town, StoryState.PUBLISHED)
    client.force_login(getattr(town, who))
    _say(client, story)
    run_jobs()
    told_first = _told()
    page = {}
    for reader in (None, "colleague", "editor", who):
        client.logout()
        if reader:
            client.force_login(getattr(town, reader))
        page[reader] = "Fint gjort." in client.get(f"/storvik/historier/{story.slug}/").content.decode()

    assert told_first == [("stories.comment_waits", town.editor.pk)]
    assert page == {None: False, "colleague": False, "editor": True, who: True}


def test_editor_lets_a_comment_through_from_the_desk_and_the_author_hears_of_it(client: Client, town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED)
    client.force_login(town.neighbour)
    _say(client, story)
    comment = Comment.objects.get()
    client.force_login(town.editor)
    waiting = client.get("/storvik/historier/skriv/").context["waiting"]

    url = f"/storvik/samtale/story/{story.pk}/kommentar/{comment.pk}/slipp-fram/"
    client.post(url, {"seen": words_digest(comment)})
    run_jobs()
    client.logout()

    assert waiting == [(comment, story)]
    assert "Fint gjort." in client.get(f"/storvik/historier/{story.slug}/").content.decode()
    assert ("stories.commented", town.author.pk) in _told()


@pytest.mark.parametrize("who", ["author", "colleague", "neighbour"])
def test_comment_is_let_through_by_editors_alone(client: Client, town: Town, who: str) -> None:
    story = make_story(town, StoryState.PUBLISHED)
    client.force_login(town.outsider)
    _say(client, story)
    comment = Comment.objects.get()
    client.force_login(getattr(town, who))

    url = f"/storvik/samtale/story/{story.pk}/kommentar/{comment.pk}/slipp-fram/"

    assert client.post(url, {"seen": words_digest(comment)}).status_code == 403
    assert Comment.objects.get().is_waiting


@pytest.mark.parametrize("state", [StoryState.DRAFT, StoryState.SCHEDULED, StoryState.WITHDRAWN])
def test_comment_on_what_is_not_out_is_refused(client: Client, town: Town, state: str) -> None:
    story = make_story(town, state)
    statuses = {}
    for who in ("author", "colleague", "neighbour"):
        client.force_login(getattr(town, who))
        statuses[who] = _say(client, story).status_code

    assert statuses == {"author": 403, "colleague": 404, "neighbour": 404}
    assert Comment.objects.count() == 0
