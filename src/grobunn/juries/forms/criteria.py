"""Criteria as they are written: name, what to ask oneself, weight, and a line of words for each figure."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grobunn.juries.forms.fields import line_field, words_field
from grobunn.juries.models import Criterion
from grobunn.juries.shapes import CriterionShape, Level
from grobunn.kernel import slugs

MOST = 12
_LEAST_LEVELS, _MOST_LEVELS = 2, 10


class CriterionForm(forms.Form):
    """One criterion. Without a name it is left out."""

    code = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=60)
    first = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = line_field(_("Name"), most=100, required=False, help_text=_("Without a name, the criterion is left out."))
    question = line_field(_("What to ask oneself"), most=400, required=False)
    weight = forms.DecimalField(
        label=_("Weight"), min_value=Decimal("0.01"), max_value=100, decimal_places=2, initial=1, required=False
    )
    levels = words_field(
        _("What the figures mean"),
        most=4000,
        rows=5,
        required=False,
        help_text=_("A line for each figure, from the lowest to the highest."),
    )

    def clean_levels(self) -> list[Level]:
        lines = [line.strip() for line in self.cleaned_data["levels"].splitlines() if line.strip()]
        if self.cleaned_data.get("name") and not _LEAST_LEVELS <= len(lines) <= _MOST_LEVELS:
            raise ValidationError(_("Write from two to ten lines, one for each figure."), code="levels")
        first = self.cleaned_data.get("first")
        start = 1 if first is None else first
        return [Level(start + place, line) for place, line in enumerate(lines)]


CriterionForms = forms.formset_factory(CriterionForm, extra=1, max_num=MOST)


def filled_in(criteria: Sequence[Criterion]) -> list[dict[str, Any]]:
    """Criteria as the forms show them."""
    return [
        {
            "code": each.code,
            "first": each.lowest,
            "name": each.name,
            "question": each.question,
            "weight": each.weight,
            "levels": "\n".join(level["text"] for level in each.levels),
        }
        for each in criteria
    ]


def written_in(written: Sequence[dict[str, Any]]) -> tuple[CriterionShape, ...]:
    """Criteria from what was written, each with a code of its own."""
    taken: set[str] = set()
    shapes = []
    for each in written:
        if not each.get("name"):
            continue
        code = slugs.free(
            each.get("code") or slugs.beginning(each["name"], length=55, otherwise="kriterium"), taken=taken
        )
        taken.add(code)
        weight = each.get("weight")
        shapes.append(
            CriterionShape(
                code=code,
                name=each["name"],
                question=each.get("question", ""),
                weight=Decimal(1) if weight is None else weight,
                levels=tuple(each["levels"]),
            )
        )
    return tuple(shapes)


class KeepForm(forms.Form):
    """A name for a set of one's own."""

    name = line_field(_("Keep as a set of our own"), most=100, help_text=_("A name that is there gets a new edition."))
