"""An entry that is written on the panel's own page, and who is behind it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grobunn.juries.forms.fields import line_field, words_field
from grobunn.juries.models import Entry, Panel, Party, PartyKind
from grobunn.juries.models.panels import TITLE_LENGTH
from grobunn.juries.queries.parties import party_name
from grobunn.juries.queries.people import people_called
from grobunn.juries.services.composing import PartyGiven
from grobunn.organisations.queries import open_units


class EntryForm(forms.Form):
    """Title, text, and who is behind it; without the text for whoever may not read it."""

    title = line_field(_("Title"), most=TITLE_LENGTH)
    text = words_field(
        _("What it is"), most=20_000, rows=10, required=False, help_text=_("Only those who are impartial read it.")
    )
    people = words_field(
        _("Who is on the team?"),
        most=2000,
        required=False,
        help_text=_("A name or an e-mail address on each line, the leader first. Conflicts are found from it."),
    )
    unit = forms.ModelChoiceField(label=_("Which unit is behind it?"), queryset=None, required=False)  # type: ignore[var-annotated]
    entrant = line_field(_("Which organisation is behind it?"), most=150, required=False)
    partners = words_field(
        _("Partners"), most=2000, rows=2, required=False, help_text=_("An organisation on each line.")
    )

    def __init__(
        self, *args: Any, panel: Panel, entry: Entry | None = None, may_read: bool = True, **kwargs: Any
    ) -> None:
        if entry is not None:
            kwargs["initial"] = _known(entry)
        super().__init__(*args, **kwargs)
        self.panel, self.entry = panel, entry
        self.fields["unit"].queryset = open_units(panel.municipality_id)  # type: ignore[attr-defined]
        if not may_read:
            del self.fields["text"]

    def clean_people(self) -> list[PartyGiven]:
        given = []
        for place, line in enumerate(_lines(self.cleaned_data["people"])):
            kind = PartyKind.LEADER if place == 0 else PartyKind.TEAM
            found = people_called(self.panel.municipality_id, line)
            if len(found) > 1:
                raise ValidationError(
                    _("Several people are called %(name)s. Write the e-mail address."), params={"name": line}
                )
            given.append(PartyGiven(kind, user=found[0]) if found else PartyGiven(kind, name=line[:150]))
        return given

    @property
    def parties(self) -> list[PartyGiven]:
        """Everybody and everything behind it."""
        given: list[PartyGiven] = list(self.cleaned_data["people"])
        if self.cleaned_data["unit"] is not None:
            given.append(PartyGiven(PartyKind.UNIT, unit=self.cleaned_data["unit"]))
        if self.cleaned_data["entrant"]:
            given.append(PartyGiven(PartyKind.ENTRANT, name=self.cleaned_data["entrant"]))
        given += [PartyGiven(PartyKind.PARTNER, name=line[:150]) for line in _lines(self.cleaned_data["partners"])]
        return given


def _known(entry: Entry) -> dict[str, Any]:
    rows = list(Party.objects.filter(entry=entry).select_related("user", "unit").order_by("pk"))
    named = {kind: [party_name(row) for row in rows if row.kind == kind] for kind in PartyKind.values}
    people = sorted((row for row in rows if row.kind in _TEAM), key=lambda row: row.kind != PartyKind.LEADER)
    return {
        "title": entry.title,
        "text": entry.text,
        "people": "\n".join(row.user.email if row.user else row.name for row in people),
        "unit": next((row.unit_id for row in rows if row.kind == PartyKind.UNIT), None),
        "entrant": next(iter(named[PartyKind.ENTRANT]), ""),
        "partners": "\n".join(named[PartyKind.PARTNER]),
    }


_TEAM = (PartyKind.LEADER, PartyKind.TEAM, PartyKind.OWNER, PartyKind.COACH)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
