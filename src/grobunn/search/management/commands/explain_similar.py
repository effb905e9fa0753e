"""Tell why an object is like a text, or is not: for whoever wonders about a suggestion."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from grobunn.search.engine import ENGINE
from grobunn.search.engine.interface import Ref


class Command(BaseCommand):
    help = "Tells why an object is shown as like a text, or is not: the score, and each word's part in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", help="The object's kind, such as idea.")
        parser.add_argument("id", type=UUID, help="The object's id.")
        parser.add_argument("text", help="The text that somebody writes.")

    def handle(self, *_args: Any, kind: str, id: UUID, text: str, **_options: Any) -> None:  # noqa: A002 -- the option's name
        explanation = ENGINE.explain(text, Ref(kind, id))
        if explanation is None:
            raise CommandError("There is no such object in the index.")
        self.stdout.write(f"{explanation.title}\nscore {explanation.score}, title {explanation.title_likeness}")
        for word in explanation.words:
            terms = ", ".join(word.terms)
            self.stdout.write(
                f"{word.word:<24} match {word.match:<6} rarity {word.rarity:<6} in {word.documents} ({terms})"
            )
