"""Write the generated pages of the manual, or tell which are out of date."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from grobunn.config.reference import PAGES

DOCS = Path("docs")


class Command(BaseCommand):
    help = "Write the generated pages of the manual: states, permissions, events, jobs, settings, commands, decisions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail if a page is out of date.")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            pages = {DOCS / name: make() for name, make in PAGES.items()}
        stale = [path for path, text in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
        if options["check"]:
            if stale:
                names = ", ".join(str(path) for path in stale)
                raise CommandError(f"Out of date: {names}. Run `grobunn write_reference` and commit.")
            return
        for path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages[path], encoding="utf-8")
            self.stdout.write(f"Wrote {path}.")
