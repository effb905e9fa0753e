"""A municipality's own page."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from grobunn.ideas.models import Idea, Visibility
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.organisations.models import MunicipalityKind
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.stories.services.steps import publish
from grobunn.stories.services.write import StoryWords, begin_story


def _answered(town: Town, **fields: str) -> Idea:
    idea = make_idea(town.municipality, **fields)
    make_initiative(town.ward, owner=town.leader, by=town.adviser, ideas=(idea,))
    return idea


def test_home_shows_answered_ideas_that_the_reader_may_see(client: Client, town: Town) -> None:
    public = _answered(town, text="Benk ved inngangen.", visibility=Visibility.PUBLIC)
    internal = _answered(town, text="Noe internt.", visibility=Visibility.INTERNAL)

    response = client.get(f"/{town.municipality.slug}/")

    assert response.context["latest"] == [public]
    assert internal.text not in response.content.decode()


def test_home_figures_open_their_rows(client: Client, town: Town) -> None:
    idea = _answered(town, visibility=Visibility.PUBLIC)
    make_idea(town.municipality, visibility=Visibility.PUBLIC)

    page = client.get(f"/{town.municipality.slug}/").content.decode()
    rows = client.get(f"/{town.municipality.slug}/ideer/?svar=in_time").context["page"].rows

    assert f'href="/{town.municipality.slug}/ideer/?svar=in_time"' in page
    assert "100 %" in page
    assert rows == [idea]


def test_home_box_leads_to_the_intake_and_sends_nothing(client: Client, town: Town) -> None:
    response = client.post(f"/{town.municipality.slug}/ny", {"begin": "1", "text": "Sett opp en benk."})

    assert response.status_code == 200
    assert response.context["form"].initial["text"] == "Sett opp en benk."
    assert Idea.objects.count() == 0


def test_home_not_in_use_tells_facts_and_how_to_begin(client: Client, db: None) -> None:
    municipality = MunicipalityFactory(is_in_use=False, population=212660, centre="Trondheim")

    page = client.get(f"/{municipality.slug}/").content.decode()

    assert "212\xa0660" in page
    assert "<form" in page
    assert "/ny" not in page


def test_home_of_open_archive_has_no_box(client: Client, db: None) -> None:
    archive = MunicipalityFactory(kind=MunicipalityKind.ARCHIVE, is_in_use=False)

    response = client.get(f"/{archive.slug}/")

    assert response.context["form"] is None
    assert f'href="/{archive.slug}/ideer/"' in response.content.decode()


def test_home_of_unknown_name_is_not_found(client: Client, db: None) -> None:
    assert client.get("/atlantis/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_as_much_of_one_idea_as_of_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, town: Town, count: int
) -> None:
    for _ in range(count):
        _answered(town)
    client.force_login(town.nurse)
    client.get("/")

    with django_assert_num_queries(7):
        client.get(f"/{town.municipality.slug}/")


@pytest.mark.parametrize("count", [1, 3])
def test_home_shows_the_latest_stories_and_asks_as_much_of_one_as_of_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, town: Town, count: int
) -> None:
    for number in range(count):
        words = StoryWords(title=f"Historie {number}", lead="Vi prøvde.", text="Det gikk.")
        publish(begin_story(town.municipality, words=words, actor=town.nurse), actor=town.adviser)
    client.force_login(town.nurse)
    client.get("/")

    with django_assert_num_queries(9):
        page = client.get(f"/{town.municipality.slug}/").content.decode()

    assert [f"Historie {number}" in page for number in range(3)] == [number < count for number in range(3)]


def test_home_shows_no_story_that_is_not_out(client: Client, town: Town) -> None:
    begin_story(town.municipality, words=StoryWords(title="Et utkast"), actor=town.adviser)
    client.force_login(town.adviser)

    page = client.get(f"/{town.municipality.slug}/").content.decode()

    assert "Et utkast" not in page
    assert "Folk her forteller" not in page
