from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from grobunn.accounts.personas import PERSONAS
from grobunn.accounts.services import personas, tokens
from grobunn.config import demo, service
from grobunn.config.supervisor import PartNotStarted


class Command(BaseCommand):
    help = (
        "Serve with demonstration data and one-click sign-in as each persona; `demo token PERSONA` makes an API token."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", metavar="token")
        token = actions.add_parser("token", help="Make an API token for a persona of the running demonstration.")
        token.add_argument("persona", help=f"One of {', '.join(PERSONAS)}.")

    def handle(self, *args: Any, action: str | None, **options: Any) -> None:
        if action == "token":
            self._make_token(options["persona"])
        else:
            self._serve()

    def _make_token(self, persona: str) -> None:
        try:
            self.stdout.write(tokens.demo_token(persona))
        except personas.DemoIsOff as error:
            raise CommandError("Demo mode is off.") from error
        except personas.UnknownPersona as error:
            raise CommandError(f"No persona is called {persona}. There are {', '.join(PERSONAS)}.") from error
        except DatabaseError as error:
            raise CommandError("There is no demonstration here yet: start `grobunn demo` once.") from error

    def _serve(self) -> None:
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
