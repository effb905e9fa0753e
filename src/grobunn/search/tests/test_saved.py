"""Saved searches: each match is told once, as its owner may see it; the feed's address can be made anew."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory
from grobunn.search.asked import asked_of
from grobunn.search.models import KnownMatch, SavedSearch, Told
from grobunn.search.queries.saved import feed_url, news_of, result_of, result_url
from grobunn.search.registry import Visibility
from grobunn.search.services.news import look_for_news
from grobunn.search.services.saved import MOST_SAVED, renew_feed, save_search
from grobunn.search.tests.conftest import Notes

pytestmark = pytest.mark.django_db


def saved_for(user: User, query: str = "q=sensorer", **fields: Any) -> SavedSearch:
    given = {"name": "Sensorer", "municipality": None, "told": Told.AT_ONCE, **fields}
    return save_search(user, asked=asked_of(QueryDict(query)), **given)


def news() -> list[set[str]]:
    """What a look finds anew, search by search, by the titles that the owners may see."""
    SavedSearch.objects.update(looked_at=clock.now() - timedelta(hours=1))
    look_for_news()
    batches = KnownMatch.objects.exclude(batch_id=None).order_by("id").values_list("saved_search_id", "batch_id")
    return [
        {match.title for match in news_of(SavedSearch.objects.get(pk=saved_id), batch_id)}
        for saved_id, batch_id in dict.fromkeys(batches)
    ]


def test_what_was_there_before_is_no_news(notes: Notes) -> None:
    notes.add("Sensorer fra før", MunicipalityFactory())
    saved_for(UserFactory())

    assert news() == []


def test_each_match_is_told_once(notes: Notes) -> None:
    municipality = MunicipalityFactory()
    saved_for(UserFactory())
    notes.add("Sensorer nye", municipality)
    notes.add("Noe annet", municipality)

    assert news() == [{"Sensorer nye"}]
    assert news() == [{"Sensorer nye"}]
    notes.add("Sensorer enda nyere", municipality)
    assert news() == [{"Sensorer nye"}, {"Sensorer enda nyere"}]


def test_news_keep_to_the_narrowings_and_the_municipality(notes: Notes) -> None:
    here, there = MunicipalityFactory(), MunicipalityFactory()
    saved_for(UserFactory(), "q=sensorer&tilstand=started", municipality=here)
    notes.add("Sensorer her", here, state="started")
    notes.add("Sensorer her, mottatt", here, state="received")
    notes.add("Sensorer der", there, state="started")

    assert news() == [{"Sensorer her"}]


def test_what_is_only_spelled_alike_is_no_news(notes: Notes) -> None:
    saved_for(UserFactory(), "q=søpelkaser")
    notes.add("Sensorer i søppelkasser", MunicipalityFactory())

    assert news() == []


def test_news_are_what_the_owner_may_see(notes: Notes) -> None:
    here = MunicipalityFactory()
    saved_for(UserFactory())
    saved_for(RoleAssignmentFactory(unit=UnitFactory(municipality=here)).user)
    notes.add("Sensorer internt", here, visibility=Visibility.MUNICIPALITY)
    gone = notes.add("Sensorer skjult", here)
    notes.hidden.add(gone.id)

    assert news() == [{"Sensorer internt"}]


def test_news_hidden_before_they_are_told_are_not_told(notes: Notes) -> None:
    saved_for(UserFactory())
    note = notes.add("Sensorer", MunicipalityFactory())
    assert news() == [{"Sensorer"}]

    notes.hidden.add(note.id)

    assert news() == [set()]


def test_owner_who_left_finds_and_hears_nothing(notes: Notes, client: Client) -> None:
    user = UserFactory()
    saved = saved_for(user)
    notes.add("Sensorer", MunicipalityFactory())
    User.objects.filter(pk=user.pk).update(is_active=False)
    saved.user.refresh_from_db()

    assert news() == []
    assert result_of(saved) is None
    assert client.get(feed_url(saved)).status_code == 404


def test_owner_who_wants_no_mail_is_not_looked_for(notes: Notes) -> None:
    saved_for(UserFactory(), told=Told.NOT)
    notes.add("Sensorer", MunicipalityFactory())

    assert news() == []


def test_searches_that_waited_longest_come_first(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    user = UserFactory()
    first, second = saved_for(user, name="Først"), saved_for(user, name="Så")
    notes.add("Sensorer", MunicipalityFactory())
    monkeypatch.setattr("grobunn.search.services.news.MOST_AT_A_TIME", 1)

    def told() -> list[str]:
        known = KnownMatch.objects.order_by("id").values_list("saved_search__name", flat=True)
        return list(known)

    with clock.moved_by(minutes=5):
        assert (look_for_news(), told()) == (1, ["Først"])
        assert (look_for_news(), told()) == (1, ["Først", "Så"])
        assert look_for_news() == 0
    assert {first.pk, second.pk} == set(SavedSearch.objects.values_list("pk", flat=True))


def test_feed_shows_the_newest_first_and_only_what_the_owner_sees(notes: Notes, client: Client) -> None:
    here = MunicipalityFactory(name="Ulstein")
    saved = saved_for(RoleAssignmentFactory(unit=UnitFactory(municipality=here)).user)
    notes.add("Sensorer eldst", here, updated_at=clock.now().replace(year=2025))
    notes.add("Sensorer <nyest> & best", here, visibility=Visibility.MUNICIPALITY, state="started")
    gone = notes.add("Sensorer skjult", here)
    notes.hidden.add(gone.id)

    answer = client.get(feed_url(saved))

    text = answer.content.decode()
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert re.findall(r"<title>(.*?)</title>", text)[1:] == ["Sensorer &lt;nyest&gt; &amp; best", "Sensorer eldst"]
    assert 'href="http://testserver/note/"' in text


def test_feed_made_anew_answers_under_the_new_address_alone(notes: Notes, client: Client) -> None:
    saved = saved_for(UserFactory())
    before = feed_url(saved)
    assert client.get(before).status_code == 200

    renew_feed(saved)

    assert client.get(before).status_code == 404
    assert client.get(feed_url(saved)).status_code == 200
    assert (
        client.get(feed_url(saved).replace(str(saved.pk), str(saved_for(saved.user, name="B").pk))).status_code == 404
    )


def test_save_search_of_a_name_in_use_takes_its_place(notes: Notes) -> None:
    user = UserFactory()
    saved_for(user, "q=sensorer")

    saved_for(user, "q=benker")

    assert list(SavedSearch.objects.values_list("query", flat=True)) == ["q=benker"]


def test_save_search_refuses_nobody_nothing_and_too_many(notes: Notes) -> None:
    user = UserFactory()
    with pytest.raises(PermissionDenied):
        saved_for(AnonymousUser())  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        saved_for(user, "q=")
    for number in range(MOST_SAVED):
        saved_for(user, name=f"Nummer {number}")

    with pytest.raises(ValidationError):
        saved_for(user, name="En til")

    assert SavedSearch.objects.count() == MOST_SAVED


def test_pages_save_change_renew_and_take_away_with_undo(notes: Notes, client: Client) -> None:
    here: Municipality = MunicipalityFactory()
    user = UserFactory()
    client.force_login(user)

    client.post(
        "/sok/lagrede/ny/",
        {"query": "q=sensorer&ar=2026", "municipality": here.slug, "name": "Mine", "told": "daily"},
    )
    saved = SavedSearch.objects.get()
    assert (saved.name, saved.query, saved.municipality, saved.told) == ("Mine", "q=sensorer&ar=2026", here, "daily")
    assert result_url(saved) == f"/{here.slug}/sok/?q=sensorer&ar=2026&rekkefolge=nyest"

    client.post(f"/sok/lagrede/{saved.pk}/", {"name": "Andre", "told": "not"})
    client.post(f"/sok/lagrede/{saved.pk}/ny-adresse/")
    saved.refresh_from_db()
    assert (saved.name, saved.told, saved.feed_number) == ("Andre", "not", 2)
    assert feed_url(saved) in client.get(f"/sok/lagrede/{saved.pk}/").content.decode()

    page = client.post(f"/sok/lagrede/{saved.pk}/fjern/", follow=True).content.decode()
    assert SavedSearch.objects.count() == 0
    undo = dict(re.findall(r'<input type="hidden" name="(query|name|told|municipality)" value="([^"]*)"', page))
    client.post("/sok/lagrede/ny/", {name: value.replace("&amp;", "&") for name, value in undo.items()})
    assert SavedSearch.objects.values_list("name", "query", "told").get() == ("Andre", "q=sensorer&ar=2026", "not")


def test_another_s_saved_search_is_not_found_and_not_changed(notes: Notes, client: Client) -> None:
    saved = saved_for(UserFactory())
    client.force_login(UserFactory())

    for address in ("", "ny-adresse/", "fjern/"):
        assert client.post(f"/sok/lagrede/{saved.pk}/{address}", {"name": "X", "told": "not"}).status_code == 404

    saved.refresh_from_db()
    assert (saved.name, saved.feed_number) == ("Sensorer", 1)
    assert "Sensorer" not in re.sub(r"<title>.*?</title>", "", client.get("/sok/lagrede/").content.decode())


def test_signed_out_is_sent_to_the_login(client: Client) -> None:
    assert client.get("/sok/lagrede/")["Location"].startswith("/konto/logg-inn/")


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_saved_searches_asks_as_often_for_one_as_for_three(
    notes: Notes, client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    user = UserFactory()
    for number in range(count):
        saved_for(user, name=f"Nummer {number}", municipality=MunicipalityFactory())
    client.force_login(user)
    client.get("/sok/lagrede/")

    with django_assert_num_queries(4):
        page = client.get("/sok/lagrede/").content.decode()

    assert page.count('<li class="list-row">') == count
