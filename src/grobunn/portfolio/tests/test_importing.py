"""Importing a project list: nothing before it is confirmed, the same file twice once, and never more than there is."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scopes_disabled

from grobunn.capacity.models import Reservation
from grobunn.capacity.quarters import Quarter
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_source
from grobunn.kernel import clock
from grobunn.portfolio.projects.rows import quarter_meant


def _file(
    town: Town,
    *rows: str,
    heads: str = "id;tittel;enhet;eier;fase;start;slutt;håpet gevinst;milepæl;milepæl dato;plasser",
) -> SimpleUploadedFile:
    return SimpleUploadedFile("liste.csv", "\n".join([heads, *rows]).encode())


def _row(town: Town, title: str, *, places: str = "1", owner: str = "") -> str:
    day = (clock.today() + timedelta(days=60)).strftime("%d.%m.%Y")
    leader = owner or town.leader.email
    now = Quarter.now().code
    return f"{title};{title};{town.ward.name};{leader};pilot;{now};{now};Mindre leting;Ti er i bruk;{day};{places}"


def _uploaded(client: Client, town: Town, file: SimpleUploadedFile) -> str:
    response = client.post(f"/{town.municipality.slug}/portefolje/import/", {"file": file})
    assert response.status_code == 302, response.content
    return str(response["Location"])


def _plan_of(client: Client, address: str) -> str:
    html = client.get(address).content.decode()
    return html.split('name="plan" value="')[1].split('"')[0] if 'name="plan"' in html else ""


def test_list_is_imported_as_it_was_shown_and_only_once(client: Client, town: Town) -> None:
    make_source(town.ward, by=town.leader, amount=5)
    client.force_login(town.adviser)
    address = _uploaded(client, town, _file(town, _row(town, "Robot"), _row(town, "Tavle")))

    plan = _plan_of(client, address)
    with scopes_disabled():
        assert Initiative.objects.count() == 0
    done = client.post(address, {"plan": plan})
    again = client.post(address, {"plan": plan})

    assert (done.status_code, again.status_code) == (302, 200)
    with scopes_disabled():
        assert sorted(Initiative.objects.values_list("title", "stage")) == [("Robot", "pilot"), ("Tavle", "pilot")]
        assert Reservation.objects.count() == 2


def test_what_there_is_no_room_for_is_left_out_or_comes_in_without_capacity(client: Client, town: Town) -> None:
    make_source(town.ward, by=town.leader, amount=1)
    client.force_login(town.adviser)
    address = _uploaded(client, town, _file(town, _row(town, "Robot"), _row(town, "Tavle")))

    client.post(address, {"plan": _plan_of(client, address)})
    with scopes_disabled():
        assert list(Initiative.objects.values_list("title", flat=True)) == ["Robot"]
    client.post(address, {"plan": _plan_of(client, f"{address}?uten_plass=1"), "uten_plass": "1"})

    with scopes_disabled():
        assert sorted(Initiative.objects.values_list("title", flat=True)) == ["Robot", "Tavle"]
        assert Reservation.objects.count() == 1


def test_wrong_rows_are_told_in_words_and_the_others_come_in(client: Client, town: Town) -> None:
    make_source(town.ward, by=town.leader, amount=5)
    client.force_login(town.adviser)
    address = _uploaded(
        client, town, _file(town, _row(town, "Robot"), _row(town, "Tavle", owner="ingen@kommune.example"))
    )

    html = client.get(address).content.decode()

    assert "e-post" in html
    client.post(address, {"plan": _plan_of(client, address)})
    with scopes_disabled():
        assert list(Initiative.objects.values_list("title", flat=True)) == ["Robot"]


def test_other_headings_are_chosen_by_hand(client: Client, town: Town) -> None:
    make_source(town.ward, by=town.leader, amount=5)
    client.force_login(town.adviser)
    heads = "id;hva det heter;enhet;eier;fase;start;slutt;håpet gevinst;milepæl;milepæl dato;plasser"
    address = _uploaded(client, town, _file(town, _row(town, "Robot"), heads=heads))

    assert not _plan_of(client, address)
    assert _plan_of(client, f"{address}?title=hva det heter")


def test_only_the_adviser_imports(client: Client, town: Town) -> None:
    client.force_login(town.leader)

    assert client.get(f"/{town.municipality.slug}/portefolje/import/").status_code == 403


@pytest.mark.parametrize("text", ["2027-1", "Q1 2027", "1. kvartal 2027", "2027 K1", "15.02.2027", "2027-02-15"])
def test_quarter_is_read_as_people_write_it(text: str) -> None:
    assert quarter_meant(text) == Quarter(2027, 1)


@pytest.mark.parametrize("text", ["", "snart", "2027", "Q5 2027"])
def test_what_is_no_quarter_is_none(text: str) -> None:
    assert quarter_meant(text) is None
