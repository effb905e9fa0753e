"""Make the index of search anew from everything that can be found."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from grobunn.search.rebuild import rebuild
from grobunn.search.registry import registered


class Command(BaseCommand):
    help = "Makes the index of search anew. Safe to repeat; search answers all the while."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", default="", help="One kind alone, such as idea.")

    def handle(self, *_args: Any, kind: str, **_options: Any) -> None:
        if kind and kind not in registered():
            raise CommandError(f"No feature offers {kind!r}. There are: {', '.join(registered())}.")
        with tqdm(unit=" objects", disable=None) as progress:
            rebuilt = rebuild(kind=kind, tell=progress.update)
        self.stdout.write(f"{rebuilt.indexed} documents indexed, {rebuilt.forgotten} forgotten.")
