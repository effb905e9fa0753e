"""The API tells what is out, page by page, and nothing twice for nothing."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from grobunn.kernel import ids
from grobunn.stories.services.authors import consent
from grobunn.stories.states import StoryState
from grobunn.stories.tests.conftest import Town
from grobunn.stories.tests.factories import WORDS, make_picture, make_story

STORIES = "/api/v1/stories"


def test_list_leads_through_every_story_once_newest_first(client: Client, town: Town) -> None:
    for number in range(3):
        make_story(town, StoryState.PUBLISHED, title=f"Nummer {number}")
    make_story(town)

    first = client.get(STORIES, {"limit": 2})
    second = client.get(first.json()["next"])

    titles = [[item["title"] for item in page.json()["items"]] for page in (first, second)]
    assert titles == [["Nummer 2", "Nummer 1"], ["Nummer 0"]]
    assert 'rel="next"' in first["Link"]
    assert second.json()["next"] is None


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"municipality": "storvik"}, ["Om benker"]),
        ({"municipality": "lillevik"}, []),
        ({"tag": "benk"}, ["Om benker"]),
        ({"tag": "buss"}, []),
    ],
)
def test_list_is_narrowed_by_municipality_and_tag(
    client: Client, town: Town, asked: dict[str, str], titles: list[str]
) -> None:
    make_story(town, StoryState.PUBLISHED, title="Om benker")

    assert [item["title"] for item in client.get(STORIES, asked).json()["items"]] == titles


def test_list_of_an_unknown_municipality_or_with_a_bad_cursor_is_refused(client: Client, town: Town) -> None:
    assert client.get(STORIES, {"municipality": "finnes-ikke"}).status_code == 404
    assert client.get(STORIES, {"cursor": "xx"}).status_code in {400, 422}


def test_story_is_told_whole(client: Client, town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED, text="Før.\n\n[bilde 1]", source="Avisa, 1. mai 2026")
    picture = make_picture(town, story, caption="Ved døra.")
    consent(story, actor=town.author)

    told = client.get(f"{STORIES}/{story.pk}").json()

    assert told["title"] == WORDS["title"]
    assert told["url"] == f"http://testserver/storvik/historier/{story.slug}/"
    assert told["text"] == "Før.\n\n[bilde 1]"
    assert told["html"].startswith("<p>Før.</p>\n<figure")
    assert told["authors"] == [{"name": "Berit Forfatter", "role": "enhetsleder, Hjemmetjenesten"}]
    assert told["source"] == "Avisa, 1. mai 2026"
    assert told["about"] == []
    assert [(each["number"], each["alt"], each["caption"]) for each in told["pictures"]] == [
        (1, picture.alt, "Ved døra.")
    ]


@pytest.mark.parametrize("state", [StoryState.DRAFT, StoryState.SCHEDULED, StoryState.WITHDRAWN])
def test_story_that_is_not_out_is_not_found_by_anybody(client: Client, town: Town, state: str) -> None:
    story = make_story(town, state)
    answers = [client.get(f"{STORIES}/{story.pk}"), client.get(f"{STORIES}/{ids.new_id()}")]
    client.force_login(town.editor)
    answers.append(client.get(f"{STORIES}/{story.pk}"))

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert client.get(STORIES).json()["items"] == []


def test_story_asked_again_is_not_sent_again(client: Client, town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED)
    for address in (STORIES, f"{STORIES}/{story.pk}"):
        etag = client.get(address)["ETag"]

        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_much_of_one_story_as_of_three(
    client: Client, town: Town, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        make_story(town, StoryState.PUBLISHED, title=f"Historie {number}")
    client.get(STORIES)

    with django_assert_num_queries(3):  # the rate, the stories, their authors
        client.get(STORIES)
