"""`grobunn invite_adviser`: a municipality begins with one person who can set it up."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grobunn.organisations.errors import RoleAlreadyHeld
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import municipality_by_slug
from grobunn.organisations.services.joining import begin_municipality


class Command(BaseCommand):
    help = "Invite the first innovation adviser of a municipality by e-mail, and let the municipality take ideas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("municipality", help="Its name in addresses, such as trondheim.")
        parser.add_argument("email", help="Address of the adviser.")
        parser.add_argument("--name", default="", help="What the adviser is called.")

    def handle(self, *args: Any, municipality: str, email: str, name: str, **options: Any) -> None:
        try:
            joined = begin_municipality(municipality_by_slug(municipality), email=email, name=name)
        except Municipality.DoesNotExist as error:
            raise CommandError(f"No municipality is called {municipality}. Run load_municipalities first.") from error
        except RoleAlreadyHeld as error:
            raise CommandError(f"{email} is an innovation adviser there already.") from error
        told = "has the role at once" if joined.assignment else "gets an invitation by e-mail"
        self.stdout.write(f"{email} {told}. /{municipality}/ takes ideas.")
