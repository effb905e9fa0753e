"""The pages of capacity: what they show to whom, and what they keep."""

from io import BytesIO
from uuid import UUID

import pytest
from django.core.cache import caches
from django.test import Client
from django_scopes import scope
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from grobunn.accounts.models import User
from grobunn.capacity import claims
from grobunn.capacity.claims import Claim, Described
from grobunn.capacity.kinds import Kind
from grobunn.capacity.models import Declaration, Declared, Share, Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.loads import loads_of
from grobunn.capacity.queries.rollup import hours_by_unit
from grobunn.capacity.services.queue import join_queue
from grobunn.capacity.tests.conftest import Town
from grobunn.capacity.tests.factories import SORT, claim_of, hold, line, make_source
from grobunn.kernel import ids
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.organisations.queries import unit_tree
from grobunn.organisations.tests.factories import MunicipalityFactory, UnitFactory, adviser_of

NOW = Quarter.now


@pytest.fixture(autouse=True)
def _named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every claim has a name that anybody may read."""

    def describe(wanted: object, _actor: object) -> dict[UUID, Described]:
        return {each: Described(f"Tiltak {each.hex[-4:]}", "/t/") for each in wanted}  # type: ignore[attr-defined]

    monkeypatch.setitem(claims._describers, SORT, describe)


def _title(claim: Claim) -> str:
    return f"Tiltak {claim.id.hex[-4:]}"


def _page(client: Client, user: User, town: Town, path: str = "") -> str:
    client.force_login(user)
    answer = client.get(f"/{town.municipality.slug}/kapasitet/{path}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_overview_shows_what_is_left_what_fills_it_and_what_is_over(town: Town, client: Client) -> None:
    source = make_source(town.ward, by=town.leader, amount=40, name="Programmerere")
    claim = hold(town.ward, [line(source, 30)], by=town.leader)
    Declaration.objects.filter(source=source, quarter_on=NOW().first_day).update(amount=10)

    page = _page(client, town.nurse, town)

    assert "Programmerere" in page
    assert _title(claim) in page
    assert "load-mark--over" in page
    assert "20" in page
    assert 'href="/' + town.municipality.slug + "/kapasitet/oppgi/" not in page


def test_overview_names_the_largest_claims_and_counts_the_others(town: Town, client: Client) -> None:
    source = make_source(town.ward, by=town.leader, amount=40)
    held = [hold(town.ward, [line(source, amount)], by=town.leader) for amount in (1, 5, 4, 3, 2)]

    page = _page(client, town.nurse, town)

    assert [_title(claim) in page for claim in held] == [False, True, True, True, False]
    assert page.index(_title(held[1])) < page.index(_title(held[2])) < page.index(_title(held[3]))


def test_overview_of_a_unit_leaves_the_others_out(town: Town, client: Client) -> None:
    beside = UnitFactory(municipality=town.municipality)
    make_source(town.ward, by=town.leader, name="Programmerere")
    make_source(beside, by=town.adviser, name="Jurister", kind=Kind.LEGAL)

    page = _page(client, town.leader, town, f"?enhet={town.office.slug}&fra={NOW().code}")

    assert ("Programmerere" in page, "Jurister" in page) == (True, False)


@pytest.mark.parametrize("query", ["?enhet=finnes-ikke", "?fra=1999-1", "?fra=x", "?enhet=%00"])
def test_overview_of_what_there_is_not_shows_everything(town: Town, client: Client, query: str) -> None:
    make_source(town.ward, by=town.leader, name="Programmerere")

    assert "Programmerere" in _page(client, town.leader, town, query)


@pytest.mark.parametrize("count", [1, 3])
def test_overview_costs_the_same_with_one_and_with_three(
    town: Town, client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        source = make_source(town.ward, by=town.leader)
        hold(town.ward, [line(source)], by=town.leader)
    _page(client, town.leader, town)

    with django_assert_num_queries(OVERVIEW_SQL):
        client.get(f"/{town.municipality.slug}/kapasitet/")


OVERVIEW_SQL = 10


@pytest.mark.parametrize("path", ["", "ko/", "timer/", "oppgi/", "kilder/ny/"])
def test_pages_are_for_those_who_work_there(town: Town, client: Client, path: str) -> None:
    client.force_login(adviser_of(MunicipalityFactory(is_in_use=True)))

    assert client.get(f"/{town.municipality.slug}/kapasitet/{path}").status_code == 404


def test_what_others_hold_of_a_lent_source_has_no_name_here(town: Town, client: Client) -> None:
    source = make_source(town.ward, by=town.leader, name="Programmerere")
    neighbour = MunicipalityFactory(is_in_use=True)
    Share.objects.create(municipality=town.municipality, source=source, guest=neighbour)
    with scope(municipality=neighbour.pk):
        unit = UnitFactory(municipality=neighbour)
        theirs = hold(unit, [line(source, 30)], by=adviser_of(neighbour))
        their_adviser = adviser_of(neighbour)

    page = _page(client, town.leader, town, f"kilder/{source.pk}/")
    client.force_login(their_adviser)
    lent = client.get(f"/{neighbour.slug}/kapasitet/").content.decode()
    hidden = client.get(f"/{neighbour.slug}/kapasitet/kilder/{source.pk}/")

    assert _title(theirs) not in page
    assert "30" in page
    assert "Programmerere" in lent
    assert hidden.status_code == 404


def test_overview_as_a_workbook_has_figures(town: Town, client: Client) -> None:
    source = make_source(town.ward, by=town.leader, amount="37.5", name="=Programmerere")
    hold(town.ward, [line(source, 30)], by=town.leader)
    client.force_login(town.leader)

    answer = client.get(f"/{town.municipality.slug}/kapasitet/?format=xlsx")
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)  # type: ignore[union-attr]
    plain = b"".join(client.get(f"/{town.municipality.slug}/kapasitet/?format=csv").streaming_content).decode()

    assert rows[1][1] == "=Programmerere"
    assert rows[1][5:] == (NOW().code, 37.5, 30, 7.5, 0, 0)
    assert "'=Programmerere" in plain
    assert ";37,50;30,00;7,50;" in plain
    assert client.get(f"/{town.municipality.slug}/kapasitet/?format=pdf").status_code == 404


def test_new_source_sent_twice_is_one_with_a_figure_in_each_quarter(town: Town, client: Client) -> None:
    client.force_login(town.leader)
    address = f"/{town.municipality.slug}/kapasitet/kilder/ny/"
    sent = {"key": str(ids.new_id()), "unit": town.ward.slug, "kind": "it", "name": "Programmerere", "amount": "37,5"}

    answers = [client.post(address, sent) for _ in range(2)]
    other = client.post(address, {**sent, "key": str(ids.new_id())})

    source = Source.objects.get()
    assert [answer["Location"] for answer in answers] == [
        f"/{town.municipality.slug}/kapasitet/kilder/{source.pk}/"
    ] * 2
    assert other.status_code == 422
    assert [each.amount for each in Declaration.objects.all()] == [37.5] * 4


def test_new_source_in_a_unit_that_one_does_not_lead_is_refused(town: Town, client: Client) -> None:
    client.force_login(town.leader)
    sent = {"key": str(ids.new_id()), "unit": town.office.slug, "kind": "it", "name": "Programmerere"}

    answer = client.post(f"/{town.municipality.slug}/kapasitet/kilder/ny/", sent)

    assert answer.status_code == 422
    assert not Source.objects.exists()


def test_grid_shows_what_becomes_too_little_before_it_is_saved(town: Town, client: Client) -> None:
    source = make_source(town.ward, by=town.leader, amount=40)
    hold(town.ward, [line(source, 30)], by=town.leader)
    client.force_login(town.leader)
    address = f"/{town.municipality.slug}/kapasitet/oppgi/?kilde={source.pk}"
    form = client.get(address).context["form"]
    field = f"{source.pk}_{NOW().code}"
    rest = {f"{source.pk}_{(NOW() + step).code}": "40" for step in range(1, 4)}

    shown = client.post(address, {"seen": form.mark, field: "20", **rest})
    before = Declaration.objects.get(source=source, quarter_on=NOW().first_day).amount
    accepted = shown.context["accepted"]
    saved = client.post(address, {"seen": form.mark, field: "20", "accepted": accepted, "reason": "Sykdom.", **rest})

    assert "10" in shown.content.decode()
    assert before == 40
    assert saved.status_code == 302
    assert Declaration.objects.get(source=source, quarter_on=NOW().first_day).amount == 20
    assert Declared.objects.filter(reason="Sykdom.").count() == 1


def test_grid_that_somebody_else_changed_meanwhile_is_not_saved(town: Town, client: Client) -> None:
    source = make_source(town.ward, by=town.leader, amount=40)
    client.force_login(town.leader)
    address = f"/{town.municipality.slug}/kapasitet/oppgi/?kilde={source.pk}"
    seen = client.get(address).context["form"].mark
    Declaration.objects.filter(source=source).update(amount=50)

    answer = client.post(address, {"seen": seen, f"{source.pk}_{NOW().code}": "10"})

    assert answer.status_code == 422
    assert set(Declaration.objects.values_list("amount", flat=True)) == {50}


def test_grid_fills_empty_fields_with_the_quarter_before_and_saves_nothing(town: Town, client: Client) -> None:
    source = make_source(town.ward, by=town.leader, amount=40)
    client.force_login(town.leader)
    address = f"/{town.municipality.slug}/kapasitet/oppgi/"
    seen = client.get(address).context["form"].mark

    answer = client.post(address, {"seen": seen, f"{source.pk}_{NOW().code}": "12,5", "copy": "1"})

    assert answer.content.decode().count('value="12,5"') == 6
    assert set(Declaration.objects.values_list("amount", flat=True)) == {40}


def test_grid_takes_an_emptied_field_as_nothing_and_leaves_the_untold_untold(town: Town, client: Client) -> None:
    source = make_source(town.ward, by=town.leader, amount=40, quarters=2)
    client.force_login(town.leader)
    address = f"/{town.municipality.slug}/kapasitet/oppgi/?kilde={source.pk}"
    seen = client.get(address).context["form"].mark

    client.post(address, {"seen": seen, f"{source.pk}_{NOW().code}": "", f"{source.pk}_{(NOW() + 1).code}": "40"})

    assert list(Declaration.objects.order_by("quarter_on").values_list("amount", flat=True)) == [0, 40]


def test_grid_of_a_unit_that_one_does_not_lead_has_no_fields(town: Town, client: Client) -> None:
    make_source(town.office, by=town.director)

    assert "input--amount" not in _page(client, town.leader, town, "oppgi/")


def test_source_is_changed_lent_closed_and_opened(town: Town, client: Client) -> None:
    source = make_source(town.ward, by=town.leader)
    guest = MunicipalityFactory(is_in_use=True)
    client.force_login(town.leader)
    address = f"/{town.municipality.slug}/kapasitet/kilder/{source.pk}/"

    for path, sent in (("endre/", {"name": "Utviklere", "is_shared": "on"}), ("del/", {"guests": [guest.slug]})):
        seen = client.get(f"{address}{path}").context["form"]["seen"].value()
        saved = client.post(f"{address}{path}", {**sent, "seen": seen})
        late = client.post(f"{address}{path}", {**sent, "seen": seen})
        assert (saved.status_code, late.status_code) == (302, 422)
    client.post(f"{address}lukk/")
    source.refresh_from_db()
    closed_on = source.closed_on
    client.post(f"{address}apne/")
    source.refresh_from_db()

    assert (source.name, source.is_shared) == ("Utviklere", True)
    assert [share.guest for share in Share.objects.all()] == [guest]
    assert (closed_on is None, source.closed_on) == (False, None)


@pytest.mark.parametrize("path", ["endre/", "del/", "lukk/", "apne/"])
def test_source_is_changed_by_nobody_below(town: Town, client: Client, path: str) -> None:
    source = make_source(town.office, by=town.director)
    client.force_login(town.leader)

    assert client.post(f"/{town.municipality.slug}/kapasitet/kilder/{source.pk}/{path}").status_code == 403
    source.refresh_from_db()
    assert source.closed_on is None


def test_source_page_tells_what_was_said_and_why(town: Town, client: Client) -> None:
    source = make_source(town.ward, by=town.leader, amount=40)
    claim = claim_of(town.ward)
    client.force_login(town.leader)
    address = f"/{town.municipality.slug}/kapasitet/kilder/{source.pk}/"
    query = f"?kvartal={NOW().code}&mangler=5&sak={claim.sort}:{claim.id}"
    form = client.get(f"{address}ok/{query}").content.decode()
    client.post(f"{address}ok/{query}", {"quarter": NOW().code, "amount": "45", "reason": "Vi låner to uker."})

    page = _page(client, town.nurse, town, f"kilder/{source.pk}/")

    assert 'value="45"' in form
    assert "I timer" in form
    assert "Vi låner to uker." in page
    assert _title(claim) in page


def test_raise_tells_the_leader_above_and_not_whoever_did_it(town: Town, client: Client) -> None:
    source = make_source(town.ward, by=town.leader, amount=40)
    client.force_login(town.leader)

    client.post(
        f"/{town.municipality.slug}/kapasitet/kilder/{source.pk}/ok/",
        {"quarter": NOW().code, "amount": "45", "reason": "Vi låner to uker."},
    )
    run_jobs()

    assert [notice.recipient for notice in Notice.objects.filter(kind="capacity.raised")] == [town.director]


def test_queue_shows_place_waiting_and_expected(town: Town, client: Client) -> None:
    source = make_source(town.ward, by=town.leader, amount=1, quarters=2)
    hold(town.ward, [line(source)], by=town.leader)
    first, second = claim_of(town.ward), claim_of(town.ward)
    for claim in (first, second):
        join_queue(claim, lines=[line(source)])

    page = _page(client, town.nurse, town, "ko/")

    assert page.index(_title(first)) < page.index(_title(second))
    assert str(NOW() + 1) in page or (NOW() + 1).code[:4] in page


@pytest.mark.parametrize("count", [1, 3])
def test_queue_costs_the_same_with_one_and_with_three(
    town: Town, client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    source = make_source(town.ward, by=town.leader)
    for _ in range(count):
        join_queue(claim_of(town.ward), lines=[line(source)])
    _page(client, town.leader, town, "ko/")
    caches["process"].clear()
    client.get(f"/{town.municipality.slug}/kapasitet/ko/")

    with django_assert_num_queries(QUEUE_SQL):
        client.get(f"/{town.municipality.slug}/kapasitet/ko/")


QUEUE_SQL = 9


def test_hours_of_a_unit_are_those_of_the_units_below_too(town: Town) -> None:
    beside = UnitFactory(municipality=town.municipality)
    sources = [
        make_source(town.ward, by=town.leader, amount=40, kind=Kind.IT),
        make_source(town.office, by=town.adviser, amount=5, kind=Kind.LEGAL),
        make_source(beside, by=town.adviser, amount=100, kind=Kind.PLACES),
    ]
    hold(town.ward, [line(sources[0], 30)], by=town.leader)
    Declaration.objects.filter(source=sources[0], quarter_on=NOW().first_day).update(amount=10)

    loads = loads_of(sources, quarters=[NOW(), NOW() + 1])
    hours = hours_by_unit(loads, unit_tree(town.municipality.pk))

    figures = [
        (row.unit, [(at.declared, at.reserved, at.over) for at in row.by_quarter.values()]) for row in hours.rows
    ]
    assert figures == [(town.office, [(15, 30, 20), (45, 0, 0)]), (town.ward, [(10, 30, 20), (40, 0, 0)])]
    assert hours.whole == hours.rows[0].by_quarter
