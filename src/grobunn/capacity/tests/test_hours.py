"""Hours: told in a tap, corrected by telling again, seen by nobody else, forgotten in time."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from grobunn.capacity import claims
from grobunn.capacity.claims import Claim, Described, Helped
from grobunn.capacity.holdings import held_about
from grobunn.capacity.kinds import Kind
from grobunn.capacity.models import HoursUsed
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.hours import hours_by_kind, hours_of_claims
from grobunn.capacity.queries.loads import loads_of
from grobunn.capacity.services.hours import HoursNotPossible, forget_helpers, monday_of, tell_hours
from grobunn.capacity.tests.conftest import Town
from grobunn.capacity.tests.factories import SORT, hold, line, make_source
from grobunn.kernel import clock


@pytest.fixture
def helped(town: Town, monkeypatch: pytest.MonkeyPatch) -> Claim:
    """Something that the nurse and the adviser help with IT."""
    source = make_source(town.ward, by=town.leader, kind=Kind.IT)
    claim = hold(town.ward, [line(source, 40)], by=town.leader)
    helpers = {town.nurse.pk, town.adviser.pk}

    def find(user_id: UUID) -> list[Helped]:
        return [Helped(claim, (Kind.IT,))] if user_id in helpers else []

    monkeypatch.setitem(claims._help_finders, SORT, find)
    monkeypatch.setitem(
        claims._describers, SORT, lambda ids, _actor: {i: Described("Sensorer i senger", "/s/") for i in ids}
    )
    return claim


def test_hours_told_twice_are_the_last_figure_and_count_for_the_source(town: Town, helped: Claim) -> None:
    today = clock.today()

    tell_hours(town.nurse, claim_id=helped.id, kind=Kind.IT, week_on=today, hours=Decimal(4))
    tell_hours(town.nurse, claim_id=helped.id, kind=Kind.IT, week_on=monday_of(today), hours=Decimal("7.5"))
    tell_hours(town.adviser, claim_id=helped.id, kind=Kind.IT, week_on=today, hours=Decimal(2))

    assert HoursUsed.objects.count() == 2
    assert hours_of_claims([helped.id]) == {helped.id: Decimal("9.5")}
    assert hours_by_kind(helped.id) == {Kind.IT: Decimal("9.5")}
    source = HoursUsed.objects.select_related("source").first().source  # type: ignore[union-attr]
    assert source is not None
    quarter = Quarter.of(monday_of(today))
    assert loads_of([source], quarters=[quarter]).of(source, quarter).used == Decimal("9.5")


def test_no_hours_are_an_answer_and_count_for_nothing(town: Town, helped: Claim) -> None:
    tell_hours(town.nurse, claim_id=helped.id, kind=Kind.IT, week_on=clock.today(), hours=Decimal(4))

    tell_hours(town.nurse, claim_id=helped.id, kind=Kind.IT, week_on=clock.today(), hours=Decimal(0))

    assert [each.hours for each in HoursUsed.objects.all()] == [Decimal(0)]
    assert hours_of_claims([helped.id]) == {helped.id: Decimal(0)}


@pytest.mark.parametrize(("weeks", "hours"), [(1, 1), (-9, 1), (0, 81)])
def test_hours_of_another_time_or_too_many_are_refused(town: Town, helped: Claim, weeks: int, hours: int) -> None:
    week_on = clock.today() + timedelta(weeks=weeks)

    with pytest.raises(HoursNotPossible):
        tell_hours(town.nurse, claim_id=helped.id, kind=Kind.IT, week_on=week_on, hours=Decimal(hours))

    assert not HoursUsed.objects.exists()


def test_hours_for_what_one_does_not_help_are_refused(town: Town, helped: Claim) -> None:
    for user, kind in ((town.leader, Kind.IT), (town.nurse, Kind.LEGAL)):
        with pytest.raises(PermissionDenied):
            tell_hours(user, claim_id=helped.id, kind=kind, week_on=clock.today(), hours=Decimal(1))

    assert not HoursUsed.objects.exists()


def test_helpers_of_long_ago_are_forgotten_and_the_sum_stays(town: Town, helped: Claim) -> None:
    tell_hours(town.nurse, claim_id=helped.id, kind=Kind.IT, week_on=clock.today(), hours=Decimal(4))

    with clock.moved_by(days=720):
        early = forget_helpers()
    with clock.moved_by(days=740):
        late = forget_helpers(), forget_helpers()

    assert (early, late) == (0, (1, 0))
    assert held_about(town.nurse)["hours"] == []
    assert hours_of_claims([helped.id]) == {helped.id: Decimal(4)}


def test_page_shows_ones_own_hours_and_keeps_a_tap(town: Town, helped: Claim, client: Client) -> None:
    tell_hours(town.adviser, claim_id=helped.id, kind=Kind.IT, week_on=clock.today(), hours=Decimal("31.25"))
    client.force_login(town.nurse)
    address = f"/{town.municipality.slug}/kapasitet/timer/"
    sent = {"claim": str(helped.id), "kind": "it", "week": monday_of(clock.today()).isoformat(), "hours": "7.5"}

    before = client.get(address).content.decode()
    saved = client.post(f"{address}lagre/", sent)
    after = client.get(address).content.decode()

    assert "Sensorer i senger" in before
    assert "31.25" not in before
    assert "31,25" not in before
    assert (before.count('aria-pressed="true"'), after.count('aria-pressed="true"')) == (0, 1)
    assert saved["Location"].startswith(address)
    assert held_about(town.nurse)["hours"][0]["hours"] == "7.50"


@pytest.mark.parametrize("hours", ["", "mye", "-1", "81"])
def test_page_refuses_a_figure_that_is_none(town: Town, helped: Claim, client: Client, hours: str) -> None:
    client.force_login(town.nurse)
    sent = {"claim": str(helped.id), "kind": "it", "week": clock.today().isoformat(), "hours": hours}

    answer = client.post(f"/{town.municipality.slug}/kapasitet/timer/lagre/", sent)

    assert answer.status_code == 302
    assert not HoursUsed.objects.exists()


def test_page_of_another_municipality_is_not_found(town: Town, client: Client) -> None:
    client.force_login(town.outsider)

    assert client.get(f"/{town.municipality.slug}/kapasitet/timer/").status_code in {403, 404}
