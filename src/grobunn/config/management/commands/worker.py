from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grobunn.config import worker_process
from grobunn.config.environment import environment


class Command(BaseCommand):
    help = "Run background jobs until told to stop; start as many of these, on as many machines, as there is work for."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, help="Jobs side by side; otherwise as the setting says.")
        parser.add_argument("--ready-file", type=Path, help="A file to make when the worker takes jobs.")

    def handle(self, *args: Any, concurrency: int | None, ready_file: Path | None, **options: Any) -> None:
        wanted = concurrency or environment().worker_concurrency
        if not worker_process.run(concurrency=wanted, ready_file=ready_file):
            raise CommandError("The worker lost the database and ended.")
