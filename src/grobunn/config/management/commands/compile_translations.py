from typing import Any

from django.core.management.base import BaseCommand

from grobunn.config import translations


class Command(BaseCommand):
    help = "Compile the catalogues of translations that changed; needs no gettext on the machine."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path in translations.compile_all():
            self.stdout.write(f"compiled {path.relative_to(translations.ROOT)}")
