"""The fields in which somebody says what help is needed, and what they are told when there is no room."""

from collections.abc import Iterable
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.test import Client

from grobunn.capacity.errors import CapacityExceeded
from grobunn.capacity.forms.need import MOST_AT_ONCE, NeedForm
from grobunn.capacity.kinds import Kind
from grobunn.capacity.models import Declared, Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.services.reserve import reserve
from grobunn.capacity.shown import missing_of
from grobunn.capacity.tests.conftest import Town
from grobunn.capacity.tests.factories import claim_of, hold, line, make_source
from grobunn.kernel import clock
from grobunn.organisations.tests.factories import UnitFactory


def test_need_form_reads_lines_as_people_write_figures(town: Town) -> None:
    source = make_source(town.ward, by=town.leader)
    now = Quarter.now()

    form = NeedForm(
        {f"need-{source.pk}_{now.code}": "7,5", f"need-{source.pk}_{(now + 1).code}": ""}, unit=town.ward, prefix="need"
    )

    assert form.is_valid()
    assert form.lines() == [line(source, "7.5")]


def test_need_form_that_asks_for_nothing_is_refused(town: Town) -> None:
    make_source(town.ward, by=town.leader)

    form = NeedForm({}, unit=town.ward)

    assert not form.is_valid()
    assert form.non_field_errors().as_data()[0].code == "required"


def test_need_form_of_a_claim_shows_what_it_holds_as_free(town: Town) -> None:
    source = make_source(town.ward, by=town.leader, amount=10)
    claim = hold(town.ward, [line(source, 4)], by=town.leader)
    hold(town.ward, [line(source, 5)], by=town.leader)

    form = NeedForm(unit=town.ward, lines=[line(source, 4)], without=claim.id)

    cell = form.groups()[0].rows[0].cells[0]
    assert (cell.field.value(), cell.load.left) == ("4", Decimal(5))


def test_need_form_offers_no_source_that_is_closed_or_full(town: Town) -> None:
    full = make_source(town.ward, by=town.leader, amount=1, quarters=1)
    hold(town.ward, [line(full)], by=town.leader)
    make_source(town.ward, by=town.leader, closed_on=clock.today())

    form = NeedForm(unit=town.ward)

    assert form.groups() == []
    assert form.full() == [full]


def test_need_partial_says_what_is_left_in_each_quarter(town: Town) -> None:
    make_source(town.ward, by=town.leader, amount=1250, kind=Kind.IT, name="Programmerere")

    page = render_to_string("capacity/_need.html", {"need": NeedForm(unit=town.ward)})

    assert "Programmerere" in page
    assert page.count("1 250".replace(" ", "\u00a0")) == 4


def _shared_by_another(town: Town, *, amounts: Iterable[int]) -> list[Source]:
    """Sources of a unit that is not above the ward, for the whole municipality."""
    unit = UnitFactory(municipality=town.municipality, parent=town.office)
    return [make_source(unit, by=town.director, is_shared=True, amount=amount) for amount in amounts]


def test_need_form_among_many_sources_offers_near_ones_and_lets_others_be_chosen(town: Town) -> None:
    own = make_source(town.ward, by=town.leader, kind=Kind.LEGAL)
    others = _shared_by_another(town, amounts=range(MOST_AT_ONCE))
    nothing_left, *with_room = others
    chosen = with_room[0]

    first = NeedForm(unit=town.ward, prefix="need")
    again = NeedForm(unit=town.ward, prefix="need", initial={f"{chosen.pk}_more": "on"})

    offered = [each.name for group in first.further() for each in group.sources]
    assert first.sources == [own]
    assert sorted(offered) == sorted(f"need-{source.pk}_more" for source in with_room)
    assert first.full() == [nothing_left]
    assert {source.pk for source in again.sources} == {own.pk, chosen.pk}
    field = again[f"{chosen.pk}_{Quarter.now().code}"]
    assert field.field.widget.attrs["autofocus"]
    assert f'name="need-{chosen.pk}_more"' not in render_to_string("capacity/_need.html", {"need": again})


def test_need_form_reads_what_was_chosen_among_many_and_asks_how_much(town: Town) -> None:
    others = _shared_by_another(town, amounts=range(1, MOST_AT_ONCE + 2))
    written = {f"{others[0].pk}_{Quarter.now().code}": "5"}

    filled = NeedForm(written, unit=town.ward)
    unfilled = NeedForm({**written, f"{others[1].pk}_more": "on"}, unit=town.ward)

    assert filled.is_valid()
    assert filled.lines() == [line(others[0], 5)]
    assert [error.code for error in unfilled.non_field_errors().as_data()] == ["chosen"]
    assert {source.pk for source in unfilled.sources} == {others[0].pk, others[1].pk}


def test_missing_partial_says_what_is_missing_and_leads_whoever_may_to_raise_it(town: Town, client: Client) -> None:
    source = make_source(town.ward, by=town.leader, amount=10, name="Jurister", kind=Kind.LEGAL)
    claim = claim_of(town.ward)
    with pytest.raises(CapacityExceeded) as refused:
        reserve(claim, lines=[line(source, 12)], actor=town.leader)

    for_leader = missing_of(refused.value, actor=town.leader, claim=claim, back="/ki/")
    for_nurse = missing_of(refused.value, actor=town.nurse, claim=claim)
    page = render_to_string("capacity/_missing.html", {"missing": for_leader})

    assert (for_leader.may_raise, for_nurse.may_raise) == (True, False)
    assert "Jurister" in page
    client.force_login(town.leader)
    url = for_leader.rows[0].raise_url
    shown = client.get(url)
    assert 'value="12"' in shown.content.decode()
    saved = client.post(
        url, {"quarter": Quarter.now().code, "amount": "12", "reason": "Vi låner en jurist.", "tilbake": "/ki/"}
    )
    assert saved["Location"] == "/ki/"
    told = Declared.objects.get(is_raise=True)
    assert (told.after, told.claim_id, told.claim_sort) == (Decimal(12), claim.id, claim.sort)


def test_raise_by_a_nurse_is_refused_and_changes_nothing(town: Town, client: Client) -> None:
    source = make_source(town.ward, by=town.leader)
    client.force_login(town.nurse)

    answer = client.post(f"/{town.municipality.slug}/kapasitet/kilder/{source.pk}/ok/", {"amount": "900"})

    assert answer.status_code == 403
    assert not Declared.objects.filter(is_raise=True).exists()


def test_raise_of_another_municipalitys_source_is_not_found(town: Town, client: Client) -> None:
    source = make_source(town.ward, by=town.leader)
    other = type(town.municipality).objects.create(slug="annen", name="Annen", is_in_use=True)
    client.force_login(town.leader)

    assert client.get(f"/{other.slug}/kapasitet/kilder/{source.pk}/ok/").status_code == 404
