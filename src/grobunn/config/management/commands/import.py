"""`grobunn import ideas FILE`: takes over what another system holds."""  # noqa: N999 -- the command's name

import csv
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django_scopes import scope
from tqdm import tqdm

from grobunn.ideas.services.imported import ImportedIdea, Outcome, Refusal
from grobunn.ideas.transfer.importing import ImportPlan, keep_import, plan_import, preview_import
from grobunn.ideas.transfer.mapping import ImportMapping, MappingUnreadable, read_mapping
from grobunn.ideas.transfer.reading import FileUnreadable, read_sheet
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import municipality_by_slug

ROWS_SHOWN = 5
ERRORS_SHOWN = 10
_SHOWN = ("external_id", "title", "text", "kind", "state", "visibility", "submitted_at", "reason")


class Command(BaseCommand):
    help = "Import ideas from a CSV, XLSX or JSON file: all rows are checked first; safe to repeat and to go on with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["ideas"], help="What the file holds.")
        parser.add_argument("file", type=Path, metavar="FILE", help="A .csv, .xlsx or .json file.")
        parser.add_argument("--municipality", required=True, metavar="SLUG", help="Its name in addresses: trondheim.")
        parser.add_argument("--mapping", type=Path, help="YAML or JSON: their columns and words, our fields and codes.")
        parser.add_argument("--preview", action="store_true", help="Show what would happen, and keep nothing.")
        parser.add_argument("--strict", action="store_true", help="Keep nothing if any row is refused.")
        parser.add_argument("--resume", action="store_true", help="Pass over rows that are here already, unread.")
        parser.add_argument("--errors", type=Path, help="Where refused rows are written; FILE.errors.csv if left out.")

    def handle(self, *args: Any, **options: Any) -> None:
        municipality = _municipality(options["municipality"])
        with translation.override("en"), scope(municipality=municipality.pk):
            plan = self._plan(municipality, options["file"], options["mapping"])
            if options["preview"]:
                outcome = preview_import(plan)
                self._show(plan)
            elif options["strict"] and plan.refused:
                self._tell_refused(plan.refused, options)
                raise CommandError(f"Nothing was kept: {len(plan.refused)} rows are refused.")
            else:
                outcome = self._keep(plan, is_resumed=options["resume"])
        self._tell(outcome, options)

    def _plan(self, municipality: Municipality, file: Path, mapping_file: Path | None) -> ImportPlan:
        try:
            mapping = read_mapping(mapping_file) if mapping_file is not None else ImportMapping()
            plan = plan_import(read_sheet(file), municipality=municipality, mapping=mapping)
        except MappingUnreadable as error:
            raise CommandError(f"The mapping cannot be used: {error}") from error
        except FileUnreadable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file.name}: {plan.sheet.form}, {len(plan.sheet.rows)} rows.")
        for field, column in plan.columns.items():
            self.stdout.write(f"  {field} ← {column}")
        if plan.unused_columns:
            self.stdout.write(f"  not used: {', '.join(plan.unused_columns)}")
        return plan

    def _keep(self, plan: ImportPlan, *, is_resumed: bool) -> Outcome:
        # None: the bar is shown to a person, not in a log.
        with tqdm(total=len(plan.rows), unit=" rows", disable=None) as bar:
            return keep_import(plan, is_resumed=is_resumed, advance=bar.update)

    def _show(self, plan: ImportPlan) -> None:
        if not plan.rows:
            self.stdout.write("No row can be taken over as it is.")
            return
        self.stdout.write("The first rows as they would be:")
        for row in islice(plan.rows, ROWS_SHOWN):
            self.stdout.write(f"  row {row.row}: {_in_a_line(row)}")

    def _tell(self, outcome: Outcome, options: dict[str, Any]) -> None:
        self._tell_refused(outcome.refused, options)
        would = "Preview, nothing kept: " if options["preview"] else ""
        self.stdout.write(
            f"{would}{outcome.new} new, {outcome.changed} changed, {outcome.unchanged} unchanged, "
            f"{len(outcome.refused)} refused."
        )
        if not options["preview"] and (outcome.new or outcome.changed):
            self.stdout.write("Search finds them when the worker has been at them, a moment from now.")

    def _tell_refused(self, refused: list[Refusal], options: dict[str, Any]) -> None:
        if not refused:
            return
        for refusal in refused[:ERRORS_SHOWN]:
            self.stderr.write(f"Row {refusal.row}, {refusal.field or 'idea'}: {refusal.message}")
        path = options["errors"] or options["file"].with_name(f"{options['file'].name}.errors.csv")
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(["row", "field", "message"])
            writer.writerows([refusal.row, refusal.field, refusal.message] for refusal in refused)
        self.stderr.write(f"All {len(refused)} refused rows are in {path}.")


def _municipality(slug: str) -> Municipality:
    try:
        return municipality_by_slug(slug)
    except Municipality.DoesNotExist as error:
        raise CommandError(f"There is no municipality called {slug}.") from error


def _in_a_line(row: ImportedIdea) -> str:
    found = {name: getattr(row, name) for name in _SHOWN}
    return ", ".join(f"{name}: {str(value)[:60]!r}" for name, value in found.items() if value)
