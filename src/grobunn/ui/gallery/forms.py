"""A form with every sort of field, for the page of components."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of each sort."""

    text = forms.CharField(
        label=_("What is your idea?"),
        help_text=_("Write as you would say it to a colleague."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=120)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", "–"), ("service", _("New service")), ("product", _("New product"))]
    )
    on = forms.DateField(label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    visibility = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=[
            ("internal", _("The unit")),
            ("municipality", _("The whole municipality")),
            ("public", _("Everybody")),
        ],
        widget=forms.RadioSelect,
        initial="internal",
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=[("health", _("Health")), ("school", _("School"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_follower = forms.BooleanField(label=_("Tell me what happens"), required=False)
    photo = forms.FileField(label=_("Photo"), required=False, help_text=_("At most 10 MB."))


def sample_form_with_errors() -> SampleForm:
    """The form as it comes back with errors."""
    data: dict[str, Any] = {"text": "", "email": "not an address", "kind": "other", "visibility": "nobody"}
    form = SampleForm(data, auto_id="error_%s")
    form.add_error(None, _("Nothing was stored."))
    return form


class SampleFilter(forms.Form):
    """The fields of a filter bar."""

    unit = forms.ChoiceField(label=_("Unit"), choices=[("", _("All")), ("east", _("Home care East"))], required=False)
    query = forms.CharField(label=_("Words"), required=False)
    room = forms.ChoiceField(
        label=_("A long list of choices"),
        required=False,
        choices=[("", "–"), *((str(number), f"{number // 10}. {number:02}") for number in range(1, 40))],
    )
