"""`grobunn remove_second_steps`: for somebody who has lost their phone and their recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grobunn.accounts.queries import user_with_address
from grobunn.accounts.services.users import remove_second_steps
from grobunn.kernel.actors import SYSTEM


class Command(BaseCommand):
    help = "Remove the second steps of somebody who has lost theirs; be sure who asks. The person is told by e-mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="Address that the person signs in with.")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = user_with_address(email)
        if user is None:
            raise CommandError(f"Nobody signs in with {email}.")
        count = remove_second_steps(user, actor=SYSTEM)
        self.stdout.write(f"{count} removed. {user.name} signs in with the password and can set up new ones.")
