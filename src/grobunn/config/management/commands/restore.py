from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from grobunn.config import backup, preparation, service
from grobunn.config.environment import environment
from grobunn.config.supervisor import PartNotStarted
from grobunn.kernel import clock


class Command(BaseCommand):
    help = "Restore a backup into an empty installation, or with --replace into one that has something in it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The backup.")
        parser.add_argument(
            "--replace", action="store_true", help="Put it in the place of what is there, after backing that up."
        )

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        running = service.running(environment().data_dir)
        if running is not None:
            raise CommandError(f"Grobunn serves from this folder, as process {running.pid}. Stop it first.")
        try:
            manifest = backup.read(file)
            if not backup.is_empty():
                self._make_room(is_allowed=replace)
            backup.restore(file)
            preparation.prepare()
        except (backup.BackupRefused, PartNotStarted) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Restored: made {manifest.made_at[:16]} by release {manifest.release}.")

    def _make_room(self, *, is_allowed: bool) -> None:
        if not is_allowed:
            raise CommandError("This installation has something in it. Give another DATA_DIR, or say --replace.")
        kept = Path(settings.DATA_DIR) / f"replaced-{clock.now():%Y%m%d-%H%M%S}.backup"
        backup.make(kept)
        self.stdout.write(f"What was here before is kept in {kept}.")
