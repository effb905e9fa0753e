"""The short report, and how often it is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from grobunn.initiatives.forms.work import line_field, words_field
from grobunn.initiatives.models import Initiative, Report, Signal
from grobunn.initiatives.services.reports import MOST_WEEKS, Told
from grobunn.kernel import ids


class ReportForm(forms.Form):
    """Three fields, a colour and a sentence."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    done = words_field(_("What is done since last time?"), most=2000)
    next = words_field(_("What comes next?"), most=2000, required=False)
    in_the_way = words_field(
        _("What stands in the way?"), most=2000, required=False, help_text=_("Leave it empty if nothing does.")
    )
    signal = forms.ChoiceField(label=_("How does it go?"), choices=Signal.choices, widget=forms.RadioSelect)
    status = line_field(_("How it goes, in one sentence"), most=300)

    def __init__(self, *args: Any, initiative: Initiative, last: Report | None, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "key": ids.new_id(),
            "done": last.next if last else "",
            "in_the_way": last.in_the_way if last else "",
            "signal": initiative.signal,
        }
        super().__init__(*args, **kwargs)

    def told(self) -> Told:
        """What was reported."""
        given = self.cleaned_data
        return Told(**{name: given[name] for name in ("done", "next", "in_the_way", "signal", "status")})


class RhythmForm(forms.Form):
    """How many weeks there are between reports."""

    weeks = forms.TypedChoiceField(label=_("How often is a report asked for?"), coerce=int)

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        kwargs["initial"] = {"weeks": initiative.report_weeks}
        super().__init__(*args, **kwargs)
        self.fields["weeks"].choices = [(weeks, _rhythm(weeks)) for weeks in (*range(1, MOST_WEEKS + 1), 0)]  # type: ignore[attr-defined]


def _rhythm(weeks: int) -> str:
    if not weeks:
        return str(_("Never: no reports"))
    return ngettext("Every week", "Every %(weeks)s weeks", weeks) % {"weeks": weeks}
