from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from grobunn.config import demo, service
from grobunn.config.supervisor import PartNotStarted


class Command(BaseCommand):
    help = "Serve with demonstration data and one-click sign-in as each persona."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            code = service.serve(load=self._load, welcome=demo.welcome(settings.SITE_URL))
        except (service.AlreadyServing, PartNotStarted) as error:
            raise CommandError(str(error)) from error
        if code:
            raise SystemExit(code)

    def _load(self) -> None:
        self._tell("· Loading demonstration data …")
        demo.load(self._tell)
        self._tell("· Starting …")

    def _tell(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
