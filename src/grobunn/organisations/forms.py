"""What the set-up's pages ask for."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from grobunn.kernel import clock
from grobunn.organisations.models import Municipality, Role, RosterKind, Unit
from grobunn.organisations.queries import Branch
from grobunn.ui.languages import OWN_NAMES
from grobunn.ui.seen import SeenForm

HIGHEST_LEADER_LEVEL = 9
LONGEST_PROMISE_DAYS = 60


class DayInput(forms.DateInput):
    """A date as browsers ask for it; its value is always written as ISO 8601."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: Any, *, help_text: Any = "", is_required: bool = True) -> forms.DateField:
    """A field for a day."""
    return forms.DateField(label=label, help_text=help_text, required=is_required, widget=DayInput())


# --- the municipality -----------------------------------------------------------------------------------------------


class _LowerCase(forms.TextInput):
    """A text whose letters' case carries nothing."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.strip().lower() if isinstance(value, str) else value


class ProfileForm(SeenForm, forms.ModelForm):
    """Name, logo, colour, language."""

    logo = forms.FileField(
        label=_("Logo"), help_text=_("A picture in PNG, JPEG or WebP of at most 2 MB."), required=False
    )
    remove_logo = forms.BooleanField(label=_("Remove the logo"), required=False)
    theme_colour = forms.CharField(
        label=_("Colour"),
        help_text=_("Of buttons and links, as #rrggbb. We see to it that text on it can be read."),
        required=False,
        widget=_LowerCase(),
        validators=[RegexValidator(r"^#[0-9a-f]{6}$", _("Write the colour as # and six digits or letters a–f."))],
    )
    default_language = forms.ChoiceField(label=_("Language of the pages"), required=False)

    class Meta:
        model = Municipality
        fields = ["name", "organisation_number", "theme_colour", "default_language"]
        labels = {"name": _("Name"), "organisation_number": _("Organisation number")}
        help_texts = {
            "name": _("As it stands on top of every page. Parallel names with a dash between them."),
            "organisation_number": _("Nine digits."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_form = Municipality(language_form=self.instance.language_form).language
        self.fields["default_language"].choices = [  # type: ignore[attr-defined]
            ("", _("As the municipality's form of Norwegian: %(language)s") % {"language": OWN_NAMES[by_form]}),
            *OWN_NAMES.items(),
        ]
        self.fields["default_language"].help_text = _("What a person or a browser asks for comes first.")
        if not self.instance.logo:
            del self.fields["remove_logo"]


class PromiseForm(SeenForm, forms.ModelForm):
    """When an answer comes, and what happens until then."""

    class Meta:
        model = Municipality
        fields = ["answer_days", "reminder_days", "escalation_days"]
        labels = {
            "answer_days": _("Working days to an answer"),
            "reminder_days": _("Working days to the reminder"),
            "escalation_days": _("Working days after the deadline until the next leader is told"),
        }
        help_texts = {
            "answer_days": _("What everybody who sends an idea is promised."),
            "reminder_days": _("Counted from when the idea came in. Whoever has the idea is reminded then."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, lowest in (("answer_days", 1), ("reminder_days", 1), ("escalation_days", 0)):
            self.fields[name].validators.extend([MinValueValidator(lowest), MaxValueValidator(LONGEST_PROMISE_DAYS)])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("reminder_days", 0) > values.get("answer_days", LONGEST_PROMISE_DAYS):
            self.add_error("reminder_days", _("The reminder must come before the answer is due."))
        return values


def address_field(label: Any, *, help_text: Any) -> forms.URLField:
    """A field for the address of a web page; https unless something else is written."""
    return forms.URLField(label=label, help_text=help_text, required=False, max_length=200, assume_scheme="https")


class AddressesForm(SeenForm, forms.ModelForm):
    """Where people are sent, and where mail for nobody goes."""

    whistleblowing_url = address_field(
        _("Page for whistleblowing"), help_text=_("Shown first when a text looks like whistleblowing.")
    )
    deviation_url = address_field(
        _("Page for deviation reports"), help_text=_("Shown first when a text looks like a deviation report.")
    )
    accessibility_statement_url = address_field(
        _("Accessibility statement"), help_text=_("The address of your statement at uustatus.no.")
    )

    class Meta:
        model = Municipality
        fields = ["mailbox", "whistleblowing_url", "deviation_url", "accessibility_statement_url"]
        labels = {"mailbox": _("Shared mailbox")}
        help_texts = {"mailbox": _("Gets what nobody else can take: when there is no innovation adviser.")}


# --- units ----------------------------------------------------------------------------------------------------------


class UnitSelect(forms.Select):
    """A choice of units: a large municipality has thousands, and a template for each would take half a second."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((code, mark_safe(" selected") if str(code) == chosen else "", label) for code, label in self.choices),
        )
        given = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return format_html("<select{}>{}</select>", given, options)


