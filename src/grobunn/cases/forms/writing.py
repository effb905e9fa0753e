"""Forms of writing: one for each part of a draft; the cleaned names are the draft's own."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.cases import codes
from grobunn.cases.forms import amounts
from grobunn.cases.forms.themes import ThemesShown, not_in_los, themes_shown
from grobunn.cases.models import CaseKind, Draft, InnovationKind, Stage
from grobunn.cases.models.content import LEAD_LENGTH, SECTION_LENGTH, TITLE_LENGTH
from grobunn.cases.parts import Part
from grobunn.cases.sections import Section
from grobunn.cases.timeline import TimelineField
from grobunn.organisations.models import Role, Unit
from grobunn.organisations.queries import open_units
from grobunn.ui import languages


class BeginForm(forms.Form):
    """What a case begins with: a name, and whether it worked."""

    title = forms.CharField(
        label=pgettext_lazy("case", "Title"),
        max_length=TITLE_LENGTH,
        help_text=_("What a neighbour with the same problem would search for. You can change it later."),
        error_messages={"required": _("Give the case a name first. You can change it later.")},
    )
    kind = forms.ChoiceField(
        label=_("Did it work?"),
        choices=[
            (CaseKind.SOLUTION, _("Yes, or mostly: others can do the same")),
            (CaseKind.LEARNING, _("No: here is what we learned, so that others need not try the same")),
        ],
        widget=forms.RadioSelect,
        initial=CaseKind.SOLUTION,
    )


class PartForm(forms.Form):
    """One part of a draft. `revision` is the draft's when the page was opened; what is folded opens when needed."""

    folded: ClassVar[frozenset[str]] = frozenset()
    # What may be empty while it is a draft, and must be there before it is published.
    expected: ClassVar[frozenset[str]] = frozenset({"title", "contact_role"})
    # What is half typed while the page saves by itself; it counts when a button is pressed.
    waits_for_button: ClassVar[frozenset[str]] = frozenset()

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, draft: Draft, part: Part, **kwargs: Any) -> None:
        kwargs["initial"] = {"revision": draft.revision} | {name: getattr(draft, name) for name in part.fields}
        super().__init__(*args, **kwargs)
        self.draft, self.part = draft, part

    def changes(self) -> dict[str, Any]:
        """The fields of the draft as they are to be."""
        return {name: self.cleaned_data[name] for name in self.part.fields}


def _text(label: Any, *, rows: int, most: int, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "data-writing": ""})
    return forms.CharField(label=label, required=False, max_length=most, widget=widget, **options)


class AboutForm(PartForm):
    title = forms.CharField(label=pgettext_lazy("case", "Title"), required=False, max_length=TITLE_LENGTH)
    lead = _text(_("Lead"), rows=4, most=LEAD_LENGTH)
    kind = forms.ChoiceField(label=_("What sort of case is it?"), choices=CaseKind.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Written in"), choices=[*languages.OWN_NAMES.items()])


class SectionForm(PartForm):
    """One of the six sections that are a text and nothing else."""

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        super().__init__(*args, part=part, **kwargs)
        self.fields[part.section] = _text(Section(part.section).label, rows=14, most=SECTION_LENGTH)


class ContactForm(PartForm):
    contact_role = forms.ChoiceField(label=_("Role that answers"), required=False)
    contact_unit_id = forms.ModelChoiceField(
        label=_("In which unit"), required=False, queryset=Unit.objects.none(), empty_label=_("The whole municipality")
    )
    contact_mailbox = forms.EmailField(
        label=_("Shared mailbox"),
        required=False,
        help_text=_("Not anybody's own address: the one that is read also when people have left."),
    )
    contact = _text(_("Anything else to know before one asks"), rows=4, most=2000)

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, draft=draft, **kwargs)
        fields: dict[str, Any] = dict(self.fields)
        fields["contact_role"].choices = [("", _("Choose a role")), *Role.choices]
        fields["contact_unit_id"].queryset = open_units(draft.municipality_id)

    def clean_contact_unit_id(self) -> Any:
        unit = self.cleaned_data["contact_unit_id"]
        return unit.pk if unit else None


