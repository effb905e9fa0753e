"""Help in plain words, per role and language: Markdown files beside this one, and which of them a page leads to."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markdown_it import MarkdownIt

FOLDER = Path(__file__).parent / "help"
# In the order in which somebody new would read them.
SECTIONS = (
    "skrive",
    "soke",
    "folge",
    "historier",
    "eksempler",
    "svare",
    "ko",
    "oppsett",
    "konto",
    "varsler",
    "ledelse",
    "folkevalgt",
    "tillit",
)
_BY_PAGE = (
    ("ideas:write", "skrive"),
    ("ideas:receipt", "folge"),
    ("ideas:find_thread", "folge"),
    ("ideas:thread_by_receipt", "folge"),
    ("ideas:reply_by_receipt", "folge"),
    ("ideas:queue", "ko"),
    ("ideas:bulk", "ko"),
    ("ideas:routing", "oppsett"),
    ("ideas:reason", "oppsett"),
    ("ideas:kinds", "oppsett"),
    ("ideas:thread", "svare"),
    ("ideas:step", "svare"),
    ("web:my_work", "folge"),
    ("stories:", "historier"),
    ("cases:", "eksempler"),
    ("search:synonyms", "oppsett"),
    ("search:change_synonyms", "oppsett"),
    ("search:unmet", "oppsett"),
    ("search:", "soke"),
    ("organisations:", "oppsett"),
    ("notifications:", "varsler"),
    ("accounts:", "konto"),
    ("account_", "konto"),
    ("mfa_", "konto"),
)


@dataclass(frozen=True)
class HelpPage:
    """One section of the help, in one language. `html` is made from our own files, never from what users write."""

    slug: str
    title: str
    html: str


@lru_cache(maxsize=64)
def help_page(slug: str, language: str) -> HelpPage:
    """A section in a language. Takes: slug, one of SECTIONS; language, "nb", "nn" or "en"."""
    text = (FOLDER / language / f"{slug}.md").read_text(encoding="utf-8")
    title, body = text.removeprefix("# ").split("\n", 1)
    return HelpPage(slug=slug, title=title.strip(), html=MarkdownIt("commonmark").enable("table").render(body))


def help_pages(language: str) -> list[HelpPage]:
    """Every section in a language."""
    return [help_page(slug, language) for slug in SECTIONS]


def section_for(view_name: str) -> str:
    """The section that a page leads to, or "" for the overview. Takes: view_name, as Django's resolver says it."""
    return next((section for prefix, section in _BY_PAGE if view_name.startswith(prefix)), "")
