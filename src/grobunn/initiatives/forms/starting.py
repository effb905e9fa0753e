"""What it takes to begin: the form of the start page, and the one that lets an idea join what is there already."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from grobunn.capacity.kinds import measure_of
from grobunn.capacity.models import Source
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.capacity.queries.room import Line
from grobunn.capacity.queries.sources import sources_open_to
from grobunn.ideas.models import Idea, Visibility
from grobunn.ideas.validators import validate_no_identity_number
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.models.initiatives import TITLE_LENGTH
from grobunn.initiatives.queries.candidates import leaders_for
from grobunn.initiatives.services.start import Beginning
from grobunn.kernel import clock, ids
from grobunn.methods.queries import methods_offered
from grobunn.organisations.models import RoleAssignment, Unit
from grobunn.organisations.queries import open_units, unit_tree

REASON_LENGTH = 4000
# The financial plan looks four years ahead, but nobody begins something that late.
_QUARTERS_AHEAD = 8
_LONGEST = 12
_FIRST_MILESTONE_DAYS = 60
USUAL_METHOD = "veikart"


def _sentence(label: Any, *, help_text: Any = "", length: int, rows: int = 0) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=length,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        validators=[validate_no_identity_number],
    )


def _word_to_the_writer() -> forms.CharField:
    return _sentence(
        _("What happens now?"),
        help_text=_("The writer reads this. Who does what, and when will they hear more?"),
        length=REASON_LENGTH,
        rows=4,
    )


class StartForm(forms.Form):
    """Everything that an initiative begins with; for one unit at a time, which may be exchanged for another."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = _sentence(_("What is it called?"), length=TITLE_LENGTH)
    hypothesis = _sentence(
        _("What do we hope it gives?"),
        help_text=_("One sentence: for whom, and what gets better. It is a hope, and may turn out to be wrong."),
        length=400,
        rows=2,
    )
    unit: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Which unit carries it?"), queryset=None, empty_label=None
    )
    owner = forms.ChoiceField(
        label=_("Who owns it?"), help_text=_("A leader in the line, who answers for it until it is finished.")
    )
    milestone = _sentence(
        _("What is the first milestone?"),
        help_text=_("What is there when it is reached? For example: ten beds have a sensor."),
        length=200,
    )
    milestone_due_on = forms.DateField(
        label=_("By when?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    first_quarter = forms.ChoiceField(label=_("When does it begin?"))
    quarters = forms.IntegerField(label=_("For how many quarters?"), min_value=1, max_value=_LONGEST, initial=1)
    reason = _word_to_the_writer()
    method = forms.ChoiceField(label=_("Way of working"), initial=USUAL_METHOD)
    visibility = forms.ChoiceField(label=_("Who may read about it?"), choices=Visibility.choices)

    def __init__(self, *args: Any, idea: Idea, unit: Unit, **kwargs: Any) -> None:
        kwargs["initial"] = {**self._proposed(idea, unit), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.idea = idea
        self.shown_unit = unit
        self.leaders = {str(each.pk): each for each in leaders_for(unit)}
        self.sources = list(sources_open_to(unit))
        self.methods = {each.key: each for each in methods_offered(idea.municipality_id)}
        self._offer()

    @staticmethod
    def _proposed(idea: Idea, unit: Unit) -> dict[str, Any]:
        return {
            "key": ids.new_id(),
            "version": idea.version,
            "title": idea.heading,
            "unit": unit.pk,
            "visibility": idea.visibility,
            "first_quarter": Quarter.now().code,
            "milestone_due_on": clock.today() + timedelta(days=_FIRST_MILESTONE_DAYS),
        }

    def _offer(self) -> None:
        fields: Any = self.fields
        fields["unit"].queryset = open_units(self.idea.municipality_id)
        branches = unit_tree(self.idea.municipality_id)
        fields["unit"].choices = [(branch.unit.pk, branch.indented_name) for branch in branches]
        fields["owner"].choices = [(key, named(each)) for key, each in self.leaders.items()]
        quarters = list(quarters_from(Quarter.now(), _QUARTERS_AHEAD))
        fields["first_quarter"].choices = [(quarter.code, str(quarter)) for quarter in quarters]
        fields["method"].choices = [(key, each.name) for key, each in self.methods.items()]
        fields["milestone_due_on"].widget.attrs["min"] = clock.today().isoformat()
        for source in self.sources:
            fields[need_name(source)] = forms.DecimalField(
                label=source.name,
                help_text=f"{source.get_kind_display()}, {measure_of(source.kind).label}",
                required=False,
                min_value=0,
                max_digits=12,
                decimal_places=2,
            )

    @property
    def need(self) -> list[BoundField]:
        """One field for each source that the unit may draw on."""
        return [self[need_name(source)] for source in self.sources]

    def clean(self) -> Mapping[str, Any]:
        given = super().clean() or {}
        if "unit" in given and given["unit"] != self.shown_unit:
            raise ValidationError(_("Another unit was chosen. Look at who leads it and what help it has, then send."))
        return given

    @property
    def lines(self) -> list[Line]:
        """The need: the same each quarter, from the first on."""
        first = Quarter.read(self.cleaned_data["first_quarter"])
        return [
            Line(source=source, quarter=quarter, amount=amount)
            for source in self.sources
            if (amount := self.cleaned_data.get(need_name(source)))
            for quarter in quarters_from(first, self.cleaned_data["quarters"])
        ]

    def beginning(self) -> Beginning:
        """What was decided, as the service takes it."""
        given = self.cleaned_data
        leader: RoleAssignment = self.leaders[given["owner"]]
        method = self.methods[given["method"]]
        return Beginning(
            title=given["title"],
            hypothesis=given["hypothesis"],
            unit=given["unit"],
            owner=leader.user,
            owner_role=leader.role,
            owner_unit=leader.unit,
            milestone=given["milestone"],
            milestone_due_on=given["milestone_due_on"],
            method=method,
            phase=method.first.key,
            lines=self.lines,
            reason=given["reason"],
            visibility=given["visibility"],
            key=given["key"],
            is_synthetic=self.idea.is_synthetic,
        )


class JoinForm(forms.Form):
    """Which initiative an idea joins, and a word to its writer."""

    into: forms.ModelChoiceField = forms.ModelChoiceField(label=_("Which initiative?"), queryset=None)
    reason = _word_to_the_writer()

    def __init__(self, *args: Any, open_to_it: QuerySet[Initiative], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="join_%s", **kwargs)
        self.fields["into"].queryset = open_to_it  # type: ignore[attr-defined]
        self.fields["into"].label_from_instance = _with_reference  # type: ignore[attr-defined]


def need_name(source: Source) -> str:
    """The name of the field for what is needed of a source."""
    return f"need-{source.pk}"


def named(assignment: RoleAssignment) -> str:
    """A leader as a choice: name, role, unit."""
    return f"{assignment.user.name}, {str(assignment.get_role_display()).lower()}, {assignment.unit.name}"


def _with_reference(initiative: Initiative) -> str:
    return f"{initiative.title} ({initiative.reference})"
