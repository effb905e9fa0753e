"""The check of translations, on a small house of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grobunn.config import catalogue_check, translations

HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    root = tmp_path / "grobunn"
    monkeypatch.setattr(translations, "ROOT", root)
    catalogue_check._translated.cache_clear()

    def write_file(name: str, text: str) -> Path:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


def catalogues(write: Write, nb: str, nn: str = "", *, feature: str = "ideas") -> None:
    for language, text in (("nb", nb), ("nn", nn or nb)):
        write(f"{feature}/locale/{language}/LC_MESSAGES/django.po", f"{HEADER}\n{text}\n")


def messages() -> list[str]:
    return [finding.message for finding in catalogue_check.findings()]


def test_texts_of_code_and_templates_are_found_with_context_and_plural(write: Write) -> None:
    write(
        "ideas/forms.py",
        "label = _('Title')\nother = pgettext_lazy('verb', 'Park')\n"
        "count = ngettext('one idea', '%(count)s ideas', n)\ntext = gettext('Two '\n 'lines')\n_(variable)\n",
    )
    write(
        "ideas/templates/ideas/x.html",
        '{% load i18n %}<c-link title="{% translate "Go" %}">{{ _("There") }}</c-link>\n'
        "{% blocktranslate trimmed count n=ideas|length %}\n  One\n{% plural %}\n  {{ n }} of them\n"
        "{% endblocktranslate %}"
        '{% translate "May (month)" context "of year" %}',
    )

    found = {(use.text.message, use.text.context, use.text.plural) for use in catalogue_check.texts_in_use()}

    assert found == {
        ("Title", None, None),
        ("Park", "verb", None),
        ("one idea", None, "%(count)s ideas"),
        ("Two lines", None, None),
        ("Go", None, None),
        ("There", None, None),
        ("One", None, "%(n)s of them"),
        ("May (month)", "of year", None),
    }


def test_translated_text_is_no_finding(write: Write) -> None:
    write("ideas/forms.py", "_('Hi %(name)s')")
    catalogues(write, 'msgid "Hi %(name)s"\nmsgstr "Hei %(name)s"')

    assert messages() == []


def test_missing_language_is_found_at_its_place(write: Write) -> None:
    write("ideas/forms.py", "\n_('The title')")
    catalogues(write, 'msgid "The title"\nmsgstr "Tittelen"', 'msgid "The title"\nmsgstr ""')

    assert messages() == ["no nn for 'The title'", "not translated: 'The title'"]
    assert str(catalogue_check.findings()[0]).startswith("grobunn/ideas/forms.py:2:")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('msgid "Hi %(name)s"\nmsgstr "Hei %(navn)s"', "placeholders differ from ['name']: 'Hi %(name)s'"),
        ('#, fuzzy\nmsgid "Hi %(name)s"\nmsgstr "Hei %(name)s"', "marked as uncertain (fuzzy): 'Hi %(name)s'"),
        ('msgid "Hi %(name)s"\nmsgstr " Hei %(name)s"', "begins or ends with other white space: 'Hi %(name)s'"),
    ],
)
def test_faulty_translation_is_found(write: Write, entry: str, message: str) -> None:
    write("ideas/forms.py", "_('Hi %(name)s')")
    catalogues(write, entry)

    assert message in messages()


def test_text_that_nothing_uses_is_found_unless_it_is_a_librarys(write: Write) -> None:
    catalogues(write, 'msgid "Old"\nmsgstr "Gammel"\n\n#. library: allauth\nmsgid "E-mail"\nmsgstr "E-post"')

    assert messages() == ["nothing uses this text any more; remove it: 'Old'"] * 2


def test_form_for_one_may_leave_the_number_out(write: Write) -> None:
    write("ideas/forms.py", "ngettext('%(count)s idea', '%(count)s ideas', n)")
    catalogues(
        write,
        'msgid "%(count)s idea"\nmsgid_plural "%(count)s ideas"\nmsgstr[0] "én idé"\nmsgstr[1] "%(count)s ideer"',
    )

    assert messages() == []


def test_text_translated_differently_by_two_features_is_found(write: Write) -> None:
    write("ideas/forms.py", "_('Open')")
    write("search/forms.py", "_('Open')")
    catalogues(write, 'msgid "Open"\nmsgstr "Åpen"')
    catalogues(write, 'msgid "Open"\nmsgstr "Åpne"', feature="search")

    assert messages() == ["ideas translates 'Open' differently; give it a context"] * 2


def test_unnamed_placeholders_are_found(write: Write) -> None:
    write("ideas/forms.py", "_('%s of %s')")
    catalogues(write, 'msgid "%s of %s"\nmsgstr "%s av %s"')

    assert messages() == ["name the placeholders of '%s of %s': languages order words differently"]
