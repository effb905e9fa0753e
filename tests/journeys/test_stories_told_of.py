"""A story points to what it is about; what it is about points back, once the story is out."""

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled

from grobunn.cases.tests.rows import case_row
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel import clock
from grobunn.stories.models import Link, Story
from grobunn.stories.states import StoryState


def _tell(town: Town, *, kind: str, object_id: object) -> None:
    told = {"municipality": town.municipality, "published_at": clock.now()}
    with scope(municipality=town.municipality.pk):
        out = Story.objects.create(title="Natten som ble stille", slug="natten", state=StoryState.PUBLISHED, **told)
        draft = Story.objects.create(title="Kladden om natten", **told)
        for story in (out, draft):
            Link.objects.create(municipality=town.municipality, story=story, kind=kind, object_id=object_id)


@pytest.mark.parametrize("kind", ["case", "idea"])
def test_story_that_is_out_is_linked_from_what_it_is_about(client: Client, town: Town, kind: str) -> None:
    if kind == "case":
        path, object_id = "/eksempler/sensorer-i-senger/", case_row(town.municipality).pk
    else:
        with scopes_disabled():
            idea = make_idea(town.municipality)
        path, object_id = f"/storvik/ideer/{idea.reference}/", idea.pk
    _tell(town, kind=kind, object_id=object_id)
    client.force_login(town.adviser)

    page = client.get(path).content.decode()

    assert 'href="/storvik/historier/natten/"' in page
    assert "Kladden om natten" not in page
