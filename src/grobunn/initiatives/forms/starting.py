"""What it takes to begin: the form of the start page, and the one that lets an idea join what is there already."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from grobunn.capacity.queries.room import Line
from grobunn.ideas.models import Idea, Visibility
from grobunn.ideas.validators import validate_no_identity_number
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.models.initiatives import TITLE_LENGTH
from grobunn.initiatives.queries.candidates import leaders_for
from grobunn.initiatives.queries.listing import with_words
from grobunn.initiatives.services.start import Beginning
from grobunn.kernel import clock, ids
from grobunn.methods.queries import methods_offered
from grobunn.organisations.models import RoleAssignment, Unit
from grobunn.organisations.queries import open_units, unit_tree

REASON_LENGTH = 4000
_FIRST_MILESTONE_DAYS = 60
USUAL_METHOD = "veikart"
_PROPOSED = 30
_NAMED = 5


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
    reason = _word_to_the_writer()
    method = forms.ChoiceField(label=_("Way of working"), initial=USUAL_METHOD)
    visibility = forms.ChoiceField(label=_("Who may read about it?"), choices=Visibility.choices)

    def __init__(self, *args: Any, idea: Idea, unit: Unit, **kwargs: Any) -> None:
        kwargs["initial"] = {**self._proposed(idea, unit), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.idea = idea
        self.shown_unit = unit
        self.leaders = {str(each.pk): each for each in leaders_for(unit)}
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
            "milestone_due_on": clock.today() + timedelta(days=_FIRST_MILESTONE_DAYS),
        }

    def _offer(self) -> None:
        fields: Any = self.fields
        fields["unit"].queryset = open_units(self.idea.municipality_id)
        branches = unit_tree(self.idea.municipality_id)
        fields["unit"].choices = [(branch.unit.pk, branch.indented_name) for branch in branches]
        fields["owner"].choices = [(key, named(each)) for key, each in self.leaders.items()]
        fields["method"].choices = [(key, each.name) for key, each in self.methods.items()]
        fields["milestone_due_on"].widget.attrs["min"] = clock.today().isoformat()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "unit" in given and given["unit"] != self.shown_unit:
            raise ValidationError(_("Another unit was chosen. Look at who leads it and what help it has, then send."))
        return given

    def beginning(self, lines: Sequence[Line]) -> Beginning:
        """What was decided, as the service takes it. Takes: lines, what it needs."""
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
            lines=lines,
            reason=given["reason"],
            visibility=given["visibility"],
            key=given["key"],
            is_synthetic=self.idea.is_synthetic,
        )


class JoinForm(forms.Form):
    """Which initiative an idea joins, and a word to its writer.

    Takes: open_to_it, the initiatives that it may join; near, the unit whose own are proposed.
    """

    into = forms.CharField(
        label=_("Which initiative?"),
        max_length=TITLE_LENGTH + 80,
        widget=forms.TextInput(attrs={"list": "join-near", "autocomplete": "off"}),
        help_text=_("Some words of its name, or its reference, such as trondheim-i7."),
    )
    reason = _word_to_the_writer()

    def __init__(self, *args: Any, open_to_it: QuerySet[Initiative], near: Unit, **kwargs: Any) -> None:
        kwargs["auto_id"] = "join_%s"  # The form of the start page stands beside it.
        super().__init__(*args, **kwargs)
        self._open_to_it = open_to_it
        self._near = near

    def proposed(self) -> list[str]:
        """The unit's own, as the field understands them."""
        own = self._open_to_it.filter(unit=self._near).values_list("title", "reference")
        return [_with_reference(*each) for each in own[:_PROPOSED]]

    def clean_into(self) -> Initiative:
        """The one that was meant: by reference, else the only one with all of the words."""
        written = self.cleaned_data["into"].strip()
        found = list(self._open_to_it.filter(reference=_reference_in(written)))
        found = found or list(with_words(self._open_to_it, written)[: _NAMED + 1])
        if len(found) > 1:
            names = "; ".join(_with_reference(each.title, each.reference) for each in found[:_NAMED])
            raise ValidationError(
                _("Several have these words. Write the reference of one: %(names)s.") % {"names": names}
            )
        if not found:
            raise ValidationError(
                _("There is no initiative under way with that name or reference here."), code="unknown"
            )
        return found[0]


def named(assignment: RoleAssignment) -> str:
    """A leader as a choice: name, role, unit."""
    return f"{assignment.user.name}, {str(assignment.get_role_display()).lower()}, {assignment.unit.name}"


def _with_reference(title: str, reference: str) -> str:
    return f"{title} ({reference})"


def _reference_in(written: str) -> str:
    """The reference that somebody wrote, alone or after the name as it is proposed."""
    return written.rpartition("(")[2].rstrip(")").strip().lower()
