"""Ideas in files: every field that an import reads, and never a receipt code, an e-mail address or a name."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import IO, Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from grobunn.ideas.models import Idea
from grobunn.ideas.states import ANSWERS
from grobunn.ideas.transfer.fields import NAMES
from grobunn.kernel.formulas import guarded
from grobunn.kernel.models import StateChange

# Beside the fields that an import reads: who owes the answer, and by when.
COLUMNS = (*NAMES, "holder_role", "holder_unit", "answer_due_on")
_CHUNK_ROWS = 2000

Row = Mapping[str, Any]


def rows_of(ideas: QuerySet[Idea]) -> Iterator[dict[str, Any]]:
    """The rows of ideas as a file holds them, in the order of the queryset; read in chunks."""
    answers = StateChange.objects.filter(subject_id=OuterRef("pk"), edge__in=[*ANSWERS, "import"]).order_by("-id")
    found = ideas.select_related("unit", "holder_unit", "merged_into").annotate(
        answer_reason=Subquery(answers.values("reason")[:1])
    )
    for idea in found.iterator(chunk_size=_CHUNK_ROWS):
        yield _row(idea, reason=idea.answer_reason or "")


def write_csv(rows: Iterable[Row], file: IO[bytes]) -> int:
    """Write rows as Excel in Norway opens them: UTF-8 with its mark, parted by semicolons. Returns: how many."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS)
    count = 0
    for row in rows:
        writer.writerow([guarded(_plain(row[name])) for name in COLUMNS])
        count += 1
    text.detach()
    return count


def write_xlsx(rows: Iterable[Row], file: IO[bytes]) -> int:
    """Write rows as an Excel file; every text is a text, whatever it begins with. Returns: how many."""
    from openpyxl import Workbook  # noqa: PLC0415 -- slow import

    book = Workbook(write_only=True)
    page = book.create_sheet("Ideas")
    page.append(list(COLUMNS))
    count = 0
    for row in rows:
        page.append([_cell(page, row[name]) for name in COLUMNS])
        count += 1
    book.save(file)
    return count


def write_json(rows: Iterable[Row], file: IO[bytes]) -> int:
    """Write rows as a list of objects, a line each. Returns: how many."""
    count = 0
    file.write(b"[")
    for row in rows:
        line = json.dumps({name: _plain(value) for name, value in row.items()}, ensure_ascii=False)
        file.write(b",\n" if count else b"\n")
        file.write(line.encode())
        count += 1
    file.write(b"\n]\n")
    return count


WRITERS: Mapping[str, Callable[[Iterable[Row], IO[bytes]], int]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "json": write_json,
}


def _row(idea: Idea, *, reason: str) -> dict[str, Any]:
    return {
        "external_id": idea.external_id or idea.reference,
        "reference": idea.reference,
        "title": idea.title,
        "text": idea.text,
        "kind": idea.kind,
        "state": idea.state,
        "visibility": idea.visibility,
        "unit": idea.unit.slug if idea.unit else "",
        "language": idea.language,
        "submitted_at": idea.submitted_at,
        "state_since": idea.state_since,
        "reason": reason,
        "parked_until": idea.parked_until,
        "parked_condition": idea.parked_condition,
        "solution": idea.solution,
        "merged_into": _name_of(idea.merged_into) if idea.merged_into else "",
        "is_synthetic": idea.is_synthetic,
        "holder_role": idea.holder_role,
        "holder_unit": idea.holder_unit.slug if idea.holder_unit else "",
        "answer_due_on": idea.answer_due_on,
    }


def _name_of(idea: Idea) -> str:
    return idea.external_id or idea.reference


def _plain(value: Any) -> Any:
    """A value as text files hold it: times in the municipalities' own zone, ISO 8601."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    if value is None or isinstance(value, bool):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else value


def _cell(page: Any, value: Any) -> Any:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell  # noqa: PLC0415 -- slow import

    plain = _plain(value)
    if not isinstance(plain, str):
        return plain
    cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", plain))
    cell.data_type = "s"  # Never "f": a text that begins with = is no formula.
    return cell
