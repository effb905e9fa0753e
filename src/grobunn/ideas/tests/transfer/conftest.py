"""Files to import."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from grobunn.ideas.services.imported import Outcome
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.transfer.importing import keep_import, plan_import
from grobunn.ideas.transfer.mapping import ImportMapping
from grobunn.ideas.transfer.reading import read_sheet
from grobunn.organisations.models import Municipality

WriteCsv = Callable[..., Path]


@pytest.fixture
def write_csv(tmp_path: Path) -> WriteCsv:
    """Write a CSV file: `write_csv(["id", "text"], [["1", "En benk"]])`."""

    def write(
        columns: Sequence[str], rows: Sequence[Sequence[Any]], *, separator: str = ";", encoding: str = "utf-8"
    ) -> Path:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=separator).writerows([columns, *rows])
        path = tmp_path / "ideas.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write


def import_file(path: Path, municipality: Municipality, **mapping: Any) -> Outcome:
    """Import a file as the command does."""
    plan = plan_import(read_sheet(path), municipality=municipality, mapping=ImportMapping(**mapping))
    return keep_import(plan, advance=lambda _count: None)


@pytest.fixture
def import_rows(town: Town, write_csv: WriteCsv) -> Callable[..., Outcome]:
    """Import rows given as dictionaries."""

    def keep(*rows: dict[str, Any], **mapping: Any) -> Outcome:
        columns = list(dict.fromkeys(name for row in rows for name in row))
        path = write_csv(columns, [[row.get(name, "") for name in columns] for row in rows])
        return import_file(path, town.municipality, **mapping)

    return keep
