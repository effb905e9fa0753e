"""How heavy a text is to read: LIX (C.-H. Björnsson, "Läsbarhet", 1968), the usual measure for Nordic languages."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:]+(?=\s|$)|\n\s*\n|\n(?=\s*[-*•\d])")
_LONG_LETTERS = 6  # A long word has more.
# Of fewer words the figure says nothing.
FEWEST_WORDS = 20
# Upper bounds of Björnsson's classes.
_CLASSES: tuple[tuple[int, str | Promise], ...] = (
    (30, _("very easy")),
    (40, _("easy")),
    (50, _("fairly heavy")),
    (60, _("heavy")),
)
_HEAVIEST = _("very heavy")
EASY_BELOW = 45


@dataclass(frozen=True)
class Readability:
    """How a text reads. Takes: lix, None for a text that is too short to tell."""

    words: int
    lix: int | None

    @property
    def is_easy(self) -> bool:
        """Whether a busy reader manages it in one go."""
        return self.lix is None or self.lix < EASY_BELOW

    @property
    def label(self) -> str:
        """The class in words; "" for a text that is too short to tell."""
        if self.lix is None:
            return ""
        return str(next((label for bound, label in _CLASSES if self.lix < bound), _HEAVIEST))


def readability_of(text: str) -> Readability:
    """Words, and LIX: words in a sentence, and how many of a hundred words are longer than six letters."""
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return Readability(words=len(words), lix=None)
    sentences = sum(1 for piece in _SENTENCE_END.split(text) if _WORD.search(piece)) or 1
    long_words = sum(1 for word in words if len(word) > _LONG_LETTERS)
    return Readability(words=len(words), lix=round(len(words) / sentences + 100 * long_words / len(words)))
