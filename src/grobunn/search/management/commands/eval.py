"""`grobunn eval similar`: how well search finds what is alike, on texts of one's own."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from grobunn.search.evaluation import ground, ideas, remembered, report, weighing
from grobunn.search.evaluation.files import BadFile, Question, Text, read_corpus, read_questions
from grobunn.search.evaluation.ground import Ground
from grobunn.search.evaluation.measure import Measured, measure, settings_of
from grobunn.search.evaluation.weighing import Judged
from grobunn.search.meaning import asking, providers
from grobunn.search.meaning.embedder import EmbeddingFailed
from grobunn.search.meaning.weights import Weights


class Command(BaseCommand):
    help = "Tell how well search finds what is alike, with an index and a database that are made for it and removed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        does = "Tell how often the right one is among the first, for each kind of question, in each setting."
        alike = what.add_parser("similar", help=does, description=does)
        alike.add_argument(
            "--corpus",
            type=Path,
            required=True,
            metavar="FILE",
            help="What is searched: TSV with the columns id, text.",
        )
        alike.add_argument(
            "--queries",
            type=Path,
            required=True,
            metavar="FILE",
            help="What is asked: TSV with the columns id (of the right answer), kind, text.",
        )
        alike.add_argument("--json", type=Path, metavar="FILE", help="Write the figures for a program, too.")

        does = "Tell which weights would serve better; asked by `search tune`."
        weights = what.add_parser("weights", help=does, description=does)
        weights.add_argument("--judged", type=Path, required=True, metavar="FILE", help="What people said, as JSON.")
        weights.add_argument("--json", type=Path, required=True, metavar="FILE", help="Where the answer is written.")

    def handle(self, *_args: Any, what: str, **options: Any) -> None:
        if what == "weights":
            self._weigh(options["judged"], options["json"])
        else:
            self._similar(options["corpus"], options["queries"], options["json"])

    def _weigh(self, judged_file: Path, out: Path) -> None:
        told = json.loads(judged_file.read_text(encoding="utf-8"))
        judged = [Judged(**each) for each in told["judged"]]
        now = Weights(**told["now"])
        texts, questions = ideas.development()
        with self._installation(texts) as (filled, has_meaning):
            tried = weighing.trials(questions, filled, tell=lambda _count: None) if has_meaning else []
            best = weighing.proposed(now, tried=tried, judged=judged)
            answer = {
                "weights": asdict(best),
                "now": asdict(weighing.quality(now, tried=tried, judged=judged)),
                "then": asdict(weighing.quality(best, tried=tried, judged=judged)),
            }
        out.write_text(json.dumps(answer), encoding="utf-8")

    def _similar(self, corpus: Path, queries: Path, out: Path | None) -> None:
        try:
            texts = read_corpus(corpus)
            questions = read_questions(queries, known={text.id for text in texts})
        except BadFile as error:
            raise CommandError(str(error)) from error
        if out is not None and not out.parent.is_dir():
            raise CommandError(f"There is no folder {out.parent}.")
        measured = self._measured(texts, questions)
        *_others, default = measured
        self.stdout.write(report.table(measured))
        self.stdout.write("")
        self.stdout.write(report.unlike_lines(measured))
        self.stdout.write(f"What serves users here: {default}.")
        if out is not None:
            report.write_json(out, measured, default=default)

    def _measured(self, texts: Sequence[Text], questions: Sequence[Question]) -> dict[str, Measured]:
        with self._installation(texts) as (filled, has_meaning):
            asked = settings_of(has_meaning=has_meaning)
            with _bar(len(asked) * len(questions), "asked") as bar:
                return {name: measure(questions, filled, ask, tell=bar.update) for name, ask in asked.items()}

    @contextmanager
    def _installation(self, texts: Sequence[Text]) -> Iterator[tuple[Ground, bool]]:
        """An installation with these texts, and whether meaning is on in it."""
        call_command("migrate", interactive=False, verbosity=0)
        embedder = providers.chosen()
        if embedder is not None:
            self.stdout.write(f"Vectors by {embedder.id}; those made are remembered in {remembered.cache_file()}.")
        with remembered.remembered(remembered.cache_file()), ground.findable(), asking.patient():
            with _bar(len(texts), "indexed") as bar:
                filled = ground.fill(texts, tell=bar.update)
            try:
                with _bar(len(texts), "embedded") as bar:
                    has_meaning = ground.embed(tell=bar.update)
            except EmbeddingFailed as error:
                raise CommandError(str(error)) from error
            yield filled, has_meaning


def _bar(total: int, unit: str) -> "tqdm[None]":
    return tqdm(total=total, unit=f" {unit}", disable=None)
