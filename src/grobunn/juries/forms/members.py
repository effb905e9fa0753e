"""Who comes onto a panel, and in which part."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.accounts.models import User
from grobunn.juries.forms.fields import line_field
from grobunn.juries.models import Member, Panel
from grobunn.juries.queries.people import people_called
from grobunn.juries.states import PanelPart


class MemberForm(forms.Form):
    """What is known of somebody on a panel besides who they are."""

    part = forms.ChoiceField(label=_("Part"), choices=PanelPart.choices, initial=PanelPart.MEMBER)
    title = line_field(
        pgettext_lazy("of a person", "Title"), most=120, required=False, help_text=_("As the protocol names it.")
    )
    employer = line_field(
        _("Employer"),
        most=150,
        required=False,
        help_text=_("For those who do not work in the municipality: conflicts are found from it."),
    )
    is_senior = forms.BooleanField(label=_("Is senior"), required=False)
    expertise = line_field(
        _("Expertise"), most=300, required=False, help_text=_("Fields, with commas between them. Entries go by it.")
    )

    def __init__(self, *args: Any, member: Member | None = None, **kwargs: Any) -> None:
        if member is not None:
            known = {name: getattr(member, name) for name in ("part", "title", "employer", "is_senior")}
            kwargs["initial"] = {**known, "expertise": ", ".join(member.expertise)}
        super().__init__(*args, **kwargs)

    def clean_expertise(self) -> list[str]:
        fields = [each.strip() for each in self.cleaned_data["expertise"].split(",")]
        return [each[:60] for each in fields if each]

    @property
    def facts(self) -> dict[str, Any]:
        """What was given, by the names of the member."""
        return {name: self.cleaned_data[name] for name in MemberForm.base_fields}


class NewMemberForm(MemberForm):
    """Somebody more: a colleague by name or address, anybody else by their address."""

    who = line_field(
        _("Who?"),
        most=254,
        help_text=_("A colleague's name or e-mail address. Somebody from outside is invited by e-mail."),
    )
    field_order = ("who",)

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.panel = panel
        self.user: User | None = None

    def clean_who(self) -> str:
        words = self.cleaned_data["who"].strip()
        found = people_called(self.panel.municipality_id, words)
        if len(found) > 1:
            raise ValidationError(_("Several people are called so. Write the e-mail address."), code="several")
        if found:
            self.user = found[0]
        else:
            self._check_address(words)
        return words

    @staticmethod
    def _check_address(words: str) -> None:
        try:
            validate_email(words)
        except ValidationError as error:
            raise ValidationError(
                _("Nobody here is called so. Write the e-mail address of somebody from outside."), code="unknown"
            ) from error