def unit_field(label: Any, *, is_required: bool) -> forms.ChoiceField:
    """A field for a unit; its choices are set by the form."""
    return forms.ChoiceField(label=label, required=is_required, widget=UnitSelect())


class UnitForm(forms.ModelForm):
    """A unit and its place in the tree."""

    above = unit_field(_("Lies under"), is_required=False)

    class Meta:
        model = Unit
        fields = ["name", "leader_level", "mailbox", "external_id"]
        labels = {
            "name": _("Name"),
            "leader_level": _("Leader level"),
            "mailbox": _("Shared mailbox"),
            "external_id": _("Id in the payroll system"),
        }
        help_texts = {
            "leader_level": _("1 is the top: the chief executive and directors."),
            "external_id": _("So that an import finds the unit again."),
        }

    def __init__(self, *args: Any, tree: Iterable[Branch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(branch.unit.pk): branch.unit for branch in tree}
        self.fields["above"].choices = unit_choices(tree, nothing=_("No unit: on top"))  # type: ignore[attr-defined]
        self.initial.setdefault("above", str(self.instance.parent_id or ""))
        self.fields["leader_level"].validators.extend([MinValueValidator(1), MaxValueValidator(HIGHEST_LEADER_LEVEL)])

    @property
    def parent(self) -> Unit | None:
        """The unit above that was chosen."""
        return self.units.get(self.cleaned_data.get("above") or "")


def unit_choices(tree: Iterable[Branch], *, nothing: Any) -> list[tuple[str, Any]]:
    """The tree as a list of choices, with a choice for no unit on top."""
    return [("", nothing), *((str(branch.unit.pk), branch.indented_name) for branch in tree)]


# --- people ---------------------------------------------------------------------------------------------------------


class RoleForm(forms.Form):
    """Somebody gets a role in a unit."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Somebody who is here already is found by the address. Others get an invitation."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = unit_field(_("Unit"), is_required=True)
    from_on = day_field(_("First day"))
    to_on = day_field(_("Last day"), help_text=_("Empty: for as long as it lasts."), is_required=False)

    def __init__(self, *args: Any, tree: Iterable[Branch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(branch.unit.pk): branch.unit for branch in tree}
        self.fields["unit"].choices = unit_choices(tree, nothing=_("Choose a unit"))  # type: ignore[attr-defined]
        self.fields["from_on"].initial = clock.today

    @property
    def chosen_unit(self) -> Unit:
        """The unit that was chosen."""
        return self.units[self.cleaned_data["unit"]]

    @property
    def role_values(self) -> dict[str, Any]:
        """Who gets which role when."""
        return {name: self.cleaned_data[name] for name in ("email", "name", "role", "from_on", "to_on")}


class EndRoleForm(forms.Form):
    """The last day of a role."""

    last_day = day_field(_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = clock.today


class PeopleFilterForm(forms.Form):
    """Narrows the list of people; lives in the address."""

    q = forms.CharField(label=_("Name or e-mail address"), required=False)
    unit = unit_field(_("Unit"), is_required=False)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All roles")), *Role.choices])

    def __init__(self, *args: Any, tree: Iterable[Branch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit_choices(tree, nothing=_("All units"))  # type: ignore[attr-defined]

    @property
    def unit_id(self) -> UUID | None:
        """The unit that the list is narrowed to."""
        chosen = self.cleaned_data.get("unit")
        return UUID(chosen) if chosen else None


class AbsenceForm(forms.Form):
    """Somebody is away, and somebody stands in."""

    from_on = day_field(_("First day away"))
    to_on = day_field(_("Last day away"))
    stand_in = forms.EmailField(
        label=_("Who stands in"),
        help_text=_("The e-mail address of a colleague. Empty: the innovation adviser takes what comes."),
        required=False,
        widget=forms.EmailInput(attrs={"list": "colleagues", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_on"].initial = clock.today


# --- rosters --------------------------------------------------------------------------------------------------------


class RosterForm(forms.Form):
    """A file with units or people."""

    kind = forms.ChoiceField(label=_("What the file lists"), choices=RosterKind.choices, widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("File"), help_text=_("CSV or Excel (.xlsx), at most 5 MB. The first row holds the headings.")
    )
