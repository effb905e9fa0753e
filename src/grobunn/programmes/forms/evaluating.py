"""What those who were at a gathering are asked, and what its facilitators ask beside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.programmes.forms.fields import line_field, words_field
from grobunn.programmes.models import Evaluation
from grobunn.programmes.queries.evaluations import ASKED, SCALE
from grobunn.programmes.services.evaluating import Said

_MOST = 2000


def _scale(label: Any) -> forms.TypedChoiceField:
    choices = [(str(number), str(number)) for number in SCALE]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, widget=forms.RadioSelect)


class EvaluationForm(forms.Form):
    """Three numbers and some words, all but the numbers voluntary."""

    useful = _scale(ASKED[0][1])
    learned = _scale(ASKED[1][1])
    well_run = _scale(ASKED[2][1])
    best = words_field(_("What was best?"), most=_MOST, rows=3)
    better = words_field(_("What would you change?"), most=_MOST, rows=3)
    own_first = words_field("", most=_MOST, rows=3)
    own_second = words_field("", most=_MOST, rows=3)

    def __init__(self, *args: Any, evaluation: Evaluation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in (("own_first", evaluation.first_question), ("own_second", evaluation.second_question)):
            if question:
                self.fields[name].label = question
            else:
                del self.fields[name]

    @property
    def scales(self) -> list[Any]:
        """The fields that are answered with a number."""
        return [self[name] for name, _label in ASKED]

    @property
    def words(self) -> list[Any]:
        """The fields that are answered with words."""
        return [self[name] for name in self.fields if name not in dict(ASKED)]

    def answered(self) -> Said:
        """What was answered."""
        return Said(**self.cleaned_data)


class QuestionsForm(forms.Form):
    """Two questions of the facilitators' own."""

    first = line_field(
        _("A question of your own"),
        most=200,
        required=False,
        help_text=_("It is answered in words. Ask nothing that only one person can have the answer to."),
    )
    second = line_field(_("One more"), most=200, required=False)
