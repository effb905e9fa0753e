"""Nothing scriptable survives: whatever is written, only known tags, known attributes and known schemes come out."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grobunn.stories.markup import placed_numbers, plain_text, rendered
from grobunn.ui.markdown import ATTRIBUTES, SCHEMES, TAGS

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    '[x](//evil.example/ "onmouseover=alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "![x](javascript:alert(1))",
    '![" onerror=alert(1) x="](x)',
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
    "```html\n<script>alert(1)</script>\n```",
    "`<b onclick=alert(1)>`",
    "<style>@import 'x'</style>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<div style='background:url(javascript:1)'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[bilde 1<script>]",
    "\u0000<script>",
    "<!--><script>alert(1)</script>-->",
    "<p id=x>[bilde 1]</p>",
    "## [x](javascript:1) <img onerror=1>",
    "1. <script>\n2. > <iframe>",
)
FIGURE = '<figure class="story__figure"><img src="/x.jpg" alt="a"></figure>'
# Pieces that mean something to Markdown or to HTML, so that random texts come near the edge.
PIECES = st.sampled_from(
    ["<", ">", '"', "'", "&", "#", "*", "_", "`", "[", "]", "(", ")", "!", "\n", "\n\n", " ", "\\", "javascript:",
     "onerror=", "<script", "</", "-->", "[bilde 1]", "https://x.example", "&#x6a;", "\x00", "é", "](", "<svg "]
)  # fmt: skip


class _Seen(HTMLParser):
    """What a browser would meet."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment came through: {data}")


def _assert_harmless(html: str) -> None:
    seen = _Seen()
    seen.feed(html)
    seen.close()
    for tag, attributes in seen.tags:
        assert tag in TAGS, (tag, html)
        allowed = ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
        assert set(attributes) <= allowed, (tag, attributes)
        address = attributes.get("href")
        if address is not None:
            assert urlsplit(address).scheme.lower() in {"", *SCHEMES}, address
            assert not address.strip().lower().startswith("javascript"), address


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_leaves_nothing_that_runs(text: str) -> None:
    _assert_harmless(rendered(text))


@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=40).map("".join))
@example("".join(HOSTILE))
def test_any_text_leaves_nothing_that_runs(text: str) -> None:
    _assert_harmless(rendered(text))


@given(st.sampled_from(HOSTILE), st.sampled_from(HOSTILE), st.text(max_size=20))
def test_hostile_texts_together_leave_nothing_that_runs(one: str, other: str, between: str) -> None:
    _assert_harmless(rendered(f"{one}{between}{other}"))


@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=40).map("".join))
def test_figures_stand_only_where_a_line_of_its_own_asks_for_one(text: str) -> None:
    html = rendered(text, figures={1: FIGURE})

    assert html.count("<img") == html.count(FIGURE)
    _assert_harmless(html.replace(FIGURE, ""))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Først\n\n## Så", "<h2>Først</h2>\n<h3>Så</h3>\n"),
        ("### Tre\n\n##### Fem", "<h2>Tre</h2>\n<h4>Fem</h4>\n"),
        ("**fet** og *skrå*", "<p><strong>fet</strong> og <em>skrå</em></p>\n"),
        ("[a](https://a.example)", '<p><a href="https://a.example" rel="noopener nofollow">a</a></p>\n'),
        ("[a](/storvik/)", '<p><a href="/storvik/" rel="noopener nofollow">a</a></p>\n'),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("> sagt", "<blockquote>\n<p>sagt</p>\n</blockquote>\n"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
    ],
)
def test_text_becomes_html(text: str, html: str) -> None:
    assert rendered(text) == html


@pytest.mark.parametrize("place", ["[bilde 2]", "[bilete 2]", "[Picture 2]"])
def test_picture_stands_in_the_place_that_the_text_gives_it(place: str) -> None:
    text = f"Før.\n\n{place}\n\nEtter."

    assert rendered(text, figures={2: "<figure></figure>"}) == "<p>Før.</p>\n<figure></figure>\n<p>Etter.</p>\n"
    assert rendered(text) == "<p>Før.</p>\n\n<p>Etter.</p>\n"
    assert placed_numbers(text) == {2}
    assert placed_numbers(f"Se {place} her.") == frozenset()


def test_plain_text_says_what_the_text_says_without_its_marks() -> None:
    assert plain_text("## A & B\n\n**fet** [ord](https://x.example)\n\n[bilde 1]") == "A & B fet ord"
