"""Forms of questions and study visits. `key`: sent twice, it is kept once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.cases.models import Visit
from grobunn.ideas.validators import validate_no_identity_number
from grobunn.kernel import clock, ids

MOST_PEOPLE = 200


class KeyedForm(forms.Form):
    """A form that may be sent twice."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": ids.new_id(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class QuestionForm(KeyedForm):
    text = forms.CharField(
        label=_("What do you wonder about?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[validate_no_identity_number],
        help_text=_("The question and the answer are shown with the case, under your municipality's name."),
    )


class VisitForm(KeyedForm):
    wish = forms.CharField(
        label=_("What would you like to see, and when can you come?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[validate_no_identity_number],
    )
    people = forms.IntegerField(label=_("How many of you?"), min_value=1, max_value=MOST_PEOPLE, initial=4)


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[validate_no_identity_number],
        help_text=_("Everybody who reads the case sees it."),
    )


class VisitStepForm(forms.Form):
    """A step of a visit that takes nothing but the press of its button."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": visit.version, "on": visit.on, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class AgreeForm(VisitStepForm):
    on = forms.DateField(label=_("Which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    answer = forms.CharField(
        label=_("Where, when on the day, and whom do they meet?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[validate_no_identity_number],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].widget.attrs["min"] = clock.today().isoformat()


class DeclineForm(VisitStepForm):
    reason = forms.CharField(
        label=_("Why is it not possible?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[validate_no_identity_number],
        help_text=_("Is there another way: a talk on video, another time, another municipality?"),
    )


VISIT_FORMS: dict[str, type[VisitStepForm]] = {"agree": AgreeForm, "hold": VisitStepForm, "decline": DeclineForm}
