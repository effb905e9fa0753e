"""The engine in use. PostgreSQL holds what can be found; who looks for it is answered by this machine's index of words
where there is one that can be read, and by PostgreSQL alone where there is not.
"""

from collections.abc import Callable, Collection
from typing import TypeVar
from uuid import UUID

import structlog
from django.conf import settings

from grobunn.search.engine.interface import Engine, Explanation, Hit, Reader, Ref, Suggestion, Wanted
from grobunn.search.engine.postgresql import PostgreSQL
from grobunn.search.engine.words import engine as words_engine
from grobunn.search.engine.words.damage import IndexDamaged
from grobunn.search.engine.words.reading import IndexMissing, Opened
from grobunn.search.engine.words.reading import reader as index_reader

log = structlog.get_logger("grobunn.search")

_Answer = TypeVar("_Answer")


class WordsFirst(PostgreSQL):
    """Answers from the index of words; everything that is written goes to PostgreSQL, which the index follows."""

    def alike(self, text: str, *, reader: Reader, exclude: Collection[Ref], limit: int, least: float) -> list[Hit]:
        return _answer(
            lambda opened: words_engine.alike(
                text, opened=opened, reader=reader, exclude=exclude, limit=limit, least=least
            ),
            otherwise=lambda: super(WordsFirst, self).alike(
                text, reader=reader, exclude=exclude, limit=limit, least=least
            ),
        )

    def explain(self, text: str, ref: Ref) -> Explanation | None:
        return _answer(
            lambda opened: words_engine.explain(text, ref, opened=opened),
            otherwise=lambda: super(WordsFirst, self).explain(text, ref),
        )

    def find(self, wanted: Wanted, *, reader: Reader, limit: int) -> list[Hit]:
        return _answer(
            lambda opened: words_engine.find(wanted, opened=opened, reader=reader, limit=limit),
            otherwise=lambda: super(WordsFirst, self).find(wanted, reader=reader, limit=limit),
        )

    def suggest(
        self, prefix: str, *, reader: Reader, limit: int, municipality_id: UUID | None = None
    ) -> list[Suggestion]:
        return _answer(
            lambda opened: words_engine.suggest(
                prefix, opened=opened, reader=reader, limit=limit, municipality_id=municipality_id
            ),
            otherwise=lambda: super(WordsFirst, self).suggest(
                prefix, reader=reader, limit=limit, municipality_id=municipality_id
            ),
        )

    def did_you_mean(self, words: str, *, reader: Reader, visible: Callable[[list[Hit]], list[Hit]]) -> str:
        return _answer(
            lambda opened: words_engine.did_you_mean(words, opened=opened, reader=reader, visible=visible),
            otherwise=lambda: super(WordsFirst, self).did_you_mean(words, reader=reader, visible=visible),
        )


def _answer(ask: Callable[[Opened], _Answer], *, otherwise: Callable[[], _Answer]) -> _Answer:
    """What the index answers; what PostgreSQL answers where there is no index, or none that can be read."""
    if settings.SEARCH_ENGINE != "words":
        return otherwise()
    try:
        return ask(index_reader().opened())
    except IndexMissing:
        return otherwise()
    except IndexDamaged as error:
        log.error("the index of words cannot be read", reason=str(error))
        index_reader().complain(str(error))
        return otherwise()


ENGINE: Engine = WordsFirst()
