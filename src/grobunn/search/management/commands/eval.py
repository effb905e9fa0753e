"""`grobunn eval similar`: how well search finds what is alike, on texts of one's own."""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from grobunn.search.evaluation import ground, remembered, report
from grobunn.search.evaluation.files import BadFile, Question, Text, read_corpus, read_questions
from grobunn.search.evaluation.measure import Measured, measure, settings_of
from grobunn.search.meaning import providers
from grobunn.search.meaning.embedder import EmbeddingFailed


class Command(BaseCommand):
    help = "Tell how well search finds what is alike, with an index and a database that are made for it and removed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        alike = what.add_parser("similar", help="What `similar` finds for each kind of question, in each setting.")
        alike.add_argument("--corpus", type=Path, required=True, metavar="FILE", help="TSV with the columns id, text.")
        alike.add_argument(
            "--queries", type=Path, required=True, metavar="FILE", help="TSV with the columns id, kind, text."
        )
        alike.add_argument("--json", type=Path, metavar="FILE", help="Write the figures for a program, too.")

    def handle(self, *_args: Any, corpus: Path, queries: Path, json: Path | None, **_options: Any) -> None:
        try:
            texts = read_corpus(corpus)
            questions = read_questions(queries, known={text.id for text in texts})
        except BadFile as error:
            raise CommandError(str(error)) from error
        if json is not None and not json.parent.is_dir():
            raise CommandError(f"There is no folder {json.parent}.")
        measured = self._measured(texts, questions)
        *_others, default = measured
        self.stdout.write(report.table(measured))
        self.stdout.write("")
        self.stdout.write(report.unlike_lines(measured))
        self.stdout.write(f"What serves users here: {default}.")
        if json is not None:
            report.write_json(json, measured, default=default)

    def _measured(self, texts: Sequence[Text], questions: Sequence[Question]) -> dict[str, Measured]:
        call_command("migrate", interactive=False, verbosity=0)
        embedder = providers.chosen()
        if embedder is not None:
            self.stdout.write(f"Vectors by {embedder.id}; those made are remembered in {remembered.cache_file()}.")
        with remembered.remembered(remembered.cache_file()), ground.findable():
            with _bar(len(texts), "indexed") as bar:
                filled = ground.fill(texts, tell=bar.update)
            try:
                with _bar(len(texts), "embedded") as bar:
                    has_meaning = ground.embed(tell=bar.update)
            except EmbeddingFailed as error:
                raise CommandError(str(error)) from error
            asked = settings_of(has_meaning=has_meaning)
            with _bar(len(asked) * len(questions), "asked") as bar:
                return {name: measure(questions, filled, ask, tell=bar.update) for name, ask in asked.items()}


def _bar(total: int, unit: str) -> "tqdm[None]":
    return tqdm(total=total, unit=f" {unit}", disable=None)
