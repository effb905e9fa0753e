"""Forms over something that others may change while the page is open: nobody's change is lost without a word."""

import json
from hashlib import blake2s
from typing import Any

from django import forms
from django.utils.translation import gettext as _

_NAME = "seen"


class SeenForm(forms.BaseForm):
    """Mixed into a form, before Django's own class: knows what each field said when its page was opened.

    A field that somebody else has changed meanwhile keeps their word where this writer did not touch it. Where both
    have, the form comes back with what it says now, and sent again it takes the writer's. Call it over a locked row.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[_NAME] = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
        self.initial[_NAME] = json.dumps(self._prints())

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        seen, now = _read(given.pop(_NAME, "")), self._prints()
        for name, stands in now.items():
            if name not in given or seen.get(name, stands) == stands or _as_text(given[name]) == self._stands(name):
                continue
            if _print(_as_text(given[name])) == seen[name]:
                given[name] = self.get_initial_for_field(self.fields[name], name)
            else:
                self._tell(name)
        if self.errors:
            sent: Any = self.data
            self.data = sent.copy()
            self.data[self.add_prefix(_NAME)] = json.dumps(now)  # type: ignore[index]
        return given

    def _tell(self, name: str) -> None:
        words = self._stands(name) or "–"
        message = _(
            "A colleague has changed this meanwhile. It says now: %(words)s. Save again to keep what you wrote."
        )
        self.add_error(name, message % {"words": words})

    def _stands(self, name: str) -> str:
        return _as_text(self.get_initial_for_field(self.fields[name], name))

    def _prints(self) -> dict[str, str]:
        names = [name for name, field in self.fields.items() if name != _NAME and not _is_a_push(field)]
        return {name: _print(self._stands(name)) for name in names}


def _is_a_push(field: forms.Field) -> bool:
    """A file, or a box that asks for something to be done: it stands for nothing that could have been changed."""
    return isinstance(field, forms.FileField | forms.BooleanField)


def _as_text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _print(text: str) -> str:
    return blake2s(text.encode(), digest_size=6).hexdigest()


def _read(sent: str) -> dict[str, str]:
    try:
        read = json.loads(sent or "{}")
    except ValueError:
        return {}
    return {str(name): str(each) for name, each in read.items()} if isinstance(read, dict) else {}
