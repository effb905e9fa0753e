"""Fields that forms of programmes share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.validators import validate_no_identity_number
from grobunn.kernel import ids
from grobunn.kernel.uploads import ACCEPT, CleanDocument, clean_document
from grobunn.organisations.forms import day_field as day_field


def time_field(label: Any, *, required: bool = True) -> forms.TimeField:
    """A time of day, in the browser's own control."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget)


def line_field(label: Any, *, most: int, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A line of text, without national identity numbers."""
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=help_text, validators=[validate_no_identity_number]
    )


def words_field(
    label: Any, *, most: int, rows: int = 4, required: bool = False, help_text: Any = ""
) -> forms.CharField:
    """Some sentences, without national identity numbers."""
    field = line_field(label, most=most, required=required, help_text=help_text)
    field.widget = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    return field


class KeyedForm(forms.Form):
    """A form that is kept once, however often it is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": ids.new_id(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def said(self) -> dict[str, Any]:
        """What the form says, cleaned, without its key and the version that was read."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("key", "version")}


class DocumentField(forms.FileField):
    """A file of a kind that may be kept, or none. Its value: CleanDocument, None. Raises: ValidationError."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Or a file"),
            required=False,
            widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
            help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, CSV or plain text; 20 MB at most."),
        )

    def clean(self, data: Any, initial: Any = None) -> CleanDocument | None:
        sent = super().clean(data, initial)
        return clean_document(sent, name=sent.name, size=sent.size) if sent else None
