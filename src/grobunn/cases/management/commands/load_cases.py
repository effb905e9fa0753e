"""`grobunn load_cases`: the cases that come with the installation, with their sources."""

from typing import Any

from django.core.management.base import BaseCommand

from grobunn.cases.services.load import load_cases


class Command(BaseCommand):
    help = "Publish the packaged cases of public sources that are not there yet; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_cases()
        self.stdout.write(f"{loaded.new} new, {loaded.known} there already.")
        if loaded.missing:
            self.stdout.write(f"Not in the register: {', '.join(loaded.missing)}. Run load_municipalities first.")
