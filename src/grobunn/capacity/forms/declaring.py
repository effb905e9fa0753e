"""A grid of sources and quarters, in which somebody says how much there is."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from grobunn.capacity.forms.fields import AmountField
from grobunn.capacity.models import Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.loads import Load, Loads


@dataclass(frozen=True)
class GridCell:
    """One field, and what has become of what is declared there."""

    field: BoundField
    load: Load


@dataclass(frozen=True)
class GridRow:
    """A source through the quarters."""

    source: Source
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class Consequence:
    """Where less is said than is reserved already."""

    load: Load
    amount: Decimal

    @property
    def over(self) -> Decimal:
        """How much will be too much."""
        return self.load.reserved - self.amount


class DeclareForm(forms.Form):
    """Amounts by source and quarter; what is left empty is not told. Takes: loads, as they are.

    What is less than is reserved is saved when somebody has seen it: `accepted` names the consequences that were shown.
    """

    reason = forms.CharField(
        label=_("Why? (optional)"),
        required=False,
        max_length=2000,
        help_text=_("Those who plan read it in the history of the source."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    accepted = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, loads: Loads, **kwargs: Any) -> None:
        self.loads = loads
        told = {
            _name(source, quarter): load.declared
            for source in loads.sources
            for quarter in loads.quarters
            if (load := loads.of(source, quarter)).is_declared
        }
        kwargs["initial"] = {**told, "seen": self.mark, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        for source in loads.sources:
            for quarter in loads.quarters:
                self.fields[_name(source, quarter)] = AmountField(
                    required=False, label=_("%(source)s, %(quarter)s") % {"source": source.name, "quarter": quarter}
                )

    @property
    def mark(self) -> str:
        """What is declared now: other when somebody else has changed it."""
        told = [
            f"{load.declared if load.is_declared else ''}" for s in self.loads.sources for load in self.loads.row(s)
        ]
        return hashlib.sha256("|".join(told).encode()).hexdigest()[:24]

    def clean_seen(self) -> str:
        if self.cleaned_data["seen"] != self.mark:
            raise ValidationError(
                _("Somebody else has changed these figures meanwhile. Open the page again before you save."),
                code="seen",
            )
        return self.mark

    def amounts(self, source: Source) -> dict[Quarter, Decimal]:
        """What is said of one source, after `is_valid()`. A field that was emptied says that there is nothing."""
        said: dict[Quarter, Decimal] = {}
        for quarter in self.loads.quarters:
            amount = self.cleaned_data.get(_name(source, quarter))
            if amount is not None or self.loads.of(source, quarter).is_declared:
                said[quarter] = amount or Decimal(0)
        return said

    def consequences(self) -> list[Consequence]:
        """Where less is said than is reserved, and was not said before."""
        return [
            Consequence(load=load, amount=amount)
            for source in self.loads.sources
            for quarter, amount in self.amounts(source).items()
            if amount < (load := self.loads.of(source, quarter)).reserved and amount != load.declared
        ]

    def mark_of(self, consequences: Sequence[Consequence]) -> str:
        """What somebody accepts who has seen the consequences."""
        told = [
            f"{each.load.source.pk} {each.load.quarter.code} {each.amount} {each.load.reserved}"
            for each in consequences
        ]
        return hashlib.sha256("|".join(told).encode()).hexdigest()[:24] if told else ""

    def rows(self) -> list[GridRow]:
        """The fields as the grid shows them."""
        return [
            GridRow(
                source=source,
                cells=tuple(
                    GridCell(field=self[_name(source, quarter)], load=self.loads.of(source, quarter))
                    for quarter in self.loads.quarters
                ),
            )
            for source in self.loads.sources
        ]


def copied_forward(data: Any, *, loads: Loads) -> Any:
    """What was sent, with each empty field filled by the one before it in its row."""
    filled = data.copy()
    for source in loads.sources:
        last = ""
        for quarter in loads.quarters:
            name = _name(source, quarter)
            last = filled.get(name, "").strip() or last
            filled[name] = last
    return filled


def _name(source: Source, quarter: Quarter) -> str:
    return f"{source.pk}_{quarter.code}"
