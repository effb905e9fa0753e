"""Files of any make, read or refused."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from grobunn.kernel import clock
from grobunn.organisations.services.rosters.columns import PEOPLE_COLUMNS, UNIT_COLUMNS
from grobunn.organisations.services.rosters.reading import RosterUnreadable, day_meant, read_roster


@pytest.mark.parametrize(
    "content",
    [
        "id;navn\n1;Øya sykehjem\n".encode("cp1252"),
        "﻿id;navn\r\n1;Øya sykehjem\r\n".encode(),
        "id,navn\n1,Øya sykehjem".encode(),
        "ID\tNAVN\n1\tØya sykehjem\n\n".encode(),
        'sep=;\nid;navn\n1;"Øya sykehjem"\n'.encode(),
        'unit id;Name;Noe annet\n"1";Øya sykehjem;x'.encode(),
    ],
    ids=["windows-1252", "utf-8 with mark", "commas", "tabs", "sep line", "english"],
)
def test_csv_of_any_make_is_read(content: bytes) -> None:
    roster = read_roster(content, file_name="a.csv", columns=UNIT_COLUMNS)

    assert [(row.number, row["external_id"], row["name"]) for row in roster.rows] == [(2, "1", "Øya sykehjem")]
    assert roster.errors == []


def xlsx(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def test_xlsx_numbers_and_days_are_read_as_typed() -> None:
    morning = clock.now().replace(tzinfo=None)
    content = xlsx(["e-post", "navn", "enhet", "rolle", "fra"], ["a@b.example", "A", 100.0, "employee", morning])

    (row,) = read_roster(content, file_name="a.xlsx", columns=PEOPLE_COLUMNS).rows

    assert (row["unit"], row["from_on"]) == ("100", morning.date().isoformat())


@pytest.mark.parametrize("content", [xlsx(["id", "navn"], ["1", "=1+1"]), b"id;navn\n1;=HYPERLINK(1)"])
def test_formula_is_refused_not_executed(content: bytes) -> None:
    (error,) = read_roster(content, file_name="a", columns=UNIT_COLUMNS).errors

    assert (error.row, error.column) == (2, "navn")


def bomb() -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (101 * 1024 * 1024))
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"x" * (5 * 1024 * 1024 + 1), "a.csv"),
        (b"", "a.csv"),
        (b"navn\nSkole", "a.csv"),
        (b"PK\x03\x04 broken", "a.xlsx"),
        (bomb(), "a.xlsx"),
        (b"\xd0\xcf\x11\xe0\x00\x00", "a.xls"),
        (b"id;navn\n" + b"1;A\n" * 20_001, "a.csv"),
    ],
    ids=["heavy", "empty", "without id", "broken", "bomb", "old excel", "long"],
)
def test_unfit_file_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(RosterUnreadable):
        read_roster(content, file_name=name, columns=UNIT_COLUMNS)


@settings(deadline=None)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        roster = read_roster(b"id;navn\n" + content, file_name="a.csv", columns=UNIT_COLUMNS)
    except RosterUnreadable:
        return
    assert all(row.number >= 2 for row in roster.rows)


@pytest.mark.parametrize("text", ["2026-11-22", "22.11.2026", "22.11.26"])
def test_day_is_understood(text: str) -> None:
    assert str(day_meant(text)) == "2026-11-22"
    assert day_meant("22/11") is None


def test_national_identity_number_is_refused() -> None:
    content = b"e-post;navn;enhet;rolle\na@b.example;A 13097248022;10;ansatt\n"

    (error,) = read_roster(content, file_name="a.csv", columns=PEOPLE_COLUMNS).errors

    assert (error.row, error.column) == (2, "navn")
