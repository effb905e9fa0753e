"""Authors: named by others, shown by their own word alone."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from grobunn.accounts.services.users import delete_user
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.stories.models import Author
from grobunn.stories.queries.people import Byline, bylines_of
from grobunn.stories.services.authors import consent, name_author, remove_author, take_back_consent
from grobunn.stories.states import StoryState
from grobunn.stories.tests.conftest import Town
from grobunn.stories.tests.factories import make_story


def test_author_is_shown_with_name_and_role_after_saying_yes_and_not_before(client: Client, town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED)
    before = client.get(f"/storvik/historier/{story.slug}/").content.decode()

    consent(story, actor=town.author)
    after = client.get(f"/storvik/historier/{story.slug}/").content.decode()

    assert "Berit Forfatter" not in before
    assert "Berit Forfatter" in after
    assert bylines_of([story.pk])[story.pk] == [Byline(name="Berit Forfatter", role="enhetsleder, Hjemmetjenesten")]


def test_author_who_takes_the_yes_back_is_gone_from_page_feed_and_row(client: Client, town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED)
    consent(story, actor=town.author)

    take_back_consent(story, actor=town.author)

    for address in ("", "atom.xml", "feed.json", f"{story.slug}/"):
        assert "Berit Forfatter" not in client.get(f"/storvik/historier/{address}").content.decode(), address
    author = Author.objects.get()
    assert (author.role, author.unit_id, author.consented_at) == ("", None, None)


@pytest.mark.parametrize("who", ["editor", "colleague"])
def test_nobody_says_yes_for_another(town: Town, who: str) -> None:
    story = make_story(town)

    with pytest.raises(PermissionDenied):
        consent(story, actor=getattr(town, who))

    assert Author.objects.get().consented_at is None


def test_named_author_is_told_and_not_shown(town: Town) -> None:
    story = make_story(town)
    name_author(story, user=town.colleague, actor=town.author)
    name_author(story, user=town.colleague, actor=town.author)
    run_jobs()

    assert bylines_of([story.pk])[story.pk] == []
    notices = Notice.objects.filter(kind="stories.named")
    assert [(notice.recipient_id, notice.url) for notice in notices] == [
        (town.colleague.pk, f"/storvik/historier/skriv/{story.pk}/forfattere/")
    ]


@pytest.mark.parametrize("who", ["neighbour", "outsider"])
def test_somebody_from_outside_is_not_named(town: Town, who: str) -> None:
    story = make_story(town)

    with pytest.raises(ValidationError):
        name_author(story, user=getattr(town, who), actor=town.author)

    assert Author.objects.count() == 1


def test_last_author_is_not_taken_off_and_the_others_are(town: Town) -> None:
    story = make_story(town)
    name_author(story, user=town.colleague, actor=town.author)

    remove_author(story, user=town.author, actor=town.author)
    with pytest.raises(ValidationError):
        remove_author(story, user=town.colleague, actor=town.editor)

    assert list(Author.objects.values_list("user_id", flat=True)) == [town.colleague.pk]


def test_author_of_what_is_out_takes_only_themselves_off(town: Town) -> None:
    story = make_story(town)
    name_author(story, user=town.colleague, actor=town.author)
    story = type(story).objects.get(pk=story.pk)
    type(story).objects.filter(pk=story.pk).update(state=StoryState.SCHEDULED, publish_at=story.begun_at)
    story.refresh_from_db()

    with pytest.raises(PermissionDenied):
        remove_author(story, user=town.colleague, actor=town.author)
    remove_author(story, user=town.author, actor=town.author)

    assert list(Author.objects.values_list("user_id", flat=True)) == [town.colleague.pk]


def test_account_deleted_takes_the_byline_along_and_leaves_the_story(client: Client, town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED)
    consent(story, actor=town.author)

    delete_user(town.author, actor=town.author)

    page = client.get(f"/storvik/historier/{story.slug}/").content.decode()
    assert "Berit Forfatter" not in page
    assert story.title in page
    assert Author.objects.count() == 0


def test_authors_page_names_a_colleague_and_lets_each_decide(client: Client, town: Town) -> None:
    story = make_story(town)
    url = f"/storvik/historier/skriv/{story.pk}/forfattere/"
    client.force_login(town.author)
    unknown = client.post(url, {"email": "ingen@example.org"})
    named = client.post(url, {"email": town.colleague.email})
    client.force_login(town.colleague)

    shown = client.post(f"{url}meg/", {"on": "1"}, follow=True)

    assert (unknown.status_code, named.status_code) == (422, 302)
    assert "Carl Kollega" in shown.content.decode()
    assert bylines_of([story.pk])[story.pk] == [Byline(name="Carl Kollega", role="medarbeider, Hjemmetjenesten")]


def test_authors_page_is_for_authors_and_editors(client: Client, town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED)
    statuses = {}
    for who in ("author", "editor", "colleague", "neighbour"):
        client.force_login(getattr(town, who))
        statuses[who] = client.get(f"/storvik/historier/skriv/{story.pk}/forfattere/").status_code

    assert statuses == {"author": 200, "editor": 200, "colleague": 403, "neighbour": 404}