class LinesField(forms.CharField):
    """Several short texts, one a line."""

    def __init__(self, *, most: int, longest: int, **options: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **options)
        self.most, self.longest = most, longest

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > self.most or any(len(line) > self.longest for line in lines):
            raise ValidationError(
                _("There is room for %(most)s lines of %(longest)s characters."),
                params={"most": self.most, "longest": self.longest},
            )
        return lines


class SeveralField(forms.MultipleChoiceField):
    """Several codes of a list; what the draft has already stays a choice, also when the list has lost it."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, choices: Sequence[tuple[Any, Any]], present: Sequence[Any]) -> None:
        """Set the choices. Takes: present, the codes of the draft."""
        known = {str(code) for code, _label in choices}
        self.choices = [*choices, *((code, str(code)) for code in present if str(code) not in known)]


class FactsForm(PartForm):
    # Long lists: folded while nothing is chosen.
    folded = frozenset({"innovation_kinds", "kostra", "los", "sdgs"})
    waits_for_button = frozenset({"los_name"})

    stage = forms.ChoiceField(
        label=_("How far it has come"),
        required=False,
        choices=[("", pgettext_lazy("stage", "Not stated")), *Stage.choices],
    )
    one_off_nok = amounts.kroner(_("Cost once, in kroner"), help_text=_("Buying, building, courses. Whole kroner."))
    yearly_nok = amounts.kroner(_("Cost a year, in kroner"), help_text=_("Licences, operation, extra hands."))
    hours = amounts.hours(_("Hours of work to introduce it"), help_text=_("Your own people's, all together."))
    partners = LinesField(
        label=_("Done together with"), most=20, longest=200, help_text=_("One a line: organisations, not people.")
    )
    innovation_kinds = SeveralField(label=_("Kind of innovation"), required=False)
    kostra = SeveralField(label=_("KOSTRA functions"), required=False)
    los = SeveralField(
        label=_("Themes"),
        required=False,
        help_text=_("By LOS, the list of themes and words that public services share. Two or three are enough."),
    )
    los_name = forms.CharField(
        label=_("Find a theme or a word"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "los-names", "autocomplete": "off"}),
    )
    sdgs = SeveralField(label=_("UN sustainable development goals"), required=False)
    video_url = forms.URLField(label=_("Link to a video"), required=False, assume_scheme="https", max_length=500)

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, draft=draft, **kwargs)
        offered: dict[str, Sequence[tuple[Any, Any]]] = {
            "innovation_kinds": InnovationKind.choices,
            "kostra": codes.kostra_choices(),
            "los": codes.los_choices(),
            "sdgs": codes.sdg_choices(),
        }
        fields: dict[str, Any] = dict(self.fields)
        for name, choices in offered.items():
            fields[name].offer(choices, getattr(draft, name))

    def themes(self) -> ThemesShown:
        """The themes and words to choose from, and those that are chosen."""
        return themes_shown([str(code) for code in self["los"].value() or ()])

    def clean_los(self) -> list[str]:
        # A word that belongs to several themes can be marked in each of them.
        return list(dict.fromkeys(self.cleaned_data["los"]))

    def clean_los_name(self) -> str:
        """The name that was typed; what it stands for is chosen."""
        name: str = self.cleaned_data["los_name"]
        if not name:
            return name
        code = codes.los_code(name)
        if code is None:
            raise ValidationError(not_in_los(name))
        if code not in self.cleaned_data.get("los", ()):
            self.cleaned_data["los"] = [*self.cleaned_data.get("los", ()), code]
        return name

    def clean_sdgs(self) -> list[int]:
        return [int(number) for number in self.cleaned_data["sdgs"]]


class TimelineForm(PartForm):
    timeline = TimelineField(label=_("Timeline"))


_OTHERS: dict[str, type[PartForm]] = {
    "om": AboutForm,
    "kontakt": ContactForm,
    "fakta": FactsForm,
    "tidslinje": TimelineForm,
}


def form_of(part: Part) -> type[PartForm]:
    """The form that a part is written in."""
    return _OTHERS.get(part.slug, SectionForm)
