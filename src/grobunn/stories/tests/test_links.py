"""What a story is about: anything that search knows, shown to those who may see it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from grobunn.ideas.models import Visibility
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel import ids
from grobunn.search.services import index_waiting
from grobunn.stories.models import Link
from grobunn.stories.services.links import add_link, remove_link
from grobunn.stories.states import StoryState
from grobunn.stories.tests.conftest import Town
from grobunn.stories.tests.factories import make_story


def _indexed_idea(town: Town, **fields: str):
    from grobunn.kernel.testing import run_jobs

    idea = make_idea(town.municipality, writer=town.colleague, **fields)
    run_jobs()
    index_waiting()
    return idea


def test_story_shows_what_it_is_about_to_those_who_may_see_it(client: Client, town: Town) -> None:
    idea = _indexed_idea(town, text="Sett opp en benk ved inngangen.", visibility=Visibility.MUNICIPALITY)
    story = make_story(town, StoryState.PUBLISHED)
    add_link(story, kind="idea", object_id=idea.pk, actor=town.editor)

    shown = {}
    for who in (None, "neighbour", "colleague"):
        client.logout()
        if who:
            client.force_login(getattr(town, who))
        shown[who] = idea.text in client.get(f"/storvik/historier/{story.slug}/").content.decode()

    assert shown == {None: False, "neighbour": False, "colleague": True}


def test_story_points_to_another_story(client: Client, town: Town) -> None:
    other = make_story(town, StoryState.PUBLISHED, title="Den første benken")
    index_waiting()
    story = make_story(town, StoryState.PUBLISHED)
    from grobunn.kernel.testing import run_jobs

    run_jobs()
    add_link(story, kind="story", object_id=other.pk, actor=town.editor)

    page = client.get(f"/storvik/historier/{story.slug}/").content.decode()
    assert f'href="/storvik/historier/{other.slug}/"' in page
    asked = {"about_kind": "story", "about_id": str(other.pk)}
    found = client.get("/api/v1/stories", asked).json()["items"]
    assert [item["id"] for item in found] == [str(story.pk)]


@pytest.mark.parametrize("case", ["unknown kind", "unknown id", "hidden", "itself"])
def test_link_to_what_is_not_there_for_the_actor_is_refused(town: Town, case: str) -> None:
    story = make_story(town, StoryState.PUBLISHED)
    hidden = make_idea(town.municipality, writer=town.colleague, visibility=Visibility.INTERNAL)
    kind, object_id = {
        "unknown kind": ("ghost", ids.new_id()),
        "unknown id": ("idea", ids.new_id()),
        "hidden": ("idea", hidden.pk),
        "itself": ("story", story.pk),
    }[case]

    with pytest.raises(ValidationError):
        add_link(story, kind=kind, object_id=object_id, actor=town.chief)

    assert Link.objects.count() == 0


def test_link_is_added_once_and_by_those_who_may_change_the_story(town: Town) -> None:
    idea = _indexed_idea(town)
    story = make_story(town)

    links = [add_link(story, kind="idea", object_id=idea.pk, actor=town.author) for _ in range(2)]
    with pytest.raises(PermissionDenied):
        remove_link(links[0], actor=town.colleague)

    assert Link.objects.count() == 1
    remove_link(links[0], actor=town.editor)
    assert Link.objects.count() == 0


def test_links_page_finds_adds_and_removes(client: Client, town: Town) -> None:
    idea = _indexed_idea(town, text="Sett opp en benk ved inngangen.")
    story = make_story(town)
    url = f"/storvik/historier/skriv/{story.pk}/handler-om/"
    client.force_login(town.author)

    found = client.get(url, {"q": "benk inngangen"}).context["offered"]
    added = client.post(url, {"kind": "idea", "id": str(idea.pk)})
    again = client.get(url, {"q": "benk inngangen"}).context["offered"]
    removed = client.post(f"{url}{Link.objects.get().pk}/fjern/")

    assert [match.id for match in found] == [idea.pk]
    assert (added.status_code, again, removed.status_code) == (302, [], 302)
    assert Link.objects.count() == 0


@pytest.mark.parametrize("sent", [{"kind": "idea", "id": "x"}, {}])
def test_links_page_refuses_what_is_no_id(client: Client, town: Town, sent: dict[str, str]) -> None:
    story = make_story(town)
    client.force_login(town.author)

    assert client.post(f"/storvik/historier/skriv/{story.pk}/handler-om/", sent).status_code == 404
