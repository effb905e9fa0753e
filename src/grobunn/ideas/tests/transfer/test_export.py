"""Ideas in files, and back again."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django_scopes import scope

from grobunn.ideas.models import Idea, Visibility
from grobunn.ideas.services import answer
from grobunn.ideas.services.merge import merge
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.ideas.tests.transfer.conftest import import_file
from grobunn.ideas.transfer.exporting import COLUMNS, WRITERS, rows_of
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import MunicipalityFactory

# What a new place decides anew: its own references, and who answers by when.
NOT_CARRIED = ("reference", "holder_role", "holder_unit", "answer_due_on")


def _some_ideas(town: Town) -> None:
    make_idea(
        town.municipality, title="=1+1", text='-Én\n\'@to ;"tre"', kind="new_service", visibility=Visibility.PUBLIC
    )
    declined, parked, solved, merged = (make_idea(town.municipality, text=f"Idé {n}") for n in range(4))
    answer.decline(declined, actor=town.adviser, reason="+ Nei, fordi.")
    day = clock.today().replace(year=clock.today().year + 1, day=1)
    answer.park(parked, actor=town.adviser, until=day, reason="Vent.", condition="Budsjett")
    answer.solve(solved, actor=town.adviser, solution="https://demo.example", reason="Se der.")
    merge(merged, into=solved, actor=town.adviser)


def _exported(municipality: Municipality, form: str) -> bytes:
    file = io.BytesIO()
    with scope(municipality=municipality.pk):
        WRITERS[form](rows_of(Idea.objects.order_by("external_id", "reference")), file)
    return file.getvalue()


def _comparable(municipality: Municipality) -> list[dict[str, Any]]:
    rows = json.loads(_exported(municipality, "json"))
    return [{name: value for name, value in row.items() if name not in NOT_CARRIED} for row in rows]


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_export_comes_back_as_it_went_out(town: Town, tmp_path: Path, form: str) -> None:
    _some_ideas(town)
    path = tmp_path / f"ideas.{form}"
    path.write_bytes(_exported(town.municipality, form))
    other = MunicipalityFactory(is_in_use=True)

    with scope(municipality=other.pk):
        outcome = import_file(path, other)

    assert (outcome.new, outcome.refused) == (5, [])
    assert _comparable(other) == _comparable(town.municipality)


def test_export_that_is_imported_where_it_came_from_changes_nothing(town: Town, tmp_path: Path) -> None:
    _some_ideas(town)
    path = tmp_path / "ideas.json"
    path.write_bytes(_exported(town.municipality, "json"))

    outcome = import_file(path, town.municipality)

    assert (outcome.new, outcome.changed, outcome.unchanged) == (0, 0, 5)


def test_export_holds_no_receipt_address_or_name(town: Town) -> None:
    mine = make_idea(town.municipality, writer=town.nurse)
    theirs = make_idea(town.municipality, contact="email", email="nora@test.example")

    text = _exported(town.municipality, "json").decode()

    for secret in (mine.receipt, theirs.receipt, "nora@test.example", town.nurse.name, town.nurse.email):
        assert secret not in text


def test_csv_holds_nothing_that_a_spreadsheet_runs(town: Town) -> None:
    _some_ideas(town)

    text = _exported(town.municipality, "csv").decode("utf-8-sig")

    cells = [cell for line in csv.reader(io.StringIO(text), delimiter=";") for cell in line]
    assert [cell for cell in cells if cell[:1] in set("=+-@\t\r") and cell] == []


def test_xlsx_holds_texts_and_no_formulas(town: Town) -> None:
    _some_ideas(town)

    page = openpyxl.load_workbook(io.BytesIO(_exported(town.municipality, "xlsx"))).active

    assert [cell.value for cell in page[1]] == list(COLUMNS)
    assert {cell.data_type for line in page.iter_rows() for cell in line} <= {"s", "inlineStr", "n", "b"}
    assert "=1+1" in [cell.value for cell in page[2]]


@pytest.mark.parametrize("count", [1, 3])
def test_export_costs_the_same_however_many_ideas(town: Town, count: int, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        make_idea(town.municipality, unit=town.ward)

    with django_assert_num_queries(1):
        assert len(list(rows_of(Idea.objects.all()))) == count


def test_export_of_one_municipality_holds_no_others(town: Town) -> None:
    other = MunicipalityFactory(is_in_use=True)
    with scope(municipality=other.pk):
        make_idea(other, text="Deres idé")

    assert json.loads(_exported(town.municipality, "json")) == []
