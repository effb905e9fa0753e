"""What a team asks for; may be kept half finished."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.validators import validate_no_identity_number
from grobunn.initiatives.forms.starting import USUAL_METHOD, named
from grobunn.initiatives.queries.candidates import leaders_for
from grobunn.kernel import clock
from grobunn.methods.queries import methods_offered
from grobunn.organisations.models import RoleAssignment, Unit
from grobunn.organisations.queries import open_units, unit_tree
from grobunn.pitching.models import Proposal


def _words(label: Any, *, length: int, rows: int = 0, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=length,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        validators=[validate_no_identity_number],
    )


class ProposalForm(forms.Form):
    """What becomes an initiative after a yes. Takes: unit, that the page is about; proposal, None at first."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = _words(_("What is it called?"), length=120)
    summary = _words(_("What is it, in a few sentences?"), length=4000, rows=5)
    hypothesis = _words(
        _("What do we hope it gives?"),
        length=400,
        rows=2,
        help_text=_("One sentence: for whom, and what gets better. It is a hope, and may turn out to be wrong."),
    )
    unit: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Which unit carries it?"), queryset=None, empty_label=None
    )
    owner = forms.ChoiceField(
        label=_("Who owns it?"),
        help_text=_("A leader in the line, who answers for it until it is finished. Ask first."),
        required=False,
    )
    milestone = _words(
        _("What is the first milestone?"),
        length=120,
        help_text=_("What is there when it is reached? For example: ten beds have a sensor."),
    )
    milestone_due_on = forms.DateField(
        label=_("By when?"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    method = forms.ChoiceField(label=_("Way of working"), required=False)

    def __init__(self, *args: Any, unit: Unit, proposal: Proposal | None, **kwargs: Any) -> None:
        self.leaders = {str(each.pk): each for each in leaders_for(unit)}
        self.shown_unit = unit
        kwargs["initial"] = {**self._written(proposal), "unit": unit.pk, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["unit"].queryset = open_units(unit.municipality_id)
        fields["unit"].choices = [(each.unit.pk, each.indented_name) for each in unit_tree(unit.municipality_id)]
        fields["owner"].choices = [("", _("Nobody yet")), *((key, named(each)) for key, each in self.leaders.items())]
        self.methods = {each.key: each for each in methods_offered(unit.municipality_id)}
        fields["method"].choices = [(key, each.name) for key, each in self.methods.items()]
        fields["milestone_due_on"].widget.attrs["min"] = clock.today().isoformat()

    def _written(self, proposal: Proposal | None) -> dict[str, Any]:
        if proposal is None:
            return {"method": USUAL_METHOD}
        names = ("version", "title", "summary", "hypothesis", "milestone", "milestone_due_on")
        written = {name: getattr(proposal, name) for name in names}
        owner = (proposal.owner_id, proposal.owner_role, proposal.owner_unit_id)
        chosen = (key for key, each in self.leaders.items() if (each.user_id, each.role, each.unit_id) == owner)
        return {**written, "owner": next(chosen, ""), "method": proposal.method or USUAL_METHOD}

    def fields_given(self) -> dict[str, Any]:
        """What was written, as the service takes it."""
        given = self.cleaned_data
        leader: RoleAssignment | None = self.leaders.get(given["owner"])
        kept = ("title", "summary", "hypothesis", "unit", "milestone", "milestone_due_on", "method")
        return {
            **{name: given[name] for name in kept},
            "owner": leader.user if leader else None,
            "owner_role": leader.role if leader else "",
            "owner_unit": leader.unit if leader else None,
        }
