"""What is asked of a gathering, its days, and what belongs to it."""

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.organisations.queries import member_by_email
from grobunn.programmes.forms.fields import DocumentField, KeyedForm, day_field, line_field, time_field, words_field
from grobunn.programmes.models import Day, Gathering
from grobunn.programmes.services.programmes import DayGiven

# Nobody plans more for one gathering; what is longer is two.
MOST_DAYS = 5


class GatheringForm(KeyedForm):
    """What a gathering is about, and where."""

    title = line_field(pgettext_lazy("gathering", "What is it called?"), most=120)
    about = words_field(_("What is it about?"), most=4000)
    is_about_innovation = forms.BooleanField(label=_("It is about innovation"), required=False)
    is_required = forms.BooleanField(
        label=_("It is needed to complete the programme"),
        required=False,
        help_text=_("Whoever misses it has to make up for it."),
    )
    place = line_field(pgettext_lazy("gathering", "Place"), most=200, required=False)
    video_url = forms.URLField(label=_("Video link"), required=False, max_length=200, assume_scheme="https")
    places = forms.IntegerField(
        label=_("Places"), required=False, min_value=1, max_value=10_000, help_text=_("Empty: as many as take part.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, gathering: Gathering | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"is_required": True}
        if gathering is not None:
            initial = {name: getattr(gathering, name) for name in (*self.base_fields,) if name not in ("key", *_WHEN)}
        kwargs["initial"] = {**initial, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


_WHEN = ("first_on", "day_count", "starts", "ends")


class NewGatheringForm(GatheringForm):
    """With its days, one after the other."""

    first_on = day_field(_("First day"))
    day_count = forms.IntegerField(label=_("Number of days"), min_value=1, max_value=MOST_DAYS, initial=2)
    starts = time_field(pgettext_lazy("time", "From"))
    ends = time_field(pgettext_lazy("time", "To"))

    field_order = ("key", "title", "first_on", "day_count", "starts", "ends", "place", "video_url")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"day_count": 2, "starts": time(9), "ends": time(15, 30), **dict(self.initial)}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("starts") and values.get("ends") and values["ends"] <= values["starts"]:
            self.add_error("ends", _("It must end after it starts."))
        return values

    def days(self) -> list[DayGiven]:
        """The days that were asked for."""
        given = self.cleaned_data
        return [
            DayGiven(on=given["first_on"] + timedelta(days=number), starts=given["starts"], ends=given["ends"])
            for number in range(given["day_count"])
        ]

    def said(self) -> dict[str, Any]:
        """What is said of the gathering itself."""
        return {name: value for name, value in super().said().items() if name not in _WHEN}


class DaysForm(forms.Form):
    """The days of a gathering, a row for each; an empty row is no day."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, gathering: Gathering, days: Sequence[Day], **kwargs: Any) -> None:
        kwargs["initial"] = {"version": gathering.version}
        super().__init__(*args, **kwargs)
        self.numbers = range(1, MOST_DAYS + 1)
        for number in self.numbers:
            day = days[number - 1] if number <= len(days) else None
            label = _("Day %(number)d") % {"number": number}
            self.fields[f"on_{number}"] = day_field(label, is_required=number == 1)
            self.fields[f"starts_{number}"] = time_field(pgettext_lazy("time", "From"), required=False)
            self.fields[f"ends_{number}"] = time_field(pgettext_lazy("time", "To"), required=False)
            last = days[-1] if days else None
            self.initial = {
                **self.initial,
                f"on_{number}": day.on if day else None,
                f"starts_{number}": day.starts if day else last.starts if last else time(9),
                f"ends_{number}": day.ends if day else last.ends if last else time(15, 30),
            }

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each day."""
        return [(self[f"on_{number}"], self[f"starts_{number}"], self[f"ends_{number}"]) for number in self.numbers]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for number in self.numbers:
            if not values.get(f"on_{number}"):
                continue
            starts, ends = values.get(f"starts_{number}"), values.get(f"ends_{number}")
            if starts is None or ends is None:
                self.add_error(f"starts_{number}", _("Say from when to when."))
            elif ends <= starts:
                self.add_error(f"ends_{number}", _("It must end after it starts."))
        return values

    def days(self) -> list[DayGiven]:
        """The days that were asked for."""
        given = self.cleaned_data
        return [
            DayGiven(on=given[f"on_{number}"], starts=given[f"starts_{number}"], ends=given[f"ends_{number}"])
            for number in self.numbers
            if given.get(f"on_{number}")
        ]


class CancelForm(forms.Form):
    """Why a gathering is cancelled."""

    reason = line_field(_("Why"), most=400, help_text=_("One sentence. Everybody who takes part reads it."))


class SessionForm(forms.Form):
    """Something on the programme of a day."""

    day = forms.ModelChoiceField(label=pgettext_lazy("gathering", "Day"), queryset=Day.objects.none(), empty_label=None)
    starts = time_field(pgettext_lazy("time", "From"))
    ends = time_field(pgettext_lazy("time", "To"))
    title = line_field(pgettext_lazy("session", "What happens?"), most=120)
    who = line_field(pgettext_lazy("session", "Who leads it"), most=200, required=False)

    def __init__(self, *args: Any, gathering: Gathering, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["day"]
        field.queryset = Day.objects.filter(gathering=gathering)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("starts") and values.get("ends") and values["ends"] <= values["starts"]:
            self.add_error("ends", _("It must end after it starts."))
        return values


class FacilitatorForm(forms.Form):
    """A colleague by address, or somebody from elsewhere by name."""

    email = forms.EmailField(
        label=_("A colleague, by e-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = line_field(_("Or somebody from elsewhere, by name"), most=150, required=False)

    def __init__(self, *args: Any, municipality_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._municipality_id = municipality_id

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("email") and not values.get("name") and not self.errors:
            raise ValidationError(_("Give an e-mail address or a name."))
        values["user"] = member_by_email(self._municipality_id, values["email"]) if values.get("email") else None
        if values.get("email") and values["user"] is None:
            self.add_error("email", _("Nobody with that address works in the municipality."))
        return values


class MaterialForm(KeyedForm):
    """Something to read or bring: a link or a file."""

    title = line_field(pgettext_lazy("material", "What is it?"), most=120)
    url = forms.URLField(label=_("Link"), required=False, max_length=200, assume_scheme="https")
    file = DocumentField()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("url") and not values.get("file") and not self.errors:
            raise ValidationError(_("Give a link or a file."))
        return values
