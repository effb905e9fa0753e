"""Following municipalities and themes, and the week in one notice."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.cases.forms.following import FollowForm
from grobunn.cases.models import Case, FollowedTopic, Topic
from grobunn.cases.services.drafts import save_draft
from grobunn.cases.services.following import NoSuchTopic, follow_topic
from grobunn.cases.services.steps import draft_of, move_case
from grobunn.cases.services.weekly import tell_weekly
from grobunn.cases.states import AdoptionState
from grobunn.cases.tests.conftest import Neighbour, Town
from grobunn.cases.tests.factories import make_adoption, make_case
from grobunn.discussion.services.follow import make_follower
from grobunn.ideas.models import Idea, Visibility
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.notifications.words import text_of, title_of
from grobunn.organisations.models import MunicipalityNumber
from grobunn.organisations.tests.factories import MunicipalityFactory

WEDNESDAY = datetime(2027, 2, 3, 9, tzinfo=UTC)
MONDAY = datetime(2027, 2, 8, 6, tzinfo=UTC)


def _published(town: Town, **content: object) -> Case:
    with clock.moved_to(WEDNESDAY):
        case = make_case(town.municipality, owner=town.writer, editor=town.adviser, **content)
        run_jobs()
    return case


def _weekly(user: User) -> list[Notice]:
    with scopes_disabled():
        return list(Notice.objects.filter(recipient=user, kind="cases.weekly"))


def _lines(user: User) -> list[tuple[str, str]]:
    return [(line["why"], line["title"]) for notice in _weekly(user) for line in notice.data["lines"]]


def test_follow_twice_is_following_and_what_is_unknown_is_refused(town: Town) -> None:
    for _ in range(2):
        follow_topic(user=town.nurse, topic=Topic.KOSTRA, value="202")
    for topic, value in (("kostra", "999"), ("innovation", "tull"), ("municipality", "x"), ("noe", "202")):
        with pytest.raises(NoSuchTopic):
            follow_topic(user=town.nurse, topic=topic, value=value)

    assert list(FollowedTopic.objects.values_list("topic", "value")) == [("kostra", "202")]


@pytest.mark.parametrize("topic", ["municipality", "kostra", "innovation"])
def test_new_case_is_told_to_those_who_follow_its_municipality_or_theme(
    town: Town, neighbour: Neighbour, topic: str
) -> None:
    value = {"municipality": str(town.municipality.pk), "kostra": "202", "innovation": "service"}[topic]
    follow_topic(user=neighbour.nurse, topic=topic, value=value)
    follow_topic(user=neighbour.adviser, topic=Topic.KOSTRA, value="254")
    _published(town, kostra=["202"], innovation_kinds=["service"], title="Teknologiskolen")

    with clock.moved_to(MONDAY):
        assert tell_weekly() == 1
        tell_weekly()

    assert _lines(neighbour.nurse) == [("followed", "Teknologiskolen")]
    assert _weekly(neighbour.adviser) == []


def test_case_of_this_week_waits_for_the_next_notice(town: Town, neighbour: Neighbour) -> None:
    follow_topic(user=neighbour.nurse, topic=Topic.MUNICIPALITY, value=str(town.municipality.pk))
    _published(town)

    with clock.moved_to(WEDNESDAY + timedelta(days=1)):
        assert tell_weekly() == 0
    with clock.moved_to(MONDAY + timedelta(days=7)):
        assert tell_weekly() == 0
    with clock.moved_to(MONDAY + timedelta(days=1)):
        assert tell_weekly() == 1


def _idea(neighbour: Neighbour, writer: User, text: str, **fields: object) -> Idea:
    with scope(municipality=neighbour.municipality.pk):
        return make_idea(neighbour.municipality, writer=writer, text=text, **fields)


def test_case_near_ones_own_open_idea_is_told_before_what_one_follows(town: Town, neighbour: Neighbour) -> None:
    follow_topic(user=neighbour.nurse, topic=Topic.MUNICIPALITY, value=str(town.municipality.pk))
    _idea(
        neighbour,
        neighbour.nurse,
        "Sensorer i sengene på sykehjemmet så nattevakten slipper å vekke beboerne.",
        visibility=Visibility.INTERNAL,
    )
    _idea(neighbour, neighbour.rnd_contact, "Sett opp en benk ved ferjekaien.")
    run_jobs()
    _published(
        town,
        title="Sensorer i sengene på sykehjemmet",
        lead="Nattevakten slipper å vekke beboerne.",
        need="Nattevakten vekket beboerne på sykehjemmet for å se etter dem.",
    )

    with clock.moved_to(MONDAY):
        tell_weekly()

    assert _lines(neighbour.nurse) == [("idea", "Sensorer i sengene på sykehjemmet")]
    assert _weekly(neighbour.rnd_contact) == []
    notice = _weekly(neighbour.nurse)[0]
    assert "Naboen din har løst dette" in text_of(notice)
    assert title_of(notice) == f"{town.municipality.name} har løst noe som ligner på ideen din"


def test_follower_of_a_case_hears_of_new_editions_and_of_who_took_it_into_use(
    case: Case, town: Town, neighbour: Neighbour
) -> None:
    with scope(municipality=town.municipality.pk):
        make_follower("case", case, user_id=town.nurse.pk)
    with clock.moved_to(WEDNESDAY):
        with scope(municipality=town.municipality.pk):
            save_draft(case, actor=town.writer, revision=draft_of(case).revision, changes={"effect": "Ro."})
            move_case(case, "publish_changes", actor=town.adviser)
        make_adoption(case, neighbour.municipality, state=AdoptionState.IN_USE, actor=neighbour.adviser)
        make_adoption(case, MunicipalityFactory(is_in_use=True))

    with clock.moved_to(MONDAY):
        assert tell_weekly() == 1

    assert _lines(town.nurse) == [("edition", case.title), ("in_use", case.title)]


def test_whoever_has_left_is_not_told(town: Town, neighbour: Neighbour) -> None:
    follow_topic(user=neighbour.nurse, topic=Topic.MUNICIPALITY, value=str(town.municipality.pk))
    User.objects.filter(pk=neighbour.nurse.pk).update(is_active=False)
    _published(town)

    with clock.moved_to(MONDAY):
        assert tell_weekly() == 0


def test_page_follows_and_stops(town: Town, neighbour: Neighbour) -> None:
    client = Client(headers={"Accept-Language": "en"})
    assert client.get("/eksempler/folger/").status_code == 302
    client.force_login(neighbour.nurse)

    client.post("/eksempler/folger/", {"municipality": str(town.municipality.pk), "kostra": "202"})
    page = client.get("/eksempler/folger/").content.decode()
    followed: UUID = FollowedTopic.objects.get(topic=Topic.KOSTRA).pk
    other = Client(headers={"Accept-Language": "en"})
    other.force_login(town.nurse)
    other.post(f"/eksempler/folger/{followed}/slutt/")
    kept = FollowedTopic.objects.count()
    client.post(f"/eksempler/folger/{followed}/slutt/")

    assert town.municipality.name in page
    assert kept == 2
    assert list(FollowedTopic.objects.values_list("topic", flat=True)) == ["municipality"]


def test_page_says_what_is_followed_and_asks_for_a_choice(town: Town, neighbour: Neighbour) -> None:
    client = Client(headers={"Accept-Language": "nb"})
    client.force_login(neighbour.nurse)

    nothing = client.post("/eksempler/folger/", {})
    followed = client.post("/eksempler/folger/", {"kostra": "202"}, follow=True).content.decode()
    stop = f"/eksempler/folger/{FollowedTopic.objects.get().pk}/slutt/"
    stopped = client.post(stop, follow=True).content.decode()

    assert nothing.status_code == 422
    assert "Velg en kommune, et tjenesteområde eller en type innovasjon." in nothing.content.decode()
    assert "Nå følger du 202 Grunnskole." in followed or "Nå følger du Grunnskole." in followed
    assert "Du følger ikke Grunnskole lenger." in stopped
    assert FollowedTopic.objects.count() == 0


def test_municipalities_of_one_name_are_told_apart_by_their_county(db: None) -> None:
    for slug, name, number in (("heroy-n", "Herøy", "1818"), ("heroy-m", "Herøy", "1515"), ("volda", "Volda", "1577")):
        place = MunicipalityFactory(slug=slug, name=name)
        MunicipalityNumber.objects.create(municipality=place, number=number, valid_from=date(2024, 1, 1))

    offered = [str(label) for _value, label in FollowForm().fields["municipality"].choices][1:]

    assert sorted(offered) == ["Herøy (Møre og Romsdal)", "Herøy (Nordland – Nordlánnda)", "Volda"]
