"""Comments as HTML: what people mean is shown, what attackers mean is not."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grobunn.discussion.markup import rendered

_ALLOWED = {"p", "br", "em", "strong", "a", "ul", "ol", "li"}


class _Tags(HTMLParser):
    """Every element and attribute that a browser would make of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    tags = _Tags()
    tags.feed(html)
    return tags.found


def is_harmless(html: str) -> bool:
    return all(
        tag in _ALLOWED
        and set(attributes) <= ({"href", "rel"} if tag == "a" else set())
        and (attributes.get("href") or "https:").split(":")[0].lower() in {"https", "http", "mailto"}
        for tag, attributes in elements(html)
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Bra!", "<p>Bra!</p>\n"),
        ("En\nTo\n\nTre", "<p>En<br>\nTo</p>\n<p>Tre</p>\n"),
        ("*viktig* og **veldig**", "<p><em>viktig</em> og <strong>veldig</strong></p>\n"),
        ("- en\n- to", "<ul>\n<li>en</li>\n<li>to</li>\n</ul>\n"),
        ("1. en\n2. to", "<ol>\n<li>en</li>\n<li>to</li>\n</ol>\n"),
        ("# Overskrift", "<p># Overskrift</p>\n"),
        (
            "![foto](https://a.no/b.png)",
            '<p>!<a href="https://a.no/b.png" rel="nofollow ugc noopener">foto</a></p>\n',
        ),
        ("2 < 3 & 4 > 1", "<p>2 &lt; 3 &amp; 4 &gt; 1</p>\n"),
        (
            "Se [her](https://ks.no/x?a=1&b=2).",
            '<p>Se <a href="https://ks.no/x?a=1&amp;b=2" rel="nofollow ugc noopener">her</a>.</p>\n',
        ),
        (
            "Se https://ks.no/veikart.",
            '<p>Se <a href="https://ks.no/veikart" rel="nofollow ugc noopener">https://ks.no/veikart</a>.</p>\n',
        ),
        (
            "[https://ks.no](https://ks.no)",
            '<p><a href="https://ks.no" rel="nofollow ugc noopener">https://ks.no</a></p>\n',
        ),
        ("čáhci, søppel, 🌱", "<p>čáhci, søppel, 🌱</p>\n"),
    ],
)
def test_what_people_write_is_shown(text: str, html: str) -> None:
    assert rendered(text) == html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox(1))",
        "<javascript:alert(1)>",
        '[x](https://a.no"onmouseover=alert(1))',
        'https://a.no/"onmouseover=alert(1)',
        "https://a.no/'><script>alert(1)</script>",
        "<style>body{display:none}</style>",
        "<iframe src=//evil.example></iframe>",
        "<p style='position:fixed'>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "[x][y]\n\n[y]: javascript:alert(1)",
        "\x00<script>alert(1)</script>",
        "<form action=//evil.example><input name=a></form>",
    ],
)
def test_attack_is_harmless(attack: str) -> None:
    assert is_harmless(rendered(attack))


@given(st.text(alphabet=st.sampled_from("<>\"'&;:/=()[]!*_-#\\`\n abjscriptonlh\x00.0123"), max_size=80))
def test_any_mixture_of_dangerous_signs_is_harmless(text: str) -> None:
    assert is_harmless(rendered(text))


@given(st.text(max_size=200))
def test_any_text_is_rendered(text: str) -> None:
    assert is_harmless(rendered(text))


def test_long_nesting_is_answered() -> None:
    assert is_harmless(rendered("[" * 4000 + "*" * 900))
    assert is_harmless(rendered("- " * 2000))
