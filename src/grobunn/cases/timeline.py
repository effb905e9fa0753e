"""The timeline as it is typed, one moment a line: "2016-08 The council decides"."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST, LONGEST = 30, 300
_LINE = re.compile(r"^(?P<on>\d{4}(?:-(?:0[1-9]|1[0-2]))?)(?:\s*[:–-])?\s+(?P<text>\S.*)$")


class TimelineField(forms.CharField):
    """Moments in the order of time, each with a year or a month; `clean` gives the draft's own list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            help_text=_("One moment a line, the year or month first: “2016-08 The council decides”."),
            widget=forms.Textarea(attrs={"rows": 10}),
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{moment['on']} {moment['text']}" for moment in value)
        return value

    def clean(self, value: Any) -> list[dict[str, str]]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        moments = [match.groupdict() for line in lines if (match := _LINE.match(line))]
        if len(moments) < len(lines):
            unread = next(line for line in lines if not _LINE.match(line))
            raise ValidationError(
                _("“%(line)s” does not begin with a year or a month, such as 2016 or 2016-08."),
                params={"line": unread[:60]},
            )
        if len(moments) > MOST or any(len(moment["text"]) > LONGEST for moment in moments):
            raise ValidationError(
                _("There is room for %(most)s lines of %(longest)s characters."),
                params={"most": MOST, "longest": LONGEST},
            )
        return sorted(moments, key=lambda moment: moment["on"])
