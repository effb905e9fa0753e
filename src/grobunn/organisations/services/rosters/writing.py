"""Writes the rosters: what there is, as a file that can be imported again, and the empty ones to fill in."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from django.db.models import Q
from django_scopes import scope

from grobunn.kernel import clock
from grobunn.organisations.models import Municipality, RoleAssignment
from grobunn.organisations.queries import unit_tree
from grobunn.organisations.services.rosters.columns import Column, role_heading
from grobunn.organisations.services.rosters.reading import FORMULA_STARTS
from grobunn.organisations.services.rosters.units import code_of

Row = Sequence[str]


def unit_rows(municipality: Municipality) -> list[Row]:
    """The open units in the order of the tree."""
    tree = unit_tree(municipality.pk)
    codes = {branch.unit.pk: code_of(branch.unit) for branch in tree}
    return [
        (
            code_of(branch.unit),
            branch.unit.name,
            codes.get(branch.unit.parent_id, "") if branch.unit.parent_id else "",
            str(branch.unit.leader_level),
            branch.unit.mailbox,
        )
        for branch in tree
    ]


def people_rows(municipality: Municipality) -> list[Row]:
    """Everybody who has or will have a role in an open unit, by name."""
    lasting = Q(to_on__isnull=True) | Q(to_on__gte=clock.today())
    with scope(municipality=municipality.pk):
        assignments = list(
            RoleAssignment.objects.filter(lasting, unit__closed_on__isnull=True)
            .select_related("user", "unit")
            .order_by("user__name", "from_on", "id")
        )
    return [
        (
            each.user.email,
            each.user.name,
            code_of(each.unit),
            role_heading(each.role),
            each.from_on.isoformat(),
            each.to_on.isoformat() if each.to_on else "",
        )
        for each in assignments
    ]


def as_csv(columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """Rows as CSV that Norwegian Excel opens as it is: semicolons, UTF-8 with its mark."""
    written = StringIO(newline="")
    writer = csv.writer(written, delimiter=";")
    writer.writerow([column.heading for column in columns])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(columns: Sequence[Column], rows: Iterable[Row], *, title: str) -> bytes:
    """Rows as an Excel sheet, every cell a text."""
    from openpyxl import Workbook  # noqa: PLC0415 -- slow import
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 -- slow import
    from openpyxl.styles import Font  # noqa: PLC0415 -- slow import

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    headings = [WriteOnlyCell(sheet, value=column.heading) for column in columns]
    for heading in headings:
        heading.font = Font(bold=True)
    sheet.append(headings)
    for row in rows:
        sheet.append([_harmless(cell) for cell in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _harmless(cell: str) -> str:
    """A text that a spreadsheet shows and does not calculate (OWASP, "CSV injection")."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
