"""The index of words on this machine: kept in step with the database, or made anew."""

import signal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django_scopes import scopes_disabled
from tqdm import tqdm

from grobunn.search import rebuild
from grobunn.search.engine.words import building
from grobunn.search.engine.words.damage import IndexBusy, IndexDamaged
from grobunn.search.engine.words.files import FolderTaken, place
from grobunn.search.engine.words.following import Follower
from grobunn.search.evaluation import tuning
from grobunn.search.models import IndexedDocument
from grobunn.search.registry import registered
from grobunn.search.services import take_weights
from grobunn.search.standing import standing


class Command(BaseCommand):
    help = (
        "Looks after search on this machine: tells how it stands, keeps the index in step with the database, makes it "
        "anew, tunes the weights."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        tasks = parser.add_subparsers(dest="task", required=True)
        _task(tasks, "status", "Tell what can be found, and how the index and the model do; changes nothing.")
        follow = _task(tasks, "follow", "Keep the index in step until told to stop; `serve` does this too.")
        follow.add_argument("--ready-file", type=Path, help="A file to make when it has begun.")
        anew = _task(
            tasks, "rebuild", "Make the index anew while the old one answers. Interrupted, it carries on the next time."
        )
        anew.add_argument(
            "--from-sources", action="store_true", help="First read everything anew from the features that hold it."
        )
        anew.add_argument("--kind", default="", help="With --from-sources: one kind alone, such as idea.")
        tune = _task(
            tasks,
            "tune",
            "Propose weights of words and meaning by what people said, and show what would change. Takes some minutes.",
        )
        tune.add_argument("--take", action="store_true", help="Use the proposed weights from now on.")

    def handle(self, *_args: Any, task: str, **options: Any) -> None:
        try:
            if task == "status":
                self._tell_standing()
            elif task == "follow":
                self._follow(options["ready_file"])
            elif task == "tune":
                self._tune(is_taken=options["take"])
            else:
                self._rebuild(is_from_sources=options["from_sources"], kind=options["kind"])
        except (FolderTaken, IndexBusy, IndexDamaged, tuning.NotTuned) as error:
            raise CommandError(str(error)) from error

    def _tell_standing(self) -> None:
        try:
            told = list(standing())
        except DatabaseError as error:
            raise CommandError(f"The database does not answer: {str(error).strip()}") from error
        width = max(len(subject) for subject, _said in told)
        for subject, said in told:
            self.stdout.write(f"{subject:{width}}  {said}")

    def _tune(self, *, is_taken: bool) -> None:
        found = tuning.tune()
        self.stdout.write(found.table())
        if found.weights == found.now:
            self.stdout.write("Nothing would serve better than what is in use.")
        elif is_taken:
            take_weights(found.weights)
            self.stdout.write("Taken: searches use them within a minute.")
        else:
            self.stdout.write("Nothing is changed. `grobunn search tune --take` takes them.")

    def _follow(self, ready_file: Path | None) -> None:
        stops: list[int] = []
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda received, _frame: stops.append(received))
        follower = Follower(place(), is_stopped=lambda: bool(stops))
        if ready_file is not None:
            follower.on_ready = ready_file.touch
        follower.run()

    def _rebuild(self, *, is_from_sources: bool, kind: str) -> None:
        if is_from_sources:
            self._read_sources(kind)
        if settings.SEARCH_ENGINE != "words":
            self.stdout.write("This installation searches in PostgreSQL alone: there is no other index.")
            return
        with scopes_disabled():
            total = IndexedDocument.objects.count()
        with tqdm(total=total, unit=" documents", disable=None) as progress:
            added = building.build(place(), tell=progress.update)
        self.stdout.write(f"{added} documents in the new index.")

    def _read_sources(self, kind: str) -> None:
        if kind and kind not in registered():
            raise CommandError(f"No feature offers {kind!r}. There are: {', '.join(registered())}.")
        with tqdm(unit=" objects", disable=None) as progress:
            rebuilt = rebuild.rebuild(kind=kind, tell=progress.update)
        self.stdout.write(f"{rebuilt.indexed} documents read, {rebuilt.forgotten} forgotten.")


def _task(tasks: Any, name: str, does: str) -> CommandParser:
    """A task that says in its own --help, too, what it does."""
    made: CommandParser = tasks.add_parser(name, help=does, description=does)
    return made
