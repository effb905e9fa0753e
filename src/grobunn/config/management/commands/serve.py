from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grobunn.config import service
from grobunn.config.supervisor import PartNotStarted


class Command(BaseCommand):
    help = (
        "Serve: the web server, the worker, the indexer and, without DATABASE_URL, the embedded PostgreSQL. "
        "Stops on SIGTERM."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-worker", action="store_true", help="Leave the background jobs to other machines.")

    def handle(self, *args: Any, no_worker: bool, **options: Any) -> None:
        try:
            code = service.serve(has_worker=not no_worker)
        except (service.AlreadyServing, PartNotStarted) as error:
            raise CommandError(str(error)) from error
        if code:
            raise SystemExit(code)
