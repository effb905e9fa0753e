"""The pages of stories: what readers see, how a story is made, and who is turned away."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from grobunn.kernel import clock
from grobunn.kernel.models import StateChange
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.stories.models import Author, Story
from grobunn.stories.services.authors import consent
from grobunn.stories.services.steps import hand_in
from grobunn.stories.states import StoryState
from grobunn.stories.tests.conftest import Town
from grobunn.stories.tests.factories import WORDS, make_picture, make_story

LIST = "/storvik/historier/"
DESK = f"{LIST}skriv/"


def _making(story: Story, page: str = "") -> str:
    return f"{DESK}{story.pk}/{page}"


def _titles(client: Client, address: str = LIST) -> list[str]:
    return [teaser.story.title for teaser in client.get(address).context["teasers"]]


def test_list_shows_what_is_out_newest_first_and_nothing_else(client: Client, town: Town) -> None:
    for number, state in enumerate([*StoryState.values, StoryState.PUBLISHED]):
        make_story(town, state, title=f"{number} {state}")
    client.force_login(town.editor)

    assert _titles(client) == ["4 published", "2 published"]


def test_list_pages_lead_through_every_story_once(client: Client, town: Town) -> None:
    for number in range(14):
        make_story(town, StoryState.PUBLISHED, title=f"Nummer {number}")

    first = client.get(LIST)
    following = first.context["page"].next_cursor

    assert _titles(client) + _titles(client, f"{LIST}?side={following}") == [
        f"Nummer {number}" for number in reversed(range(14))
    ]
    assert client.get(f"{LIST}?side=xx").status_code == 404


def test_tag_page_shows_its_stories_and_is_not_found_without_any(client: Client, town: Town) -> None:
    make_story(town, StoryState.PUBLISHED, title="Om benker", tags="Gode benker")
    make_story(town, title="Et utkast", tags="hemmelig")

    assert _titles(client, f"{LIST}emne/gode-benker/") == ["Om benker"]
    assert client.get(f"{LIST}emne/gode-benker/").context["tag_name"] == "gode benker"
    assert client.get(f"{LIST}emne/hemmelig/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_much_of_one_story_as_of_three(
    client: Client, town: Town, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        story = make_story(town, StoryState.PUBLISHED, title=f"Historie {number}")
        make_picture(town, story)
        consent(story, actor=town.author)
    client.get(LIST)

    with django_assert_num_queries(4):  # stories, pictures, authors, tags
        client.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_story_asks_as_much_with_one_picture_as_with_three(
    client: Client, town: Town, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    story = make_story(town, StoryState.PUBLISHED)
    for _ in range(count):
        make_picture(town, story)
    client.get(f"{LIST}{story.slug}/")

    with django_assert_num_queries(5):  # story, pictures, authors, links, reactions
        client.get(f"{LIST}{story.slug}/")


@pytest.mark.parametrize("count", [1, 3])
def test_desk_asks_as_much_of_one_story_as_of_three(
    client: Client, town: Town, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        make_story(town, title=f"Historie {number}")
    client.force_login(town.editor)
    client.get(DESK)

    with django_assert_num_queries(5):  # session, user, roles, waiting comments, stories
        client.get(DESK)


def test_story_page_tells_search_engines_what_it_is(client: Client, town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED, title='Benken </script><script>alert("1")', lead="En & to.")
    picture = make_picture(town, story)
    consent(story, actor=town.author)

    page = client.get(f"{LIST}{story.slug}/").content.decode()
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    posting = json.loads(data)

    assert page.count("<script") == 1 + page.count('<script type="module" src=')
    assert (posting["@type"], posting["headline"], posting["description"]) == ("BlogPosting", story.title, "En & to.")
    assert posting["author"] == [
        {"@type": "Person", "name": "Berit Forfatter", "jobTitle": "enhetsleder, Hjemmetjenesten"}
    ]
    assert posting["image"] == [f"http://testserver/storvik/historier/bilder/{picture.pk}.jpg"]
    assert f'<meta property="og:image" content="{posting["image"][0]}">' in page
    assert '<meta property="og:description" content="En &amp; to.">' in page
    assert f'<link rel="canonical" href="http://testserver/storvik/historier/{story.slug}/">' in page


def test_story_without_a_shown_author_has_the_municipality_as_its_sender(client: Client, town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED)

    page = client.get(f"{LIST}{story.slug}/").content.decode()

    assert "<strong>Storvik</strong>" in page
    assert '"author": [{"@type": "GovernmentOrganization", "name": "Storvik"' in page


@pytest.mark.parametrize("state", [StoryState.DRAFT, StoryState.SCHEDULED, StoryState.WITHDRAWN])
def test_story_that_is_not_out_is_not_found_by_readers(client: Client, town: Town, state: str) -> None:
    story = make_story(town, state)
    addresses = [_making(story, "se/"), *([f"{LIST}{story.slug}/"] if story.slug else [])]

    for who in ("colleague", "neighbour", "outsider"):
        client.force_login(getattr(town, who))
        assert {client.get(address).status_code for address in addresses} == {404}, who


def test_story_of_another_municipality_is_not_found_under_this_one(client: Client, town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED)

    assert client.get(f"/lillevik/historier/{story.slug}/").status_code == 404
    client.force_login(town.neighbour)
    for page in ("", "se/", "bilder/", "forfattere/", "handler-om/", "steg/withdraw/", "kast/"):
        for slug in ("storvik", "lillevik"):
            address = _making(story, page).replace("storvik", slug)
            assert client.get(address).status_code == 404, address


@pytest.mark.parametrize(("who", "status"), [("colleague", 200), ("editor", 200), ("neighbour", 404), (None, 302)])
def test_desk_is_for_those_who_work_there(client: Client, town: Town, who: str | None, status: int) -> None:
    if who:
        client.force_login(getattr(town, who))

    assert client.get(DESK).status_code == status
    assert client.get(f"{DESK}ny/").status_code == status


def test_desk_shows_ones_own_and_to_an_editor_everybodys(client: Client, town: Town) -> None:
    make_story(town)
    shown = {}
    for who in ("author", "colleague", "editor"):
        client.force_login(getattr(town, who))
        shown[who] = [story.title for story in client.get(DESK).context["stories"]]

    assert shown == {"author": [WORDS["title"]], "colleague": [], "editor": [WORDS["title"]]}


def test_begin_saves_a_draft_and_shows_the_author_who_wants_it(client: Client, town: Town) -> None:
    client.force_login(town.colleague)
    sent = {**WORDS, "language": "nn", "is_shown": "on"}

    answer = client.post(f"{DESK}ny/", sent)

    story = Story.objects.get()
    assert answer["Location"] == _making(story)
    assert (story.state, story.language, story.writer_id) == (StoryState.DRAFT, "nn", town.colleague.pk)
    assert Author.objects.get().consented_at is not None


@pytest.mark.parametrize("page", ["ny/", None])
def test_preview_shows_the_text_as_it_will_be_and_saves_nothing(client: Client, town: Town, page: str | None) -> None:
    story = make_story(town)
    client.force_login(town.author)
    sent = {**WORDS, "language": "nb", "text": "## Nytt\n\n<script>alert(1)</script>", "preview": "1"}

    shown = client.post(f"{DESK}{page}" if page else _making(story), sent).content.decode()

    assert "<h2>Nytt</h2>" in shown
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>" in shown
    assert "<textarea" in shown
    assert "## Nytt" in shown
    assert Story.objects.get().text == WORDS["text"]


def test_write_changes_the_words(client: Client, town: Town) -> None:
    story = make_story(town)
    client.force_login(town.author)

    answer = client.post(_making(story), {**WORDS, "language": "nb", "text": "Nytt.", "done": "1"})

    assert answer["Location"] == _making(story, "se/")
    assert Story.objects.get().text == "Nytt."


def test_write_over_what_somebody_else_wrote_meanwhile_is_told_first_and_kept_in_the_form(
    client: Client, town: Town
) -> None:
    story = make_story(town)
    client.force_login(town.author)
    seen = story.version
    client.post(_making(story), {**WORDS, "language": "nb", "text": "Den første.", "version": seen})
    sent = {**WORDS, "language": "nb", "text": "Den andre.", "version": seen}

    refused = client.post(_making(story), sent)
    kept = Story.objects.get().text
    page = refused.content.decode()
    fresh = re.search(r'name="version" value="(\d+)"', page)
    assert fresh is not None
    again = client.post(_making(story), {**sent, "version": fresh[1]})

    assert (refused.status_code, kept, again.status_code) == (422, "Den første.", 302)
    assert "Den andre." in page
    assert Story.objects.get().text == "Den andre."


@pytest.mark.parametrize(("who", "status"), [("author", 200), ("editor", 200), ("colleague", 404), ("neighbour", 404)])
def test_write_page_is_for_authors_and_editors(client: Client, town: Town, who: str, status: int) -> None:
    story = make_story(town)
    client.force_login(getattr(town, who))

    assert client.get(_making(story)).status_code == status
    assert client.get(_making(story, "se/")).status_code == status


def test_author_hands_in_and_the_editor_publishes_and_takes_it_back(client: Client, town: Town) -> None:
    story = make_story(town)
    client.force_login(town.author)
    client.post(_making(story, "steg/hand_in/"))
    run_jobs()
    told = [(notice.kind, notice.recipient_id) for notice in Notice.objects.all()]
    client.force_login(town.editor)

    published = client.post(_making(story, "steg/publish/"), follow=True)
    change = StateChange.objects.get(edge="publish")
    undone = client.post(_making(story, f"angre/{change.pk}/"))

    assert told == [("stories.handed_in", town.editor.pk)]
    assert published.redirect_chain == [(f"{LIST}benken-som-ble-brukt/", 302)]
    assert f'action="{_making(story, f"angre/{change.pk}/")}"' in published.content.decode()
    assert undone.status_code == 302
    assert Story.objects.get().state == StoryState.DRAFT


def test_editor_sends_back_with_words_that_reach_the_author(client: Client, town: Town) -> None:
    story = make_story(town)
    hand_in(story, actor=town.author)
    client.force_login(town.editor)

    empty = client.post(_making(story, "steg/send_back/"), {"reason": ""})
    answer = client.post(_making(story, "steg/send_back/"), {"reason": "Skriv hva som var vanskelig."})
    run_jobs()

    notice = Notice.objects.get(kind="stories.sent_back")
    assert (empty.status_code, answer.status_code) == (422, 302)
    assert (notice.recipient_id, notice.data["words"]) == (town.author.pk, "Skriv hva som var vanskelig.")
    assert Story.objects.get().handed_in_at is None


def test_schedule_page_takes_a_minute_in_norway(client: Client, town: Town) -> None:
    story = make_story(town)
    client.force_login(town.editor)
    ahead = timezone.localtime(clock.now() + timedelta(days=2)).replace(second=0, microsecond=0)

    past = client.post(_making(story, "steg/schedule/"), {"publish_at": "2020-01-01T08:00"})
    answer = client.post(_making(story, "steg/schedule/"), {"publish_at": ahead.strftime("%Y-%m-%dT%H:%M")})

    assert (past.status_code, answer.status_code) == (422, 302)
    assert Story.objects.get().publish_at == ahead
    assert "Publiseres senere" in client.get(_making(story, "se/")).content.decode()


@pytest.mark.parametrize("edge", ["publish", "schedule", "withdraw", "unschedule", "send_back"])
def test_editors_steps_are_refused_to_others_and_change_nothing(client: Client, town: Town, edge: str) -> None:
    story = make_story(town)
    sent: dict[str, Any] = {"reason": "x", "publish_at": "2030-01-01T08:00"}
    statuses = {}
    for who in ("author", "colleague", "neighbour"):
        client.force_login(getattr(town, who))
        statuses[who] = client.post(_making(story, f"steg/{edge}/"), sent).status_code

    # Withdrawing is an author's too, once the story is out.
    assert statuses == {"author": 422 if edge == "withdraw" else 403, "colleague": 404, "neighbour": 404}
    assert Story.objects.get().state == StoryState.DRAFT


def test_step_says_what_is_missing_before_it_asks_for_a_time(client: Client, town: Town) -> None:
    story = make_story(town, lead="")
    client.force_login(town.editor)

    for step in ("schedule", "publish"):
        page = client.get(_making(story, f"steg/{step}/"), headers={"Accept-Language": "en"}).content.decode()
        assert "The story needs a lead and a text first." in page
        assert 'name="publish_at"' not in page
    assert client.post(_making(story, "steg/publish/")).status_code == 422


def test_step_that_is_none_or_no_button_is_not_found(client: Client, town: Town) -> None:
    story = make_story(town)
    client.force_login(town.editor)

    assert client.get(_making(story, "steg/go_out/")).status_code == 404
    assert client.get(_making(story, "steg/fly/")).status_code == 404


def test_throw_away_asks_first_and_then_is_gone(client: Client, town: Town) -> None:
    story = make_story(town)
    client.force_login(town.author)

    asked = client.get(_making(story, "kast/"))
    kept = Story.objects.count()
    gone = client.post(_making(story, "kast/"))

    assert (asked.status_code, kept, gone["Location"]) == (200, 1, DESK)
    assert Story.objects.count() == 0


def test_reader_sees_no_buttons_of_those_who_make_it(client: Client, town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED)
    for who in (None, "colleague", "neighbour"):
        client.logout()
        if who:
            client.force_login(getattr(town, who))
        page = client.get(f"{LIST}{story.slug}/").content.decode()

        assert "/skriv/" not in page.replace(f'href="{DESK}"', ""), who


def test_sitemap_names_what_is_out_and_not_made_up(client: Client, town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED)
    made_up = make_story(town, StoryState.PUBLISHED, title="Oppdiktet")
    Story.objects.filter(pk=made_up.pk).update(is_synthetic=True)
    make_story(town)
    make_story(town, StoryState.WITHDRAWN, title="Trukket")

    file = client.get("/sitemap/historier-1.xml").content.decode()

    assert re.findall(r"<loc>[^<]*?(/storvik/[^<]*)</loc>", file) == [f"{LIST}{story.slug}/"]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_renders_in_every_language(client: Client, town: Town, language: str) -> None:
    story, out = make_story(town), make_story(town, StoryState.PUBLISHED)
    picture = make_picture(town, story)
    client.force_login(town.editor)
    pages = [LIST, f"{LIST}{out.slug}/", f"{LIST}emne/benk/", f"{LIST}nyhetsbrev/", DESK, f"{DESK}ny/"]
    pages += [_making(story, page) for page in ("", "se/", "bilder/", "forfattere/", "handler-om/", "kast/")]
    pages += [_making(story, f"bilder/{picture.pk}/"), _making(story, "steg/schedule/")]

    for page in pages:
        answer = client.get(page, headers={"Accept-Language": language})
        assert answer.status_code == 200, page
        assert f'<html lang="{language}"' in answer.content.decode(), page
