"""What is asked of a programme and of a cohort."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.methods.queries import methods_offered
from grobunn.programmes.forms.fields import KeyedForm, day_field, line_field, words_field
from grobunn.programmes.models import Cohort, Programme, ProgrammeKind


class ProgrammeForm(KeyedForm):
    """What is offered, again and again."""

    name = line_field(pgettext_lazy("programme", "What is it called?"), most=120)
    kind = forms.ChoiceField(label=_("What sort of thing is it?"), choices=ProgrammeKind.choices)
    purpose = words_field(_("What is it for?"), most=4000)
    guiding_question = line_field(
        _("Guiding question"), most=400, required=False, help_text=_("The question that everybody works with.")
    )
    derives_from = line_field(
        _("The decision behind it"),
        most=400,
        required=False,
        help_text=_("Such as the council's decision, in one sentence."),
    )
    audience = line_field(pgettext_lazy("programme", "Who is it for?"), most=200, required=False)
    follows = forms.ModelChoiceField(
        label=_("It follows after"), queryset=Programme.objects.none(), required=False, empty_label=_("None")
    )
    is_open = forms.BooleanField(
        label=_("Everybody may read about it"),
        required=False,
        help_text=_("Its name, purpose and dates. Never who takes part."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, municipality_id: UUID, programme: Programme | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(programme, name) for name in _PROGRAMME_FIELDS} if programme else {"is_open": True}
        kwargs["initial"] = {**initial, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        others = Programme.objects.filter(municipality_id=municipality_id).order_by("name")
        field: Any = self.fields["follows"]
        field.queryset = others.exclude(pk=programme.pk) if programme else others
        if not field.queryset.exists():
            del self.fields["follows"]


_PROGRAMME_FIELDS = (
    "name",
    "kind",
    "purpose",
    "guiding_question",
    "derives_from",
    "audience",
    "follows",
    "is_open",
    "version",
)


class CohortForm(KeyedForm):
    """One run of a programme."""

    name = line_field(
        pgettext_lazy("cohort", "What is it called?"), most=120, help_text=_("Such as “Cohort 3” or “Spring 2027”.")
    )
    places = forms.IntegerField(
        label=_("Places"), required=False, min_value=1, max_value=10_000, help_text=_("Empty: no limit.")
    )
    answer_by = day_field(_("Answer by"), is_required=False)
    method = forms.ChoiceField(
        label=_("Method of the teams"), required=False, help_text=_("Leave it empty if there are no teams.")
    )
    needs_pitch = forms.BooleanField(label=_("Whoever completes it has pitched"), required=False)
    most_missed_days = forms.IntegerField(
        label=_("Days of a gathering that may be missed"),
        min_value=0,
        max_value=10,
        help_text=_("Whoever misses more of a gathering has to make up for it."),
    )
    takes_alumni = forms.BooleanField(
        label=_("Alumni may take a place themselves"),
        required=False,
        help_text=_("Those who completed the programme that this one follows after. Others are invited."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, municipality_id: UUID, cohort: Cohort | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(cohort, name) for name in _COHORT_FIELDS} if cohort else {"most_missed_days": 0}
        kwargs["initial"] = {**initial, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["method"]
        offered = methods_offered(municipality_id)
        self._editions = {each.key: each.edition for each in offered}
        field.choices = [("", _("No teams")), *((each.key, each.name) for each in offered)]

    def said(self) -> dict[str, Any]:
        """With the edition of the method."""
        said = super().said()
        said["method_edition"] = self._editions.get(said["method"], 1)
        return said


_COHORT_FIELDS = ("name", "places", "answer_by", "method", "needs_pitch", "most_missed_days", "takes_alumni", "version")
