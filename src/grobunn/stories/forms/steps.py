"""One form per step of a story; the cleaned names are the service's own."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.validators import validate_no_identity_number
from grobunn.kernel import clock
from grobunn.stories.models import Story

REASON_LENGTH = 2000
# As a browser's field for a day and a time of day writes it.
_LOCAL = "%Y-%m-%dT%H:%M"


class StepForm(forms.Form):
    """A step that takes nothing but the press of its button."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": story.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def arguments(self) -> dict[str, Any]:
        """The step's own arguments, without what only the page needs."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ScheduleForm(StepForm):
    publish_at = forms.DateTimeField(
        label=_("When?"),
        input_formats=[_LOCAL, "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_LOCAL),
        help_text=_("Day and time of day in Norway. It goes out in that minute."),
        error_messages={"required": _("Choose a day and a time."), "invalid": _("Write it as 24.12.2026 08:00.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["publish_at"].widget.attrs["min"] = timezone.localtime(clock.now()).strftime(_LOCAL)


def _reason(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[validate_no_identity_number],
    )


class SendBackForm(StepForm):
    reason = _reason(_("What should be changed?"), _("The authors read this."))


class WithdrawForm(StepForm):
    reason = _reason(_("Why is it taken down?"), _("Authors and editors read this, and nobody else."))


FORMS: dict[str, type[StepForm]] = {
    "publish": StepForm,
    "schedule": ScheduleForm,
    "unschedule": StepForm,
    "hand_in": StepForm,
    "send_back": SendBackForm,
    "withdraw": WithdrawForm,
}
