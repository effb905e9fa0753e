"""`grobunn load_municipalities`: the register of municipalities, made or brought up to date."""

from typing import Any

from django.core.management.base import BaseCommand

from grobunn.organisations.services.municipalities import load_municipalities


class Command(BaseCommand):
    help = "Make or bring up to date all 357 municipalities from the packaged register; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_municipalities()
        self.stdout.write(f"{loaded.new} new, {loaded.changed} changed, {loaded.unchanged} unchanged.")
