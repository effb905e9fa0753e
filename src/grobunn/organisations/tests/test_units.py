from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope, scopes_disabled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grobunn.kernel import clock
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.models import AuditEntry
from grobunn.organisations import queries
from grobunn.organisations.errors import (
    AddressTaken,
    ExternalIdTaken,
    ParentElsewhere,
    UnitBelowItself,
    UnitHasUnitsBelow,
)
from grobunn.organisations.models import Municipality, Role, Unit
from grobunn.organisations.services.units import add_unit, change_unit, close_unit, move_unit, reopen_unit
from grobunn.organisations.slugs import slug_of
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory, adviser_of
from grobunn.organisations.validators import RESERVED_FOR_MUNICIPALITY

pytestmark = pytest.mark.django_db


def added(municipality: Municipality, name: str, **fields: Any) -> Unit:
    return add_unit(municipality, actor=SYSTEM, name=name, **fields)


def test_add_unit_takes_address_and_level_from_name_and_parent() -> None:
    municipality = MunicipalityFactory()

    office = added(municipality, "Kommunedirektørens stab")
    first = added(municipality, "Øya sykehjem", parent=office)
    second = added(municipality, "Øya sykehjem", parent=office, leader_level=4)

    assert [unit.slug for unit in (office, first, second)] == [
        "kommunedirektorens-stab",
        "oya-sykehjem",
        "oya-sykehjem-2",
    ]
    assert [unit.leader_level for unit in (office, first, second)] == [1, 2, 4]
    assert AuditEntry.objects.filter(action="organisations.add_unit").count() == 3


def test_add_unit_with_taken_or_reserved_address_is_refused() -> None:
    municipality = MunicipalityFactory()
    added(municipality, "Skole", slug="skole")

    for slug in ("skole", "ideer"):
        with pytest.raises(AddressTaken):
            added(municipality, "Ny", slug=slug)
    with scope(municipality=municipality.pk):
        assert Unit.objects.count() == 1


def test_add_unit_with_id_of_another_is_refused() -> None:
    municipality = MunicipalityFactory()
    added(municipality, "Skole", external_id="100")

    with pytest.raises(ExternalIdTaken):
        added(municipality, "Barnehage", external_id="100")
    assert added(MunicipalityFactory(), "Skole", external_id="100").external_id == "100"


def test_add_unit_below_another_municipalitys_unit_is_refused() -> None:
    with pytest.raises(ParentElsewhere):
        added(MunicipalityFactory(), "Skole", parent=UnitFactory())


def test_change_unit_keeps_the_address() -> None:
    unit = added(MunicipalityFactory(), "Skole")

    change_unit(unit, actor=SYSTEM, name="Ny skole", leader_level=3, mailbox=" POST@skole.example ", external_id="7")

    unit = queries.unit_by_slug(unit.municipality_id, "skole")
    assert (unit.name, unit.leader_level, unit.mailbox, unit.external_id) == ("Ny skole", 3, "post@skole.example", "7")


def test_close_unit_with_units_below_is_refused_and_nothing_changes() -> None:
    municipality = MunicipalityFactory()
    top = added(municipality, "Topp")
    added(municipality, "Under", parent=top)

    with pytest.raises(UnitHasUnitsBelow):
        close_unit(top, actor=SYSTEM)

    assert queries.unit_by_slug(municipality.pk, "topp").closed_on is None


def test_closed_unit_holds_nothing_and_opens_again() -> None:
    municipality = MunicipalityFactory()
    unit = added(municipality, "Skole")
    leader = RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER).user
    adviser = adviser_of(municipality)

    close_unit(unit, actor=SYSTEM)
    assert unit.closed_on == clock.today()
    assert unit not in queries.open_units(municipality.pk)
    assert queries.holder_of(Role.UNIT_LEADER, unit, municipality=municipality).user == adviser

    reopen_unit(unit, actor=SYSTEM)
    assert queries.holder_of(Role.UNIT_LEADER, unit, municipality=municipality).user == leader


def test_reopen_unit_below_a_closed_one_is_refused() -> None:
    municipality = MunicipalityFactory()
    top = added(municipality, "Topp")
    below = added(municipality, "Under", parent=top)
    close_unit(below, actor=SYSTEM)
    close_unit(top, actor=SYSTEM)

    with pytest.raises(ParentElsewhere):
        reopen_unit(below, actor=SYSTEM)


def test_unit_cannot_be_its_own_parent_even_in_the_database() -> None:
    unit = UnitFactory()

    with pytest.raises(IntegrityError), transaction.atomic(), scopes_disabled():
        Unit.objects.filter(pk=unit.pk).update(parent=unit)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 5), st.integers(-1, 5)), max_size=15))
def test_moves_never_close_a_ring(moves: list[tuple[int, int]]) -> None:
    municipality = MunicipalityFactory()
    units = [UnitFactory(municipality=municipality) for _ in range(6)]

    for moved, target in moves:
        parent = None if target < 0 else units[target]
        unit = Unit.objects.with_scopes_disabled().get(pk=units[moved].pk)  # type: ignore[attr-defined]
        below = queries.descendant_ids([unit.pk], municipality_id=municipality.pk)
        if parent is not None and parent.pk in below:
            with pytest.raises(UnitBelowItself):
                move_unit(unit, actor=SYSTEM, parent=parent)
        else:
            move_unit(unit, actor=SYSTEM, parent=parent)

    with scope(municipality=municipality.pk):
        tops = [unit.pk for unit in Unit.objects.all() if unit.parent_id is None]
    assert queries.descendant_ids(tops, municipality_id=municipality.pk) == {unit.pk for unit in units}


@given(name=st.text(max_size=200))
def test_slug_of_any_name_is_an_address_of_its_own(name: str) -> None:
    slug = slug_of(name, taken={"enhet", "skole"})

    assert slug.isascii()
    assert 1 <= len(slug) <= 60
    assert slug not in {"enhet", "skole", *RESERVED_FOR_MUNICIPALITY}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Ærfugl barnehage", "aerfugl-barnehage"), ("Åsvang skole", "asvang-skole"), ("Ko", "ko-2"), ("Čáhput", "cahput")],
)
def test_slug_of_norwegian_and_sami_names(name: str, expected: str) -> None:
    assert slug_of(name) == expected
