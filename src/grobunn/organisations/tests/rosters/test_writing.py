"""Out, and in again."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from grobunn.accounts.tests.factories import UserFactory
from grobunn.organisations.models import Municipality, Role, RosterKind
from grobunn.organisations.services.rosters.columns import PEOPLE_COLUMNS, UNIT_COLUMNS
from grobunn.organisations.services.rosters.uploads import (
    plan_roster,
)
from grobunn.organisations.services.rosters.writing import as_csv, as_xlsx, people_rows, unit_rows
from grobunn.organisations.tests.factories import (
    RoleAssignmentFactory,
    UnitFactory,
)
from grobunn.organisations.tests.rosters.steps import Kept

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [as_csv, lambda columns, rows: as_xlsx(columns, rows, title="x")], ids=["csv", "xlsx"])
def test_what_is_exported_imports_as_unchanged(here: Municipality, kept: Kept, make: Any) -> None:
    top = UnitFactory(municipality=here, name="=Topp", external_id="")
    below = UnitFactory(municipality=here, name="Øya; «sykehjem»", parent=top, external_id="007", mailbox="a@b.example")
    RoleAssignmentFactory(unit=below, role=Role.UNIT_LEADER, user=UserFactory(name="-Åse"))

    units = plan_roster(kept(RosterKind.UNITS, make(UNIT_COLUMNS, unit_rows(here))))
    people = plan_roster(kept(RosterKind.PEOPLE, make(PEOPLE_COLUMNS, people_rows(here))))

    assert (units.errors, units.new, units.changed, units.unchanged) == ([], 0, 0, 3)
    assert (people.errors, people.new, people.changed, people.unchanged) == ([], 0, 0, 2)


def test_exported_cells_are_never_formulas(here: Municipality) -> None:
    UnitFactory(municipality=here, name="=cmd|' /C calc'!A0")

    as_text = as_csv(UNIT_COLUMNS, unit_rows(here)).decode("utf-8-sig")
    sheet = load_workbook(BytesIO(as_xlsx(UNIT_COLUMNS, unit_rows(here), title="x"))).active

    assert ";'=cmd|' /C calc'!A0;" in as_text
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}  # type: ignore[union-attr]
