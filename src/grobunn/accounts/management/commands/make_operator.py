"""`grobunn make_operator`: for whoever looks after the installation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grobunn.accounts.queries import user_with_address
from grobunn.accounts.services.users import set_operator
from grobunn.kernel.actors import SYSTEM


class Command(BaseCommand):
    help = "Let somebody with an account decide about mails that stopped; opens no content. --undo takes it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="Address that the person signs in with.")
        parser.add_argument("--undo", action="store_true", help="The person is no operator any more.")

    def handle(self, *args: Any, email: str, undo: bool, **options: Any) -> None:
        user = user_with_address(email)
        if user is None:
            raise CommandError(f"Nobody signs in with {email}. Invite them first.")
        set_operator(user, is_operator=not undo, actor=SYSTEM)
        self.stdout.write(f"{user.name} is {'no operator any more' if undo else 'an operator'}.")
