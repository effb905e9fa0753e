"""Controls that we write ourselves are those that Django's templates write, but for line breaks."""

import re
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from grobunn.ui.widgets import Renderer

CHOICES = [("", "—"), ("a", 'A & "b"'), ("Group", [("1", "One"), (2, mark_safe("<b>two</b>"))])]
ATTRIBUTES = {
    "class": "ds-input",
    "aria-describedby": 'x"y',
    "hidden": True,
    "disabled": False,
    "rows": 5,
    "data-words": gettext_lazy("Search"),
}
TOLD = '<script> & "words"'


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.TextInput(), TOLD),
        (forms.TextInput(), None),
        (forms.TextInput(), ""),
        (forms.TextInput(), mark_safe("<i>")),
        (forms.NumberInput(), 1234567),
        (forms.EmailInput(), "a@b.example"),
        (forms.URLInput(), "https://a.example/?a=1&b=2"),
        (forms.PasswordInput(), "secret"),
        (forms.HiddenInput(), TOLD),
        (forms.SearchInput(), TOLD),
        (forms.DateInput(), date(2026, 11, 22)),
        (forms.DateInput(attrs={"type": "date"}), date(2026, 11, 22)),
        (forms.DateTimeInput(), "2026"),
        (forms.TimeInput(), "12:00"),
        (forms.CheckboxInput(), True),
        (forms.CheckboxInput(), "on"),
        (forms.CheckboxInput(), None),
        (forms.FileInput(), None),
        (forms.ClearableFileInput(), None),
        (forms.ClearableFileInput(), SimpleNamespace(url="/a.jpg")),
        (forms.Textarea(), TOLD),
        (forms.Textarea(attrs={"cols": False}), "\nbegins with a line"),
        (forms.Textarea(), None),
        (forms.Select(choices=CHOICES), "a"),
        (forms.Select(choices=CHOICES), 2),
        (forms.SelectMultiple(choices=CHOICES), ["a", "1"]),
        (forms.NullBooleanSelect(), True),
        (forms.RadioSelect(choices=CHOICES), "a"),
        (forms.CheckboxSelectMultiple(choices=CHOICES), ["a"]),
        (forms.SplitDateTimeWidget(), None),
    ],
)
def test_control_is_written_as_django_writes_it(widget: forms.Widget, value: Any) -> None:
    as_django = widget.render("field", value, attrs=ATTRIBUTES, renderer=DjangoTemplates())

    written = widget.render("field", value, attrs=ATTRIBUTES, renderer=Renderer())

    assert _without_lines(written) == _without_lines(as_django)


def _without_lines(html: str) -> str:
    """Without the line breaks between tags, which a browser does not show."""
    return re.sub(r">\s+<", "><", html)


def test_forms_are_rendered_by_it() -> None:
    assert settings.FORM_RENDERER == "grobunn.ui.widgets.Renderer"
    assert isinstance(forms.Form().renderer, Renderer)
