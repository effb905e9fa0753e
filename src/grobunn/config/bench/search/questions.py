"""What is asked for, as people ask: words, misspelt words, narrowed ones, the beginning of a word, a whole text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from django.urls import reverse
from django_scopes import scopes_disabled

from grobunn.config.bench.client import Visit
from grobunn.config.bench.ground import ANONYMOUS
from grobunn.config.bench.pages import API, Page
from grobunn.ideas.models import IdeaKind, Visibility
from grobunn.ideas.states import PUBLISHED
from grobunn.organisations.queries import SizeClass
from grobunn.search.models import IndexedDocument
from grobunn.search.stopwords import STOPWORDS
from grobunn.search.words import words_of

# Where whoever asks stands.
MUNICIPALITY = "trondheim"
_SAMPLE = 400
_SEED = 5
_LONG_ENOUGH = 4
_TYPED = (8, 15)


@dataclass(frozen=True)
class Asked:
    """What is asked for, taken from documents that everybody may find."""

    words: Sequence[str]
    misspelt: Sequence[str]
    beginnings: Sequence[str]
    texts: Sequence[str]


def asked() -> Asked:
    """Questions about documents strewn over all that there are; the same ones for the same documents."""
    pick = Random(_SEED)  # noqa: S311 -- nothing secret
    with scopes_disabled():
        rows = _sample(pick)
    words = [_two_words(title, pick) for title, _text in rows]
    return Asked(
        words=words,
        misspelt=[_misspelt(each, pick) for each in words],
        beginnings=[title[: pick.randint(3, 12)] for title, _text in rows],
        texts=[" ".join(f"{title} {text}".split()[: pick.randint(*_TYPED)]) for title, text in rows],
    )


def questions(what: Asked) -> list[Page]:
    """Each question, put to the API or to the page that answers it while somebody types."""
    search, suggest = f"{API}/search", reverse("search:suggestions_everywhere")
    narrowed = {"kind": "idea", "theme": IdeaKind.NEW_SERVICE, "size": SizeClass.FROM_20000}
    return [
        _question("search", what.words, lambda words: f"{search}?{urlencode({'q': words})}"),
        _question("search, misspelt", what.misspelt, lambda words: f"{search}?{urlencode({'q': words})}"),
        _question("search, narrowed", what.words, lambda words: f"{search}?{urlencode({'q': words, **narrowed})}"),
        _question("search page", what.words, lambda words: f"{reverse('search:everywhere')}?{urlencode({'q': words})}"),
        _question("suggest", what.beginnings, lambda words: f"{suggest}?{urlencode({'q': words})}"),
        similar("similar", what),
    ]


def similar(name: str, what: Asked) -> Page:
    """What is like a text, as it is asked while somebody writes; a number makes each text a new one."""

    def visit(number: int) -> Visit:
        text = f"{what.texts[number % len(what.texts)]} {number}"
        return Visit(f"{API}/similar?{urlencode({'municipality': MUNICIPALITY, 'q': text})}")

    return Page(name, ANONYMOUS, visit)


def _question(name: str, asked_for: Sequence[str], address: Callable[[str], str]) -> Page:
    return Page(name, ANONYMOUS, lambda number: Visit(address(asked_for[number % len(asked_for)])))


def _sample(pick: Random) -> list[tuple[str, str]]:
    """Titles and texts of public documents."""
    documents = IndexedDocument.objects.filter(visibility=Visibility.PUBLIC, state__in=PUBLISHED)
    first, last = documents.order_by("id").first(), documents.order_by("id").last()
    if first is None or last is None:
        return []
    chosen = (pick.randint(first.pk, last.pk) for _ in range(_SAMPLE))
    found = [documents.filter(pk__gte=pk).order_by("pk").values_list("title", "text").first() for pk in chosen]
    return [row for row in found if row is not None]


def _two_words(title: str, pick: Random) -> str:
    telling = [word for word in words_of(title) if word not in STOPWORDS and len(word) >= _LONG_ENOUGH]
    return " ".join(pick.sample(telling, min(2, len(telling))) or words_of(title)[:2])


def _misspelt(words: str, pick: Random) -> str:
    """The words with two letters of one of them in each other's place."""
    at = pick.randrange(1, max(2, len(words) - 2))
    return words[:at] + words[at : at + 2][::-1] + words[at + 2 :]
