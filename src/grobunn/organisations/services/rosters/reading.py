"""Reads a roster: CSV as Norwegian Excel and others write it, or XLSX. Nothing in it is executed."""

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from grobunn.kernel.identity_numbers import find_national_identity_number
from grobunn.organisations.errors import SetUpRefused
from grobunn.organisations.services.rosters.columns import Column, columns_by_heading
from grobunn.organisations.services.rosters.plan import RowError

# A municipality of 20,000 employees fits many times; what is larger is another file, or a bomb.
MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 50
MAX_CELL_LENGTH = 500

# A cell that begins so would be a formula for a spreadsheet that opens our own export.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class RosterUnreadable(SetUpRefused):
    """A file that cannot be read as a roster."""


@dataclass(frozen=True)
class RosterRow:
    """One row: its number in the file (the headings are row 1) and its values by column name."""

    number: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")


@dataclass(frozen=True)
class Roster:
    """A file that was read: its rows, which columns it has, which headings mean nothing, what is wrong already."""

    rows: Sequence[RosterRow]
    columns: frozenset[str]
    unread_columns: Sequence[str]
    errors: Sequence[RowError]


def read_roster(content: bytes, *, file_name: str, columns: Sequence[Column]) -> Roster:
    """The rows of a file.

    Raises:  RosterUnreadable if it is too large, neither CSV nor XLSX, or lacks a column that it must have.
    """
    if len(content) > MAX_BYTES:
        raise RosterUnreadable(_("The file is larger than 5 MB. Divide it into several."))
    if content.startswith(b"PK"):
        grid = _xlsx_rows(content)
    elif file_name.casefold().endswith((".xls", ".ods", ".numbers")) or b"\0" in content[:1000]:
        raise RosterUnreadable(_("This is neither CSV nor Excel. Save the sheet as CSV or .xlsx and try again."))
    else:
        grid = _csv_rows(content)
    numbered = enumerate(islice(grid, MAX_ROWS + 2), start=1)
    first = next(numbered, (1, ()))[1]
    return _roster(first, numbered, columns)


def _roster(
    headings: Sequence[Any], numbered: Iterable[tuple[int, Sequence[Any]]], columns: Sequence[Column]
) -> Roster:
    names = [_text(cell) for cell in headings]
    places = columns_by_heading(names, columns)
    lacking = [column.heading for column in columns if column.is_required and column not in places.values()]
    if lacking:
        raise RosterUnreadable(
            _("The first row must hold the headings. Missing: %(headings)s.") % {"headings": ", ".join(lacking)}
        )
    rows: list[RosterRow] = []
    errors: list[RowError] = []
    for number, cells in numbered:
        if number > MAX_ROWS + 1:
            raise RosterUnreadable(_("The file has more than 20,000 rows. Divide it into several."))
        if any(_text(cell) for cell in cells):
            present = {column: cells[at] for at, column in places.items() if at < len(cells)}
            rows.append(RosterRow(number, {column.name: _text(cell) for column, cell in present.items()}))
            errors.extend(error for column, cell in present.items() for error in _faults(number, column, cell))
    return Roster(
        rows=rows,
        columns=frozenset(column.name for column in places.values()),
        unread_columns=[name for at, name in enumerate(names) if name and at not in places],
        errors=errors,
    )


def _faults(number: int, column: Column, cell: Any) -> Iterator[RowError]:
    """What no cell may hold, whatever its column."""
    text = _text(cell)
    if isinstance(cell, str) and cell.lstrip().startswith("="):
        yield RowError(number, column.heading, _("This is a formula. Paste the values instead."))
    elif len(text) > MAX_CELL_LENGTH:
        yield RowError(number, column.heading, _("This is longer than 500 characters."))
    elif find_national_identity_number(text):
        yield RowError(
            number, column.heading, _("This looks like a national identity number. Take it out of the file.")
        )


def _csv_rows(content: bytes) -> Iterator[Sequence[str]]:
    """Rows of a CSV file: UTF-8 or, as Norwegian Excel writes by default, Windows-1252 with semicolons."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if text[:4].casefold() == "sep=":
        text = text.partition("\n")[2]
    first_line = text.partition("\n")[0]
    delimiter = max(";,\t", key=first_line.count)
    csv.field_size_limit(MAX_BYTES)
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            yield row[:MAX_COLUMNS]
    except csv.Error as error:
        raise RosterUnreadable(_("The file cannot be read as CSV. Save it anew and try again.")) from error


def _xlsx_rows(content: bytes) -> Iterator[Sequence[Any]]:
    """Rows of the first sheet. Formulas come as the text that they are, and are refused as such."""
    from openpyxl import load_workbook  # noqa: PLC0415 -- slow import
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 -- slow import

    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise RosterUnreadable(_("The file is too large when it is unpacked. Divide it into several."))
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        yield from sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError, SyntaxError) as error:
        raise RosterUnreadable(_("The file cannot be read as Excel. Save it anew as .xlsx and try again.")) from error


def _text(cell: Any) -> str:
    """What a cell says, as a person would have typed it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).replace("\x00", "").strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def day_meant(text: str) -> date | None:
    """The day that a cell names, as 2026-11-22 or 22.11.2026; None if it names none."""
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    return None
