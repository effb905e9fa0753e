"""What people look for in vain: counted per person without knowing who, shown in words where at least five did."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory, adviser_of
from grobunn.search.models import Unmet
from grobunn.search.queries.unmet import unmet_needs
from grobunn.search.services.unmet import forget_unmet, normalised
from grobunn.search.tests.conftest import Notes

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(notes: Notes) -> Municipality:
    municipality: Municipality = MunicipalityFactory()
    notes.add("Sensorer", municipality)
    return municipality


def look(client: Client, municipality: Municipality, words: str, people: Sequence[User | str]) -> None:
    """Each of the people, or network addresses, looks for the words."""
    for who in people:
        client.logout()
        if isinstance(who, User):
            client.force_login(who)
        address = who if isinstance(who, str) else "203.0.113.1"
        client.get(f"/{municipality.slug}/sok/", {"q": words}, REMOTE_ADDR=address)


def shown(municipality: Municipality) -> list[tuple[str, int]]:
    return [(need.words, need.people) for need in unmet_needs(municipality.pk).shown]


def test_five_people_make_a_need_and_four_do_not(here: Municipality, client: Client) -> None:
    people = UserFactory.create_batch(5)

    look(client, here, "Ladeboks, til elsykkel!", people[:4])
    assert (shown(here), unmet_needs(here.pk).others) == ([], 1)
    look(client, here, "  ladeboks til ELSYKKEL", people[4:])

    assert shown(here) == [("ladeboks til elsykkel", 5)]
    assert unmet_needs(here.pk).others == 0


def test_one_who_comes_back_counts_once(here: Municipality, client: Client) -> None:
    user = UserFactory()
    for day in range(6):
        with clock.moved_to(clock.now().replace(day=1 + day)):
            look(client, here, "ladeboks", [user, user])

    assert shown(here) == []
    with scope(municipality=here.pk):
        assert Unmet.objects.count() == 1


def test_one_signed_in_and_then_not_never_adds_up(here: Municipality, client: Client) -> None:
    look(client, here, "ladeboks", UserFactory.create_batch(3))
    look(client, here, "ladeboks", ["203.0.113.1", "203.0.113.2", "203.0.113.3"])

    assert shown(here) == []


def test_network_addresses_count_within_a_day(here: Municipality, client: Client) -> None:
    addresses = [f"203.0.113.{number}" for number in range(1, 6)]
    look(client, here, "ladeboks", addresses[:3])
    with clock.moved_by(days=1):
        look(client, here, "ladeboks", addresses[:3])
        assert shown(here) == []

        look(client, here, "ladeboks", addresses[3:])

        assert shown(here) == [("ladeboks", 5)]


def test_what_is_found_and_what_is_narrowed_is_no_need(here: Municipality, client: Client) -> None:
    client.get(f"/{here.slug}/sok/", {"q": "sensorer"})
    client.get(f"/{here.slug}/sok/", {"q": "ladeboks", "tilstand": "started"})
    client.get("/sok/", {"q": "ladeboks"})

    with scopes_disabled():
        assert Unmet.objects.count() == 0


def test_search_everywhere_counts_where_the_person_is_at_home(here: Municipality, client: Client) -> None:
    client.force_login(RoleAssignmentFactory(unit=UnitFactory(municipality=here)).user)

    client.get("/sok/", {"q": "ladeboks"})

    with scope(municipality=here.pk):
        assert list(Unmet.objects.values_list("words", flat=True)) == ["ladeboks"]


@pytest.mark.parametrize(
    "words",
    [
        "01017000027",
        "010170 00027 syk",
        "kari@example.no",
        "ring 912 34 567",
        "47 91 23 45 67",
        "og i på",
        "???",
        "en hel setning som noen har limt inn fra et helt annet sted",
    ],
)
def test_normalised_keeps_nothing_that_could_be_somebody_or_says_nothing(words: str) -> None:
    assert normalised(words) == ""


def test_nobody_can_be_read_out_of_what_is_kept(here: Municipality, client: Client) -> None:
    user = UserFactory(email="kari@example.no")
    look(client, here, "ladeboks", [user])
    look(client, here, "sykkelbod", [user, "203.0.113.9"])

    with scope(municipality=here.pk):
        rows = list(Unmet.objects.values_list("person", "words"))
    assert len({person for person, _words in rows}) == 3  # The same person is another one for other words.
    assert all(str(user.pk) not in person and "203" not in person[:3] for person, _words in rows)
    # The salt is all that leads back, and it is kept apart and not for long.
    cache.clear()
    look(client, here, "ladeboks", [user])
    with scope(municipality=here.pk):
        assert Unmet.objects.filter(words="ladeboks").count() == 2


def test_old_needs_are_forgotten(here: Municipality, client: Client) -> None:
    look(client, here, "ladeboks", UserFactory.create_batch(5))
    with scope(municipality=here.pk):
        Unmet.objects.update(on=clock.today() - timedelta(days=90))
    forget_unmet()
    assert shown(here) == [("ladeboks", 5)]

    with clock.moved_by(days=1):
        forget_unmet()

    assert shown(here) == []


def test_page_is_for_the_adviser_of_the_municipality(here: Municipality, client: Client) -> None:
    look(client, here, "ladeboks", UserFactory.create_batch(5))
    look(client, here, "sykkelbod", UserFactory.create_batch(2))
    address = f"/{here.slug}/oppsett/udekkede-behov/"

    client.force_login(adviser_of(here))
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert ">ladeboks</a>" in page
    assert "sykkelbod" not in page
    assert "1 other search found nothing" in page

    client.force_login(RoleAssignmentFactory(unit=UnitFactory(municipality=here)).user)
    assert client.get(address).status_code == 403
    client.force_login(adviser_of(MunicipalityFactory()))
    assert client.get(address).status_code == 404
