"""The form of a pitch day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality
from grobunn.pitching.models import PitchDay
from grobunn.programmes.models import Cohort
from grobunn.programmes.states import CohortState

_MOST_MINUTES = 60


def _minutes(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=_MOST_MINUTES, initial=5)


class DayForm(forms.Form):
    """When and where, and how long each pitch takes."""

    name = forms.CharField(label=_("What is the day called?"), max_length=120)
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=pgettext_lazy("pitch day", "Place"), max_length=200, required=False)
    video_url = forms.URLField(label=_("Video link"), required=False, assume_scheme="https")
    pitch_minutes = _minutes(_("Minutes for a pitch"))
    question_minutes = _minutes(_("Minutes for questions"))
    takes_questions = forms.BooleanField(
        label=_("Those who watch may ask questions"),
        help_text=_("The chair or the secretary chooses which are asked."),
        required=False,
        initial=True,
    )


class NewDayForm(DayForm):
    """A new day, of a cohort. Takes: municipality, whose cohorts there are to choose among."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    cohort: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Which cohort pitches?"), queryset=None, empty_label=None
    )
    field_order = ("cohort", "name", "on", "starts", "place", "video_url", "pitch_minutes", "question_minutes")

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        begins = {"key": ids.new_id(), "name": _("Pitch day"), "on": clock.today(), "starts": "09:00"}
        kwargs["initial"] = {**begins, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        cohorts = Cohort.objects.filter(municipality=municipality).exclude(
            state__in=(CohortState.CANCELLED, CohortState.FINISHED)
        )
        field: Any = self.fields["cohort"]
        field.queryset = cohorts.select_related("programme").order_by("-made_at")
        field.label_from_instance = lambda cohort: f"{cohort.programme.name}: {cohort.name}"


class ChangeDayForm(DayForm):
    """A day that is there already."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def fields_of(day: PitchDay) -> dict[str, Any]:
        """The day as the form shows it."""
        return {name: getattr(day, name) for name in (*DayForm.base_fields, "version")}
