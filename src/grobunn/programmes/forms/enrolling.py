"""What is asked when people are invited, and when the list of them is narrowed."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.organisations.queries import unit_tree
from grobunn.programmes.forms.fields import line_field
from grobunn.programmes.models import Cohort, Programme
from grobunn.programmes.queries.alumni import programmes_with_alumni
from grobunn.programmes.queries.participants import Narrowed
from grobunn.programmes.services.enrolling import Invitee
from grobunn.programmes.states import EnrolmentState

_LEVELS = [(str(level), str(level)) for level in range(1, 5)]


def _units(municipality_id: UUID) -> list[tuple[str, str]]:
    return [(str(branch.unit.pk), branch.indented_name) for branch in unit_tree(municipality_id)]


class InviteForm(forms.Form):
    """One person, by hand."""

    name = line_field(_("Name"), most=150)
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    organisation = line_field(
        _("Organisation"),
        most=150,
        required=False,
        help_text=_("Of somebody from elsewhere: another municipality, a start-up, a university."),
    )

    def invitee(self) -> Invitee:
        """The person."""
        given = self.cleaned_data
        return Invitee(**given, is_external=bool(given["organisation"]))


class LeadersForm(forms.Form):
    """All leaders of a unit and of those below it."""

    unit = forms.ChoiceField(label=_("Unit"), help_text=_("With all units below it."))
    levels = forms.MultipleChoiceField(
        label=_("Leader levels"),
        choices=_LEVELS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them. 1 is on top."),
    )

    def __init__(self, *args: Any, municipality_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.choices = _units(municipality_id)

    def asked(self) -> dict[str, Any]:
        """Units and levels."""
        given = self.cleaned_data
        return {"unit_ids": [UUID(given["unit"])], "levels": [int(level) for level in given["levels"]]}


class CompletedForm(forms.Form):
    """All who completed a programme."""

    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none(), empty_label=None)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["programme"]
        field.queryset = programmes_with_alumni(cohort.municipality_id)
        self.initial["programme"] = cohort.programme.follows_id


class FileForm(forms.Form):
    """A file of people."""

    file = forms.FileField(
        label=pgettext_lazy("enrolment", "File"),
        help_text=_(
            "CSV or Excel, with the headings e-post and navn, and if you have them enhet, ledernivå, organisasjon."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    takes_in = forms.BooleanField(
        label=_("Give them a place at once, without asking"),
        required=False,
        help_text=_(
            "For a programme that everybody is to take part in. They are told, and can still say that they cannot."
        ),
    )


class NarrowForm(forms.Form):
    """What the list of participants is narrowed by."""

    tilstand = forms.ChoiceField(label=_("State"), required=False)
    enhet = forms.ChoiceField(label=_("Unit"), required=False)
    niva = forms.ChoiceField(label=_("Leader level"), required=False, choices=[("", _("All")), *_LEVELS])
    hvem = forms.ChoiceField(
        label=pgettext_lazy("participants", "Who"),
        required=False,
        choices=[("", _("Everybody")), ("egne", _("Our own")), ("eksterne", _("From elsewhere"))],
    )
    ord = forms.CharField(label=_("Words"), required=False, max_length=100)

    def __init__(self, *args: Any, municipality_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["tilstand"].choices = [("", _("All")), *EnrolmentState.choices]
        fields["enhet"].choices = [("", _("All")), *_units(municipality_id)]

    def narrowed(self) -> Narrowed:
        """What it asks for; what it does not know is left out."""
        self.is_valid()
        given = self.cleaned_data
        return Narrowed(
            state=given.get("tilstand", ""),
            unit_id=UUID(given["enhet"]) if given.get("enhet") else None,
            level=int(given["niva"]) if given.get("niva") else None,
            is_external={"egne": False, "eksterne": True}.get(given.get("hvem", "")),
            words=given.get("ord", "").strip(),
        )
