"""Numbers are written as the reader's language writes them, on every page; only what a machine reads is left plain."""

import pytest
from django.template import engines
from django.utils import translation

_SPACE = "\xa0"


def _rendered(text: str, language: str, **context: object) -> str:
    with translation.override(language):
        return str(engines["django"].from_string("{% load i18n l10n %}" + text).render(context))


@pytest.mark.parametrize(
    ("language", "written"), [("nb", f"12{_SPACE}345"), ("nn", f"12{_SPACE}345"), ("en", "12,345")]
)
def test_counts_of_a_page_are_grouped_as_the_language_does_it(language: str, written: str) -> None:
    assert _rendered("{{ count }}", language, count=12345) == written
    text = "{% blocktranslate with number=count %}{{ number }}{% endblocktranslate %}"
    assert _rendered(text, language, count=12345) == written


def test_what_a_machine_reads_stays_plain() -> None:
    assert _rendered("{{ width|unlocalize }}", "nb", width=1600) == "1600"


def test_codes_and_years_are_words_and_stay_as_they_are() -> None:
    assert _rendered("{{ number }}", "nb", number="1516") == "1516"
