"""Words that mean the same: written down by the adviser, known to searches of that municipality alone."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django_scopes import scope, scopes_disabled
from pytest_django import DjangoAssertNumQueries

from grobunn.kernel import ids
from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory, adviser_of
from grobunn.search.models import Synonym
from grobunn.search.queries import synonym_groups, synonyms_of
from grobunn.search.services.synonyms import MOST_WORDS, remove_synonyms, set_synonyms

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Municipality:
    municipality: Municipality = MunicipalityFactory()
    return municipality


def rows() -> int:
    with scopes_disabled():
        return Synonym.objects.count()


def test_set_synonyms_each_word_knows_the_others(here: Municipality) -> None:
    set_synonyms(here, words=["Søppel", " avfall ", "boss", "avfall"], actor=adviser_of(here))

    assert synonyms_of(here.pk) == {
        "søppel": ("avfall", "boss"),
        "avfall": ("boss", "søppel"),
        "boss": ("avfall", "søppel"),
    }


def test_synonyms_of_another_municipality_or_of_none_are_none(here: Municipality) -> None:
    set_synonyms(here, words=["søppel", "boss"], actor=adviser_of(here))

    assert synonyms_of(MunicipalityFactory().pk) == {}
    assert synonyms_of(None) == {}


def test_synonyms_of_asks_the_database_once(
    here: Municipality, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    set_synonyms(here, words=["søppel", "boss"], actor=adviser_of(here))

    with django_assert_num_queries(1):
        for _ in range(3):
            assert synonyms_of(here.pk) == {"søppel": ("boss",), "boss": ("søppel",)}


def test_set_synonyms_of_a_group_replaces_its_words(here: Municipality) -> None:
    adviser = adviser_of(here)
    group = set_synonyms(here, words=["søppel", "boss"], actor=adviser)

    set_synonyms(here, words=["søppel", "avfall"], actor=adviser, group_id=group)

    assert [each.words for each in synonym_groups(here.pk)] == [("avfall", "søppel")]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["søppel"], "too_few"),
        (["søppel", "SØPPEL"], "too_few"),
        (["søppel", "det som kastes"], "not_a_word"),
        (["søppel", "???"], "not_a_word"),
        ([f"ord{number}" for number in range(MOST_WORDS + 1)], "too_many"),
        (["lånt", "boss"], "taken"),
    ],
)
def test_set_synonyms_refuses_what_is_no_group(here: Municipality, words: list[str], code: str) -> None:
    adviser = adviser_of(here)
    set_synonyms(here, words=["boss", "søppelkasse"], actor=adviser)

    with pytest.raises(ValidationError) as refused:
        set_synonyms(here, words=words, actor=adviser)

    assert refused.value.code == code
    assert rows() == 2


def test_remove_synonyms_of_another_municipality_removes_nothing(here: Municipality) -> None:
    there = MunicipalityFactory()
    group = set_synonyms(here, words=["søppel", "boss"], actor=adviser_of(here))

    assert remove_synonyms(there, group_id=group, actor=adviser_of(there)) == ()
    assert rows() == 2


def test_set_synonyms_by_others_than_the_adviser_is_refused(here: Municipality) -> None:
    nurse = RoleAssignmentFactory(unit=UnitFactory(municipality=here)).user
    neighbour = adviser_of(MunicipalityFactory())

    for actor in (nurse, neighbour):
        with pytest.raises(PermissionDenied):
            set_synonyms(here, words=["søppel", "boss"], actor=actor)

    assert rows() == 0


def test_page_adds_changes_and_takes_away_with_undo(here: Municipality, client: Client) -> None:
    client.force_login(adviser_of(here))
    address = f"/{here.slug}/oppsett/synonymer/"

    client.post(address, {"words": "søppel, boss"})
    [group] = synonym_groups(here.pk)
    client.post(f"{address}{group.id}/", {"words": "søppel, boss, avfall"})
    assert "avfall, boss, søppel" in client.get(address).content.decode()
    page = client.post(f"{address}{group.id}/fjern/", follow=True).content.decode()
    assert rows() == 0
    assert 'name="words" value="avfall, boss, søppel"' in page

    client.post(address, {"words": "avfall, boss, søppel"})
    with scope(municipality=here.pk):
        assert sorted(Synonym.objects.values_list("word", flat=True)) == ["avfall", "boss", "søppel"]


def test_page_tells_of_a_colleagues_change_and_takes_the_second_press(here: Municipality, client: Client) -> None:
    group = set_synonyms(here, words=["søppel", "boss"], actor=adviser_of(here))
    client.force_login(adviser_of(here))
    address = f"/{here.slug}/oppsett/synonymer/{group}/"
    seen = client.get(address).context["form"]["seen"].value()
    set_synonyms(here, words=["søppel", "avfall"], actor=adviser_of(here), group_id=group)

    told = client.post(address, {"words": "søppel, boss, rusk", "seen": seen}, headers={"accept-language": "en"})
    assert told.status_code == 422
    assert "It says now: avfall, søppel." in told.content.decode()
    again = told.context["form"]["seen"].value()
    client.post(address, {"words": "søppel, boss, rusk", "seen": again})

    [kept] = synonym_groups(here.pk)
    assert kept.words == ("boss", "rusk", "søppel")


def test_page_says_why_words_are_refused(here: Municipality, client: Client) -> None:
    client.force_login(adviser_of(here))

    answer = client.post(f"/{here.slug}/oppsett/synonymer/", {"words": "søppel"}, headers={"accept-language": "en"})

    assert answer.status_code == 422
    assert "Write at least two words" in answer.content.decode()


def test_page_is_closed_to_others(here: Municipality, client: Client) -> None:
    group = set_synonyms(here, words=["søppel", "boss"], actor=adviser_of(here))
    client.force_login(RoleAssignmentFactory(unit=UnitFactory(municipality=here)).user)
    address = f"/{here.slug}/oppsett/synonymer/"

    assert client.get(address).status_code == 403
    assert client.post(f"{address}{group}/fjern/").status_code == 403
    client.force_login(adviser_of(MunicipalityFactory()))
    assert client.get(address).status_code == 404
    client.force_login(adviser_of(here))
    assert client.get(f"{address}{ids.new_id()}/").status_code == 404
    assert rows() == 2
