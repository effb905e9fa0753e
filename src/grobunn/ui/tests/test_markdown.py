"""Markdown becomes HTML that is safe to show."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grobunn.ui import markdown


def test_html_has_emphasis_lists_and_links() -> None:
    text = "**Viktig**\n\n- en\n- to\n\n[her](https://ulstein.example/)"

    assert markdown.html(text) == (
        "<p><strong>Viktig</strong></p>\n<ul>\n<li>en</li>\n<li>to</li>\n</ul>\n"
        '<p><a href="https://ulstein.example/" rel="noopener nofollow">her</a></p>\n'
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ('<img src=x onerror="alert(1)">', '<p>&lt;img src=x onerror="alert(1)"&gt;</p>\n'),
        ("[her](javascript:alert(1))", "<p>[her](javascript:alert(1))</p>\n"),
        ("[her](data:text/html;base64,PHN2Zz4=)", "<p>[her](data:text/html;base64,PHN2Zz4=)</p>\n"),
    ],
)
def test_html_carries_nothing_that_runs(text: str, shown: str) -> None:
    assert markdown.html(text) == shown


@pytest.mark.parametrize(("top", "shown"), [(2, "<h2>En</h2>\n<h4>Tre</h4>\n"), (5, "<h5>En</h5>\n<h6>Tre</h6>\n")])
def test_headings_begin_at_the_rank_that_is_asked_for(top: int, shown: str) -> None:
    assert markdown.html("# En\n\n### Tre", top) == shown


def test_plain_is_one_line_without_marks() -> None:
    assert markdown.plain("# En\n\n**to** &amp; <b>\n\n- tre") == "En to & <b> tre"


@given(st.text(alphabet="aå1 .)-+#=~*_<>&\\\n\t\"'«\xa0\u2003\r", max_size=40))
def test_plain_words_are_written_as_the_parser_writes_them(text: str) -> None:
    quick = markdown.html.__wrapped__(text)

    # A pattern that always matches sends the same text through the parser.
    assert quick == _through_the_parser(text)


def _through_the_parser(text: str) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "_MARKED", re.compile(""))
        return markdown.html.__wrapped__(text)
