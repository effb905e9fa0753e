"""The feeds are what their standards say, hold what is out and nothing else, and are not sent twice for nothing."""

import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from grobunn.stories.services.authors import consent
from grobunn.stories.services.write import StoryWords, edit_story
from grobunn.stories.states import StoryState
from grobunn.stories.tests.conftest import Town
from grobunn.stories.tests.factories import WORDS, make_picture, make_story

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "http://testserver/storvik/historier/"


def _assert_valid_atom(content: bytes) -> ElementTree.Element:
    """What RFC 4287 § 4.1 demands of a feed and its entries."""
    feed = ElementTree.fromstring(content)
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, (element.tag, name)
        assert urlsplit(element.findtext(f"{ATOM}id", "")).scheme
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo is not None
    assert [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"] != []
    for entry in feed.findall(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}author/{ATOM}name")
        assert entry.find(f"{ATOM}content").get("type") == "html"  # type: ignore[union-attr]
        assert [link.get("rel") for link in entry.findall(f"{ATOM}link")] == ["alternate"]
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    return feed


def _assert_valid_json_feed(feed: dict) -> None:
    """What jsonfeed.org/version/1.1 demands."""
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    assert isinstance(feed["items"], list)
    for name in ("home_page_url", "feed_url"):
        assert urlsplit(feed[name]).netloc
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert "content_html" in item or "content_text" in item
        assert all(set(author) & {"name", "url", "avatar"} for author in item.get("authors", []))
        for name in ("date_published", "date_modified"):
            assert datetime.fromisoformat(item[name]).tzinfo is not None
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])


def test_atom_tells_the_newest_first_with_the_whole_text(client: Client, town: Town) -> None:
    make_story(town, StoryState.PUBLISHED, title="Eldst & best", text="Med <b>tegn</b> & [bilde 1]\n\n[bilde 1]")
    newest = make_story(town, StoryState.PUBLISHED, title="Nyest")
    make_story(town, title="Utkast")
    make_story(town, StoryState.WITHDRAWN, title="Trukket")
    consent(newest, actor=town.author)

    answer = client.get("/storvik/historier/atom.xml")
    feed = _assert_valid_atom(answer.content)

    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == ["Nyest", "Eldst & best"]
    assert [entry.findtext(f"{ATOM}author/{ATOM}name") for entry in feed.findall(f"{ATOM}entry")] == [
        "Berit Forfatter",
        "Historier fra Storvik",
    ]
    assert "Med &lt;b&gt;tegn&lt;/b&gt;" in feed.findall(f"{ATOM}entry")[1].findtext(f"{ATOM}content", "")


def test_json_feed_tells_the_same_with_whole_addresses(client: Client, town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED)
    picture = make_picture(town, story)

    answer = client.get("/storvik/historier/feed.json")
    feed = json.loads(answer.content)
    _assert_valid_json_feed(feed)

    [item] = feed["items"]
    assert answer["Content-Type"] == "application/feed+json"
    assert (item["url"], item["summary"], item["tags"]) == (f"{BASE}{story.slug}/", WORDS["lead"], ["uterom", "benk"])
    assert f'src="{BASE}bilder/{picture.pk}.jpg"' in item["content_html"]
    assert "authors" not in item
    assert re.findall(r'(?:src|href)="/', item["content_html"]) == []


@pytest.mark.parametrize("name", ["atom.xml", "feed.json"])
def test_feed_of_a_tag_holds_that_tag_alone(client: Client, town: Town, name: str) -> None:
    make_story(town, StoryState.PUBLISHED, title="Om benker", tags="benk")
    make_story(town, StoryState.PUBLISHED, title="Om busser", tags="buss")

    content = client.get(f"/storvik/historier/emne/benk/{name}").content.decode()

    assert "Om benker" in content
    assert "Om busser" not in content
    assert client.get(f"/storvik/historier/emne/ukjent/{name}").status_code == 404


@pytest.mark.parametrize("name", ["atom.xml", "feed.json"])
def test_feed_is_not_sent_again_before_it_changes(client: Client, town: Town, name: str) -> None:
    story = make_story(town, StoryState.PUBLISHED)
    first = client.get(f"/storvik/historier/{name}")

    same = client.get(f"/storvik/historier/{name}", headers={"If-None-Match": first["ETag"]})
    edit_story(story, words=StoryWords(**{**WORDS, "text": "Rettet."}), actor=town.editor)
    changed = client.get(f"/storvik/historier/{name}", headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, same.status_code, changed.status_code) == (200, 304, 200)
    assert "Rettet." in changed.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_feed_asks_as_much_of_one_story_as_of_three(
    client: Client, town: Town, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        make_picture(town, make_story(town, StoryState.PUBLISHED, title=f"Historie {number}"))
    client.get("/storvik/historier/")

    with django_assert_num_queries(3):
        client.get("/storvik/historier/atom.xml")


def test_empty_feeds_are_valid(client: Client, town: Town) -> None:
    _assert_valid_json_feed(json.loads(client.get("/storvik/historier/feed.json").content))
    assert _assert_valid_atom(client.get("/storvik/historier/atom.xml").content).findall(f"{ATOM}entry") == []
