"""Files of rows: CSV, XLSX and JSON, whatever their encoding and separator."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from grobunn.kernel.formulas import unguarded

Raw = Mapping[str, Any]

_SEPARATORS = (";", ",", "\t", "|")
_BYTE_ORDER_MARKS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))
# The longest text that we take, in HTML, several times over.
_LONGEST_CELL = 1_000_000


class FileUnreadable(Exception):  # noqa: N818 -- a refusal, named for what is so
    """A file that is none of what we read; the message says why."""


@dataclass(frozen=True)
class Sheet:
    """What a file holds.

    Takes: columns as they stand in the file; rows, each with the number that a spreadsheet shows (the first after the
           headings is 2); form, how it was read, for people.
    """

    columns: Sequence[str]
    rows: Sequence[tuple[int, Raw]]
    form: str


def read_sheet(path: Path) -> Sheet:
    """Read a whole file, by its ending: .csv or .txt, .xlsx, .json.

    Raises: FileUnreadable.
    """
    readers = {".csv": read_csv, ".txt": read_csv, ".tsv": read_csv, ".xlsx": _read_xlsx, ".json": _read_json}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise FileUnreadable(_("Only .csv, .xlsx and .json files can be read."))
    try:
        return reader(path.read_bytes())
    except OSError as error:
        raise FileUnreadable(str(error)) from error


def read_csv(content: bytes) -> Sheet:
    """Read CSV, whatever its encoding and separator.

    Raises: FileUnreadable.
    """
    text, encoding = _decoded(content)
    separator = _separator(text)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        cells = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        lines = [[unguarded(cell) for cell in line] for line in cells]
    except csv.Error as error:
        raise FileUnreadable(_("The file is not a proper CSV file: %(why)s.") % {"why": error}) from error
    shown = {"\t": "tab"}.get(separator, separator)
    return _sheet(lines, form=f"CSV, {encoding}, {shown}")


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and its encoding: by its mark, else UTF-8 if it is that throughout, else what Windows writes here."""
    for encoding, mark in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), encoding
    try:
        return content.decode(), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "cp1252"


def _separator(text: str) -> str:
    """The separator that parts the first line into most columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    counts = {each: len(next(csv.reader([first], delimiter=each), [])) for each in _SEPARATORS}
    return max(_SEPARATORS, key=lambda each: counts[each])


def _read_xlsx(content: bytes) -> Sheet:
    import openpyxl  # noqa: PLC0415 -- slow import

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:
        raise FileUnreadable(_("The file is not an Excel file that can be read.")) from error
    page = book.worksheets[0]
    return _sheet(list(page.iter_rows(values_only=True)), form=f"XLSX, {page.title}")


def _read_json(content: bytes) -> Sheet:
    try:
        found = json.loads(content)
    except ValueError as error:
        raise FileUnreadable(_("The file is not proper JSON: %(why)s.") % {"why": error}) from error
    if isinstance(found, dict):
        found = next((value for value in found.values() if isinstance(value, list)), None)
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise FileUnreadable(_("The JSON must be a list of objects, or an object that holds one."))
    columns = dict.fromkeys(str(name) for row in found for name in row)
    return Sheet(columns=list(columns), rows=list(enumerate(found, start=2)), form="JSON")


def _sheet(lines: Iterable[Sequence[Any]], *, form: str) -> Sheet:
    numbered = iter(enumerate(lines, start=1))
    for _number, line in numbered:
        if any(_is_filled(cell) for cell in line):
            columns = ["" if cell is None else str(cell).strip() for cell in line]
            return Sheet(columns=[name for name in columns if name], rows=list(_rows(columns, numbered)), form=form)
    raise FileUnreadable(_("The file is empty."))


def _rows(columns: Sequence[str], numbered: Iterator[tuple[int, Sequence[Any]]]) -> Iterator[tuple[int, Raw]]:
    for number, line in numbered:
        if any(_is_filled(cell) for cell in line):
            yield number, {name: cell for name, cell in zip(columns, line, strict=False) if name}


def _is_filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""
