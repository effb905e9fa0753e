"""The command `grobunn`."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command; Django's own commands answer too."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grobunn.config.settings")
    execute_from_command_line(sys.argv)
