"""One routing rule, as somebody fills it in."""

import re
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.models import IdeaKind, RoutingRule
from grobunn.ideas.rules import HANDLING_ROLES
from grobunn.ideas.validators import validate_no_identity_number
from grobunn.organisations.forms import unit_choices, unit_field
from grobunn.organisations.models import Municipality, Role, Unit
from grobunn.organisations.queries import Branch

WORD_LENGTH = 60
MOST_WORDS = 30
_CONDITIONS = ("unit", "kind", "words")


class RuleForm(forms.Form):
    """What a rule looks for, and who gets what it finds."""

    unit = unit_field(_("The idea comes from"), is_required=False)
    kind = forms.ChoiceField(
        label=_("It is of the kind"), required=False, choices=[("", _("Any kind")), *IdeaKind.choices]
    )
    words = forms.CharField(
        label=_("It mentions one of these words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[validate_no_identity_number],
        help_text=_("With commas between them. A part of a word is enough: “park” finds “parking” and “skatepark”."),
    )
    role = forms.ChoiceField(
        label=_("The idea goes to"),
        choices=[("", _("Choose a role")), *((role.value, role.label) for role in HANDLING_ROLES)],
        error_messages={"required": _("Choose who gets the idea.")},
    )
    to = unit_field(_("In which unit?"), is_required=False)

    def __init__(
        self, *args: Any, tree: Iterable[Branch], filled: Collection[tuple[str, UUID]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(branch.unit.pk): branch.unit for branch in tree}
        self.filled = filled
        for name, nothing in (("unit", _("Any unit, or none")), ("to", _("The unit that the idea comes from"))):
            field = self.fields[name]
            field.choices = unit_choices(tree, nothing=nothing)  # type: ignore[attr-defined]
            field.error_messages["invalid_choice"] = _("That unit is closed, or is not yours. Choose another.")
        self.fields["unit"].help_text = _("The units below it count too.")

    def clean_words(self) -> list[str]:
        words = [" ".join(word.split()) for word in re.split(r"[,;\n]", self.cleaned_data["words"])]
        unique = list({word.casefold(): word for word in words if word}.values())
        long = next((word for word in unique if len(word) > WORD_LENGTH), None)
        if long is not None:
            raise ValidationError(
                _("“%(word)s…” is too long. Write words, at most %(limit)s letters each, with commas between them."),
                code="too_long",
                params={"word": long[:20], "limit": WORD_LENGTH},
            )
        if len(unique) > MOST_WORDS:
            raise ValidationError(
                _("There is room for %(limit)s words. Make two rules."), code="too_many", params={"limit": MOST_WORDS}
            )
        return unique

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors.keys().isdisjoint(_CONDITIONS) and not any(values[name] for name in _CONDITIONS):
            self.add_error(
                None,
                _("Say what the rule looks for: a unit, a kind or some words. What no rule finds is taken care of."),
            )
        if values.get("role") == Role.CHIEF_EXEC and not values.get("to"):
            values["to"] = self._where_the_chief_executive_is()
            if not values["to"]:
                self.add_error("to", _("Nobody is chief municipal executive today. Choose the unit of the post."))
        return values

    def rule(self, municipality: Municipality, *, rule_id: UUID) -> RoutingRule:
        """What was filled in, as a rule that is not saved."""
        cleaned = self.cleaned_data
        role = cleaned["role"]
        return RoutingRule(
            id=rule_id,
            municipality=municipality,
            unit=self.units.get(cleaned["unit"]),
            kind=cleaned["kind"],
            words=cleaned["words"],
            receiver_role=role,
            receiver_unit=self._receiver_unit(role, cleaned["to"]),
        )

    def _receiver_unit(self, role: str, chosen: str) -> Unit | None:
        """The adviser is the municipality's, not a unit's."""
        return None if role == Role.INNOVATION_ADVISER else self.units.get(chosen)

    def _where_the_chief_executive_is(self) -> str:
        """There is one chief executive: nobody needs to know in which unit."""
        return next(
            (str(unit) for role, unit in self.filled if role == Role.CHIEF_EXEC and str(unit) in self.units), ""
        )


def filled_in(rule: RoutingRule) -> dict[str, str]:
    """A rule as its form shows it."""
    return {
        "unit": str(rule.unit_id or ""),
        "kind": rule.kind,
        "words": ", ".join(rule.words),
        "role": rule.receiver_role,
        "to": str(rule.receiver_unit_id or ""),
    }
