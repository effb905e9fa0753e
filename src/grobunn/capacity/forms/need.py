"""What something needs: how much of which source, quarter by quarter."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from grobunn.capacity.forms.fields import AmountField
from grobunn.capacity.kinds import Kind, Measure, measure_of
from grobunn.capacity.models import Source
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.capacity.queries.loads import Load, loads_of
from grobunn.capacity.queries.room import Line
from grobunn.capacity.queries.sources import sources_open_to
from grobunn.organisations.models import Unit
from grobunn.organisations.queries import ancestor_ids

QUARTERS = 4
# So many rows can be looked over at once; of more, those of other units are chosen before they are written in.
MOST_AT_ONCE = 12
_CHOSEN = "more"


@dataclass(frozen=True)
class NeedCell:
    """One field, and how much is left there."""

    field: BoundField
    load: Load


@dataclass(frozen=True)
class NeedRow:
    """A source through the quarters."""

    source: Source
    cells: tuple[NeedCell, ...]

    @property
    def has_room(self) -> bool:
        """Whether there is anything to choose here: something is left, or something is asked for already."""
        return any(cell.load.left > 0 or cell.field.value() or cell.field.errors for cell in self.cells)


@dataclass(frozen=True)
class NeedGroup:
    """The sources of one kind."""

    kind: Kind
    measure: Measure
    rows: tuple[NeedRow, ...]


@dataclass(frozen=True)
class FurtherSource:
    """A source that gets its fields when it is chosen: by a box of this name. Most is left in its best quarter."""

    source: Source
    name: str
    most_left: Decimal


@dataclass(frozen=True)
class FurtherGroup:
    """Sources of one kind that may be chosen."""

    kind: Kind
    measure: Measure
    sources: tuple[FurtherSource, ...]


class NeedForm(forms.Form):
    """Amounts by source and quarter. Give it a prefix where it stands beside another form.

    Where there are many sources, those of the unit and of the units above it have their fields at once; the others are
    chosen first, and the page is shown again with what was written as `initial`.

    Takes: unit, whose sources there are to choose among; first, the quarter in which it may begin (None: the present
           one); lines, what it asks for or holds today; without, a claim whose own reservations count as free;
           is_required, whether it must ask for something; shows_full, whether what nothing is left of may be asked for
           too: where a refusal says the ways on.
    """

    def __init__(
        self,
        *args: Any,
        unit: Unit,
        first: Quarter | None = None,
        quarters: int = QUARTERS,
        lines: Sequence[Line] = (),
        without: UUID | None = None,
        is_required: bool = True,
        shows_full: bool = False,
        **kwargs: Any,
    ) -> None:
        begin = first or Quarter.now()
        shown = [line for line in lines if line.quarter >= begin]
        count = max([quarters, *(line.quarter - begin + 1 for line in shown)])
        self.quarters = tuple(quarters_from(begin, count))
        found = _with_held(list(sources_open_to(unit)), shown)
        self.loads = loads_of(found, quarters=self.quarters, without=without)
        self.is_required = is_required
        self.shows_full = shows_full
        initial = {_name(line.source, line.quarter): line.amount for line in shown}
        kwargs["initial"] = {**initial, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.sources, self.more = self._split(found, unit)
        for source in self.sources:
            for quarter in self.quarters:
                self.fields[_name(source, quarter)] = AmountField(
                    required=False, label=_("%(source)s, %(quarter)s") % {"source": source.name, "quarter": quarter}
                )
        self._lead_to_chosen()

    def _split(self, found: list[Source], unit: Unit) -> tuple[list[Source], list[Source]]:
        """Sources that have fields, and those that get them when they are chosen."""
        if len(found) <= MOST_AT_ONCE:
            return found, []
        near = {unit.pk, *ancestor_ids(unit)}
        named = {name.partition("_")[0] for name in self._written()}
        with_fields = [source for source in found if source.unit_id in near or str(source.pk) in named]
        return with_fields, [source for source in found if source not in with_fields]

    def _written(self) -> set[str]:
        """Names of the fields that were sent, chosen or filled in before."""
        return {*self.initial, *(name.removeprefix(self.add_prefix("")) for name in self.data)}

    def _lead_to_chosen(self) -> None:
        """Let whoever chose a source go on writing there."""
        chosen = [name.partition("_")[0] for name in self._written() if name.endswith(f"_{_CHOSEN}")]
        field = next((name for name in self.fields if name.partition("_")[0] in chosen), None)
        if field is not None:
            self.fields[field].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        if self.is_required and not self.errors and not self.lines():
            raise ValidationError(_("Say what help it needs, and how much."), code="required")
        if any(name.endswith(f"_{_CHOSEN}") for name in self.data):
            raise ValidationError(_("Write how much it needs of what you chose."), code="chosen")
        return self.cleaned_data

    def lines(self) -> list[Line]:
        """What is asked for, after `is_valid()`."""
        asked = [
            Line(source=source, quarter=quarter, amount=self.cleaned_data.get(_name(source, quarter)) or Decimal(0))
            for source in self.sources
            for quarter in self.quarters
        ]
        return [line for line in asked if line.amount > 0]

    @property
    def columns(self) -> int:
        """How many columns the table has: the source, and each quarter."""
        return 1 + len(self.quarters)

    def groups(self) -> list[NeedGroup]:
        """The fields by kind, in the order of the kinds, for `capacity/_need.html`: sources with room."""
        rows = [row for row in self._rows if row.has_room or self.shows_full]
        return [
            NeedGroup(kind=kind, measure=measure_of(kind), rows=tuple(row for row in rows if row.source.kind == kind))
            for kind in Kind
            if any(row.source.kind == kind for row in rows)
        ]

    def further(self) -> list[FurtherGroup]:
        """What may be chosen besides, by kind: sources with room."""
        offered = [each for each in self._further if each.most_left > 0 or self.shows_full]
        return [
            FurtherGroup(
                kind=kind, measure=measure_of(kind), sources=tuple(each for each in offered if each.source.kind == kind)
            )
            for kind in Kind
            if any(each.source.kind == kind for each in offered)
        ]

    def full(self) -> list[Source]:
        """Sources of which nothing is left in any of the quarters: told, so that nobody looks for them in vain."""
        if self.shows_full:
            return []
        shown = [row.source for row in self._rows if not row.has_room]
        return [*shown, *(each.source for each in self._further if each.most_left <= 0)]

    @property
    def _further(self) -> list[FurtherSource]:
        return [
            FurtherSource(
                source=source,
                name=self.add_prefix(f"{source.pk}_{_CHOSEN}"),
                most_left=max(load.left for load in self.loads.row(source)),
            )
            for source in self.more
        ]

    @cached_property
    def _rows(self) -> list[NeedRow]:
        return [
            NeedRow(
                source=source,
                cells=tuple(
                    NeedCell(field=self[_name(source, quarter)], load=self.loads.of(source, quarter))
                    for quarter in self.quarters
                ),
            )
            for source in self.sources
        ]


def _name(source: Source, quarter: Quarter) -> str:
    return f"{source.pk}_{quarter.code}"


def _with_held(sources: list[Source], lines: Sequence[Line]) -> list[Source]:
    """What it holds already may be kept, also of a source that has closed since."""
    known = {source.pk for source in sources}
    held = {line.source.pk: line.source for line in lines if line.source.pk not in known}
    return [*sources, *held.values()]
