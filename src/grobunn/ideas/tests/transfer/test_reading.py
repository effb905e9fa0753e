"""Files of every form and encoding, read to the same rows."""

import json
from pathlib import Path

import openpyxl
import pytest

from grobunn.ideas.tests.transfer.conftest import WriteCsv
from grobunn.ideas.transfer.html import text_of
from grobunn.ideas.transfer.mapping import ImportMapping, MappingUnreadable, columns_by_field, read_mapping
from grobunn.ideas.transfer.reading import FileUnreadable, read_sheet
from grobunn.kernel.formulas import guarded, unguarded

COLUMNS = ["Nr", "Beskrivelse"]
ROWS = [["1", "Blåbær, æøå; «én»"], ["2", "To\nlinjer"]]
READ = [(2, {"Nr": "1", "Beskrivelse": "Blåbær, æøå; «én»"}), (3, {"Nr": "2", "Beskrivelse": "To\nlinjer"})]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_whatever_its_separator_and_encoding(write_csv: WriteCsv, separator: str, encoding: str) -> None:
    sheet = read_sheet(write_csv(COLUMNS, ROWS, separator=separator, encoding=encoding))

    assert (list(sheet.columns), list(sheet.rows)) == (COLUMNS, READ)


def test_empty_lines_are_passed_over_and_counted(write_csv: WriteCsv) -> None:
    sheet = read_sheet(write_csv(COLUMNS, [["", ""], ["2", "To"]]))

    assert [number for number, _row in sheet.rows] == [3]


def test_xlsx_is_read_with_its_types(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [COLUMNS, [1, "En"], [None, None], [2, "To"]]:
        book.active.append(row)
    book.save(tmp_path / "ideas.xlsx")

    sheet = read_sheet(tmp_path / "ideas.xlsx")

    assert list(sheet.rows) == [(2, {"Nr": 1, "Beskrivelse": "En"}), (4, {"Nr": 2, "Beskrivelse": "To"})]


@pytest.mark.parametrize("wrapped", [True, False])
def test_json_is_read_as_a_list_or_an_object_that_holds_one(tmp_path: Path, wrapped: bool) -> None:
    rows = [{"id": 1, "text": "En"}, {"id": 2, "title": "To"}]
    path = tmp_path / "ideas.json"
    path.write_text(json.dumps({"version": 1, "ideas": rows} if wrapped else rows), encoding="utf-8")

    sheet = read_sheet(path)

    assert (list(sheet.columns), list(sheet.rows)) == (["id", "text", "title"], list(enumerate(rows, start=2)))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ideas.pdf", b"%PDF"),
        ("ideas.csv", b""),
        ("ideas.csv", b'a;b\n"unfinished'),
        ("ideas.xlsx", b"not a zip"),
        ("ideas.json", b"{"),
        ("ideas.json", b'{"a": 1}'),
        ("ideas.json", b"[1, 2]"),
    ],
)
def test_file_that_cannot_be_read_is_refused_in_words(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(FileUnreadable) as refusal:
        read_sheet(path)

    assert str(refusal.value)


@pytest.mark.parametrize("text", ["=1+1", "+47", "-5", "@x", "'=1", "''-x", "plain", "it's", "", "a=b"])
def test_guarded_text_is_no_formula_and_is_read_back_as_it_was(text: str) -> None:
    assert guarded(text)[:1] not in set("=+-@")
    assert unguarded(guarded(text)) == text


def test_html_becomes_paragraphs_and_dashes() -> None:
    markup = "<p>Én &amp; to</p><ul><li>tre</li><li><b>fire</b></li></ul><script>alert(1)</script><p>fem<br>seks</p>"

    assert text_of(markup) == "Én & to\n\n– tre\n– fire\n\nfem\nseks"


def test_columns_are_known_by_their_usual_names() -> None:
    found = columns_by_field(ImportMapping(), ["Saksnummer", "Tittel", "Beskrivelse", "Status", "Innsendt", "Navn"])

    assert found == {
        "external_id": "Saksnummer",
        "title": "Tittel",
        "text": "Beskrivelse",
        "state": "Status",
        "submitted_at": "Innsendt",
    }


def test_mapping_decides_before_the_usual_names() -> None:
    found = columns_by_field(ImportMapping(fields={"text": "Navn"}), ["Navn", "Beskrivelse"])

    assert found["text"] == "Navn"


def test_mapping_is_read_from_yaml_and_from_json(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text("fields: {text: Ide}\nvalues: {state: {Ny: received}}\n", encoding="utf-8")
    (tmp_path / "m.json").write_text(
        '{"fields": {"text": "Ide"}, "values": {"state": {"Ny": "received"}}}', encoding="utf-8"
    )

    assert read_mapping(tmp_path / "m.yaml") == read_mapping(tmp_path / "m.json")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fields: {tekst: Ide}", "no field called tekst"),
        ("values: {state: {Ny: new}}", "no code new"),
        ("felt: {}", "felt"),
        ("fields: [", "expected"),
    ],
)
def test_mapping_that_cannot_be_used_says_why(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(MappingUnreadable) as refusal:
        read_mapping(path)

    assert told in str(refusal.value)


def test_mapping_of_a_column_that_the_file_lacks_is_refused() -> None:
    with pytest.raises(MappingUnreadable, match="no column called Ide"):
        columns_by_field(ImportMapping(fields={"text": "Ide"}), ["Tekst"])
