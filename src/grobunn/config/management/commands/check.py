import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import check

from grobunn.config import diagnosis
from grobunn.config.diagnosis import Finding, Level
from grobunn.config.environment import environment


class Command(check.Command):
    help = "Tell an operator in words what is misconfigured; ends with 1 if something must be mended."

    is_asked_by_operator = False

    def run_from_argv(self, argv: list[str]) -> None:
        """Typed by a person, the command looks at the whole installation; called by a program, at the code only."""
        self.is_asked_by_operator = True
        super().run_from_argv(argv)

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--json", action="store_true", help="Write the findings as JSON.")

    def handle(self, *app_labels: Any, **options: Any) -> None:
        if not self.is_asked_by_operator or app_labels or options["tags"] or options["list_tags"]:
            super().handle(*app_labels, **options)
            return
        if not options["json"]:
            super().handle(**options)
        found = list(diagnosis.diagnose(environment()))
        self._write(found, as_json=options["json"])
        if any(finding.level is Level.ERROR for finding in found):
            raise SystemExit(1)

    def _write(self, found: list[Finding], *, as_json: bool) -> None:
        if as_json:
            told = [{**asdict(finding), "level": finding.level.value} for finding in found]
            self.stdout.write(json.dumps(told, indent=1, ensure_ascii=False))
            return
        for finding in found:
            self.stdout.write(f"{finding.level.value:8} {finding.subject}: {finding.message}")
            if finding.advice:
                self.stdout.write(f"{'':8} → {finding.advice}")
        counts = {level: sum(finding.level is level for finding in found) for level in Level}
        self.stdout.write(f"{counts[Level.ERROR]} errors, {counts[Level.WARNING]} warnings.")
