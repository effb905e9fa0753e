"""What the portfolio is narrowed to: the address of every page holds the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django import forms
from django.core.cache import caches
from django.utils.http import urlencode
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.initiatives.models import Signal
from grobunn.methods.queries import methods_offered
from grobunn.organisations.models import Municipality, Unit
from grobunn.organisations.queries import unit_tree
from grobunn.organisations.queries.units import Branch
from grobunn.portfolio.ages import Age
from grobunn.portfolio.columns import Column

ME = "meg"
_NAMES_SECONDS = 60
Choices = Iterable[tuple[str, object]]


@dataclass(frozen=True)
class Asked:
    """What is asked for; nothing of it: everything that the reader may see.

    Takes: unit_ids, a unit and those below it; owner_id, who owns it now; quarter, in which it holds capacity.
    """

    unit: Unit | None = None
    unit_ids: frozenset[UUID] | None = None
    column: str = ""
    signal: str = ""
    owner_id: UUID | None = None
    method: str = ""
    quarter: Quarter | None = None
    age: str = ""
    synthetic: str = ""
    words: str = ""


class FilterForm(forms.Form):
    """The filter of all pages of the portfolio; unknown values are passed over, so that old links still work."""

    enhet = forms.ChoiceField(label=_("Unit, with those below it"), required=False)
    trinn = forms.ChoiceField(
        label=_("Stage"), required=False, choices=[("", pgettext_lazy("portfolio", "All")), *Column.choices]
    )
    signal = forms.ChoiceField(
        label=_("How it goes"), required=False, choices=[("", pgettext_lazy("portfolio", "All")), *Signal.choices]
    )
    eier = forms.ChoiceField(label=_("Owner"), required=False)
    metode = forms.ChoiceField(label=_("Method"), required=False)
    kvartal = forms.ChoiceField(label=_("Holds capacity in"), required=False)
    alder = forms.ChoiceField(
        label=_("Time in its stage"), required=False, choices=[("", pgettext_lazy("portfolio", "All")), *Age.choices]
    )
    syntetisk = forms.ChoiceField(
        label=_("Made-up examples"),
        required=False,
        choices=[("", _("With them")), ("uten", _("Without them")), ("bare", _("Only them"))],
    )
    ord = forms.CharField(label=_("Words in the title"), required=False, max_length=100)

    def __init__(self, data: Mapping[str, str], *, municipality: Municipality, reader: User) -> None:
        super().__init__(data)
        self.reader = reader
        self.tree: Sequence[Branch] = unit_tree(municipality.pk, with_closed=True)
        everything = ("", pgettext_lazy("portfolio", "All"))
        self._choose("enhet", [everything, *((each.unit.slug, each.indented_name) for each in self.tree)])
        self._choose("eier", [everything, (ME, _("Mine")), *self._owner_asked(data.get("eier", ""))])
        self._choose("metode", [everything, *_methods(municipality.pk)])
        shown = quarters_from(Quarter.now() + -4, 13)
        self._choose("kvartal", [everything, *((each.code, str(each)) for each in shown)])
        self.is_valid()

    @property
    def known(self) -> dict[str, str]:
        """What was asked and understood, as the address holds it."""
        given: dict[str, str] = self.cleaned_data
        return {name: str(given[name]) for name in self.fields if given.get(name)}

    @property
    def query(self) -> str:
        """The same as the query of an address."""
        return urlencode(self.known)

    def address(self, **changes: str) -> str:
        """The query with something else asked, or no longer (an empty value)."""
        return urlencode({name: value for name, value in {**self.known, **changes}.items() if value})

    @property
    def in_words(self) -> list[str]:
        """What it is narrowed to, as the reader chose it."""
        said = []
        for name, value in self.known.items():
            field = self.fields[name]
            choices = dict(cast("Choices", field.choices)) if isinstance(field, forms.ChoiceField) else {}
            said.append(str(choices.get(value, f"“{value}”")).lstrip("– "))
        return said

    @property
    def asked(self) -> Asked:
        """What is asked for."""
        given = self.known
        unit = next((each.unit for each in self.tree if each.unit.slug == given.get("enhet")), None)
        owner = given.get("eier", "")
        return Asked(
            unit=unit,
            unit_ids=below(self.tree, unit) if unit else None,
            column=given.get("trinn", ""),
            signal=given.get("signal", ""),
            owner_id=(self.reader.pk if owner == ME else UUID(owner)) if owner else None,
            method=given.get("metode", ""),
            quarter=Quarter.read(given["kvartal"]) if "kvartal" in given else None,
            age=given.get("alder", ""),
            synthetic=given.get("syntetisk", ""),
            words=given.get("ord", ""),
        )

    def _choose(self, name: str, choices: Sequence[tuple[str, object]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = choices

    def _owner_asked(self, value: str) -> list[tuple[str, str]]:
        """The owner whom a link names; people are not offered for browsing."""
        try:
            owner = User.objects.filter(pk=UUID(value)).only("name").first() if value and value != ME else None
        except ValueError:
            owner = None
        return [(value, owner.name)] if owner else []


def below(tree: Sequence[Branch], unit: Unit) -> frozenset[UUID]:
    """A unit and all below it, from the tree in its order; no SQL."""
    found: set[UUID] = set()
    depth = -1
    for branch in tree:
        if branch.unit.pk == unit.pk:
            depth = branch.depth
        elif depth >= 0 and branch.depth <= depth:
            break
        if depth >= 0:
            found.add(branch.unit.pk)
    return frozenset(found)


def _methods(municipality_id: UUID) -> list[tuple[str, str]]:
    """Keys and names of the methods that are offered; read once a minute."""
    key = f"portfolio.methods.{municipality_id}.{get_language()}"
    known: list[tuple[str, str]] | None = caches["process"].get(key)
    if known is None:
        known = [(method.key, method.name) for method in methods_offered(municipality_id)]
        caches["process"].set(key, known, _NAMES_SECONDS)
    return known
