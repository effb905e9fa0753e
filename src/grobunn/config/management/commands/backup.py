from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grobunn.config import backup


class Command(BaseCommand):
    help = "Write the database and the uploaded files into one file; the service may run meanwhile."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The file to write; it must not be there yet.")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            manifest = backup.make(file)
        except backup.BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        megabytes = file.stat().st_size / 1_000_000
        self.stdout.write(f"{file}: the database and {len(manifest.members) - 1} files, {megabytes:.1f} MB.")
