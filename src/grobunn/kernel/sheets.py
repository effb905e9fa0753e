"""Tables as files: CSV as it streams, and a workbook for spreadsheets. No cell of either is ever run as a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.utils import timezone

from grobunn.kernel.formulas import guarded

Row = Sequence[Any]
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_IN_MEMORY_BYTES = 2_000_000


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_pieces(heads: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """The lines of a CSV file as Excel in Norway opens them: UTF-8 with its mark, parted by semicolons."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield b"\xef\xbb\xbf" + _line(writer.writerow(heads))
    for row in rows:
        yield _line(writer.writerow([_csv_cell(value) for value in row]))


def xlsx_file(heads: Row, rows: Iterable[Row], *, title: str) -> IO[bytes]:
    """A workbook with one sheet, ready to be read from its beginning."""
    from openpyxl import Workbook  # noqa: PLC0415 -- slow import

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append(list(heads))
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115 -- the response closes it
    workbook.save(file)
    file.seek(0)
    return file


def _line(text: Any) -> bytes:
    return str(text).encode()


def _csv_cell(value: Any) -> str:
    """A figure as Excel in Norway reads it; a text that would be run is guarded."""
    if isinstance(value, Decimal | float):
        return str(value).replace(".", ",")
    return str(guarded(_plain(value)))


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


def _cell(sheet: Any, value: Any) -> Any:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell  # noqa: PLC0415 -- slow import

    if isinstance(value, datetime):
        return timezone.make_naive(value)  # A workbook knows no time zones.
    if value is None or isinstance(value, date | int | bool | float | Decimal):
        return value
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    cell.data_type = "s"
    return cell
