"""`grobunn export ideas FILE`: what an import reads, for a spreadsheet or another system."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_scopes import scope

from grobunn.ideas.models import Idea
from grobunn.ideas.transfer.exporting import WRITERS, rows_of
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import municipality_by_slug


class Command(BaseCommand):
    help = "Export the ideas of a municipality to CSV, XLSX or JSON, without receipts, addresses and names."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["ideas"], help="What to export.")
        parser.add_argument("file", type=Path, metavar="FILE", help="Where to write; made anew.")
        parser.add_argument("--municipality", required=True, metavar="SLUG", help="Its name in addresses: trondheim.")
        parser.add_argument("--format", choices=sorted(WRITERS), help="The form, if FILE's ending does not say it.")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        form = options["format"] or path.suffix.lower().removeprefix(".")
        if form not in WRITERS:
            raise CommandError(f"Give --format: {', '.join(sorted(WRITERS))}.")
        try:
            municipality = municipality_by_slug(options["municipality"])
        except Municipality.DoesNotExist as error:
            raise CommandError(f"There is no municipality called {options['municipality']}.") from error
        unfinished = path.with_name(f".{path.name}.part")
        with scope(municipality=municipality.pk), unfinished.open("wb") as file:
            count = WRITERS[form](rows_of(Idea.objects.order_by("submitted_at", "id")), file)
        unfinished.replace(path)
        self.stdout.write(f"{count} ideas are in {path}.")
