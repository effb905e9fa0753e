"""`grobunn import` and `grobunn export` as an operator calls them."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from grobunn.ideas.models import Idea
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.transfer.conftest import WriteCsv

ROWS = [["1", "En benk"], ["2", ""], ["3", "En huske"]]


def _import(path: Path, town: Town, *options: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(
        "import", "ideas", str(path), f"--municipality={town.municipality.slug}", *options, stdout=out, stderr=err
    )
    return out.getvalue(), err.getvalue()


def test_import_tells_what_became_of_the_rows_and_writes_the_errors(town: Town, write_csv: WriteCsv) -> None:
    path = write_csv(["Nr", "Forslag"], ROWS)

    out, err = _import(path, town)

    assert "ideas.csv: CSV, utf-8, ;, 3 rows." in out
    assert "text ← Forslag" in out
    assert "2 new, 0 changed, 0 unchanged, 1 refused." in out
    assert "Row 3, text: Write a sentence about your idea first." in err
    errors = (path.parent / "ideas.csv.errors.csv").read_text(encoding="utf-8-sig")
    assert list(csv.reader(io.StringIO(errors), delimiter=";"))[1][:2] == ["3", "text"]


def test_preview_shows_rows_and_counts_and_keeps_nothing(town: Town, write_csv: WriteCsv) -> None:
    out, _err = _import(write_csv(["Nr", "Forslag"], ROWS), town, "--preview")

    assert "row 2: external_id: '1', text: 'En benk'" in out
    assert "Preview, nothing kept: 2 new, 0 changed, 0 unchanged, 1 refused." in out
    assert Idea.objects.count() == 0


def test_preview_of_rows_that_are_all_refused_says_so(town: Town, write_csv: WriteCsv) -> None:
    out, _err = _import(write_csv(["Nr", "Forslag"], [["1", ""]]), town, "--preview")

    assert "No row can be taken over as it is." in out
    assert "The first" not in out


def test_strict_import_with_a_refused_row_keeps_nothing(town: Town, write_csv: WriteCsv) -> None:
    with pytest.raises(CommandError, match="Nothing was kept"):
        _import(write_csv(["Nr", "Forslag"], ROWS), town, "--strict")

    assert Idea.objects.count() == 0


def test_resumed_import_passes_over_what_is_here(town: Town, write_csv: WriteCsv) -> None:
    path = write_csv(["Nr", "Forslag"], ROWS)
    _import(path, town)

    out, _err = _import(path, town, "--resume")

    assert "0 new, 0 changed, 2 unchanged, 1 refused." in out


def test_import_with_a_mapping_file(town: Town, write_csv: WriteCsv, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        "fields: {text: Hva, external_id: Løpenummer, submitted_at: Når}\n"
        "values: {state: {Ferdig: started}}\n"
        "constants: {state: Ferdig, visibility: public}\n"
        'date_format: "%d-%m-%y"\n'
        "html: [text]\n",
        encoding="utf-8",
    )
    path = write_csv(["Løpenummer", "Hva", "Når", "Navn"], [["1", "<p>En benk</p>", "31-01-24", "Nora Prøvestad"]])

    out, _err = _import(path, town, f"--mapping={mapping}")

    idea = Idea.objects.get()
    assert (idea.text, idea.title, idea.state, idea.visibility) == ("En benk", "Nora Prøvestad", "started", "public")
    assert idea.submitted_at.date().isoformat() == "2024-01-31"
    assert "submitted_at ← Når" in out


@pytest.mark.parametrize(
    ("name", "content", "options", "told"),
    [
        ("ideas.csv", b"Nr;Forslag\n1;En benk\n", ["--municipality=finnes-ikke"], "no municipality called finnes-ikke"),
        ("ideas.pdf", b"", [], "Only .csv"),
        ("gone.csv", None, [], "No such file"),
        ("ideas.csv", b"Nr;Forslag\n1;En benk\n", ["--mapping=gone.yaml"], "The mapping cannot be used"),
    ],
)
def test_import_that_cannot_begin_says_why(
    town: Town, tmp_path: Path, name: str, content: bytes | None, options: list[str], told: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=told):
        _import(path, town, *options)


def test_export_writes_what_import_reads(town: Town, write_csv: WriteCsv, tmp_path: Path) -> None:
    _import(write_csv(["Nr", "Forslag"], ROWS), town)
    path = tmp_path / "ut.json"
    out = io.StringIO()

    call_command("export", "ideas", str(path), f"--municipality={town.municipality.slug}", stdout=out)

    assert [row["text"] for row in json.loads(path.read_text(encoding="utf-8"))] == ["En benk", "En huske"]
    assert out.getvalue() == f"2 ideas are in {path}.\n"
    assert [found.name for found in tmp_path.iterdir() if found.name.startswith(".")] == []


def test_export_to_an_unknown_form_says_which_there_are(town: Town, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="csv, json, xlsx"):
        call_command("export", "ideas", str(tmp_path / "ut.pdf"), f"--municipality={town.municipality.slug}")
