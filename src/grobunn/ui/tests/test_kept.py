"""Parts are rendered once for what they show, in each language."""

from dataclasses import dataclass

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import engines
from django.utils import translation
from django.utils.safestring import SafeString

from grobunn.ui.kept import _kept as kept_parts
from grobunn.ui.kept import _kept_large as kept_large_parts
from grobunn.ui.kept import cut, filled, hole, kept

_PART = "kept_part.html"


@dataclass(frozen=True)
class Shown:
    name: str
    figures: tuple[int, ...]


@pytest.fixture
def rendered(monkeypatch, settings):
    """How often the part's template was rendered."""
    times = []
    template = engines["django"].from_string(
        "{% load i18n %}{{ shown.name }}{{ request }}: {% translate 'Save' %}"
        "{% if shown.name == 'Form' %}<form action='{{ holes.url }}'>{{ holes.token }}{% endif %}"
    )

    class Counting:
        def render(self, context):
            times.append(context)
            return template.render(context)

    monkeypatch.setattr("django.template.loader.get_template", lambda _name: Counting())
    for parts in (kept_parts, kept_large_parts):
        parts.cache_clear()
    yield times
    for parts in (kept_parts, kept_large_parts):
        parts.cache_clear()


def test_equal_values_are_rendered_once(rendered):
    assert kept(_PART, Shown("Lov", (1, 2))) == kept(_PART, Shown("Lov", (1, 2)))
    assert len(rendered) == 1


def test_large_part_is_kept_apart(rendered):
    assert kept(_PART, Shown("Lov", (3,)), is_large=True) == kept(_PART, Shown("Lov", (3,)), is_large=True)
    assert len(rendered) == 1
    assert kept_parts.cache_info().currsize == 0


def test_another_value_is_another_part(rendered):
    assert kept(_PART, Shown("Lov", (1,))) != kept(_PART, Shown("Fag", (1,)))
    assert len(rendered) == 2


def test_each_language_has_its_own(rendered):
    with translation.override("nb"):
        norwegian = kept(_PART, Shown("Lov", (1,)))
    with translation.override("en"):
        english = kept(_PART, Shown("Lov", (1,)))
    assert (norwegian, english) == ("Lov: Lagre", "Lov: Save")


def test_the_template_gets_what_is_shown_and_nothing_else(rendered):
    kept(_PART, Shown("Lov", (1,)))
    assert [sorted(context) for context in rendered] == [["holes", "shown"]]
    assert rendered[0]["shown"] == Shown("Lov", (1,))


def test_words_are_escaped(rendered):
    assert "<b>" not in kept(_PART, Shown("<b>", (1,)))


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(TypeError):
        kept(_PART, {"name": "Lov"})


def test_holes_are_filled_anew_each_time(rendered):
    first = kept(_PART, Shown("Form", ()), url="/en/", token="a")
    second = kept(_PART, Shown("Form", ()), url="/to/", token="b")

    assert first.endswith("<form action='/en/'>a")
    assert second.endswith("<form action='/to/'>b")
    assert len(rendered) == 1


def test_what_is_filled_in_is_escaped_unless_it_is_html(rendered):
    part = kept(_PART, Shown("Form", ()), url="'><script>", token=SafeString("<b>a</b>"))

    assert part.endswith("<form action='&#x27;&gt;&lt;script&gt;'><b>a</b>")


def test_a_hole_that_is_not_filled_is_refused(rendered):
    with pytest.raises(ImproperlyConfigured, match="url"):
        kept(_PART, Shown("Form", ()), token="a")


def test_a_part_in_a_part_gets_what_the_outer_one_is_filled_with():
    inner = hole("token")

    assert filled(cut(f"<p>{inner}</p>"), {"token": hole("outer")}) == f"<p>{hole('outer')}</p>"
