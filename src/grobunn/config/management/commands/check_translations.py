from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grobunn.config import catalogue_check


class Command(BaseCommand):
    help = "Check that every text in code and templates has its bokmål and nynorsk."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = catalogue_check.findings()
        for finding in found:
            self.stdout.write(str(finding))
        if found:
            raise CommandError(f"{len(found)} findings.")
        self.stdout.write("Every text has its bokmål and nynorsk.")
