"""Tell why an object is like a text, or is not: for whoever wonders about a suggestion."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from grobunn.search.engine import ENGINE
from grobunn.search.engine.interface import Ref
from grobunn.search.meaning import asking
from grobunn.search.meaning.explaining import Nearness, nearness
from grobunn.search.meaning.weights import fused, in_use


class Command(BaseCommand):
    help = "Tells why an object is shown as like a text, or is not: each word's part, and what the meaning adds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", help="The object's kind, such as idea.")
        parser.add_argument("id", type=UUID, help="The object's id.")
        parser.add_argument("text", help="The text that somebody writes.")

    def handle(self, *_args: Any, kind: str, id: UUID, text: str, **_options: Any) -> None:  # noqa: A002 -- the option's name
        ref = Ref(kind, id)
        explanation = ENGINE.explain(text, ref)
        if explanation is None:
            raise CommandError("There is no such object in the index.")
        self.stdout.write(f"{explanation.title}\nscore {explanation.score}, title {explanation.title_likeness}")
        for word in explanation.words:
            terms = ", ".join(word.terms)
            self.stdout.write(
                f"{word.word:<24} match {word.match:<6} rarity {word.rarity:<6} in {word.documents} ({terms})"
            )
        with asking.patient():
            near = nearness(text, ref)
        if near is None:
            self.stdout.write("meaning: off or not ready, too few words, or this object is not embedded yet")
        else:
            self._tell_meaning(near, by_words=explanation.score)

    def _tell_meaning(self, near: Nearness, *, by_words: float) -> None:
        outstanding = (near.cosine - near.gauge.mean) / near.gauge.spread
        together = fused(words=by_words, meaning=near.score, weights=in_use(), fit=near.gauge.fit)
        self.stdout.write(
            f"meaning {near.score}: cosine {near.cosine:.3f}, {outstanding:+.2f} times {near.gauge.spread:.3f} from "
            f"{near.gauge.mean:.3f}, which is usual for ideas that the text is not about; "
            f"relied on by {near.gauge.fit:.2f}\n"
            f"nearest: {near.part}\n"
            f"together {together}"
        )
