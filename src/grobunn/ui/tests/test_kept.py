"""Parts are rendered once for what they show, in each language."""

from dataclasses import dataclass

import pytest
from django.template import engines
from django.utils import translation

from grobunn.ui.kept import _kept as kept_parts
from grobunn.ui.kept import kept

_PART = "kept_part.html"


@dataclass(frozen=True)
class Shown:
    name: str
    figures: tuple[int, ...]


@pytest.fixture
def rendered(monkeypatch, settings):
    """How often the part's template was rendered."""
    times = []
    template = engines["django"].from_string("{% load i18n %}{{ shown.name }}{{ request }}: {% translate 'Save' %}")

    class Counting:
        def render(self, context):
            times.append(context)
            return template.render(context)

    monkeypatch.setattr("django.template.loader.get_template", lambda _name: Counting())
    kept_parts.cache_clear()
    yield times
    kept_parts.cache_clear()


def test_equal_values_are_rendered_once(rendered):
    assert kept(_PART, Shown("Lov", (1, 2))) == kept(_PART, Shown("Lov", (1, 2)))
    assert len(rendered) == 1


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
    assert rendered == [{"shown": Shown("Lov", (1,))}]


def test_words_are_escaped(rendered):
    assert "<b>" not in kept(_PART, Shown("<b>", (1,)))


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(TypeError):
        kept(_PART, {"name": "Lov"})
