"""An import from a file: everything checked first, then kept batch by batch, so that a killed import can go on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from grobunn.ideas.models import Idea
from grobunn.ideas.services.import_ideas import IdeaImport
from grobunn.ideas.services.imported import ImportedIdea, Outcome, Refusal
from grobunn.ideas.transfer.cleaning import cleaner_for
from grobunn.ideas.transfer.mapping import ImportMapping, columns_by_field
from grobunn.ideas.transfer.reading import Sheet
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import open_units

BATCH_ROWS = 1000


@dataclass(frozen=True)
class ImportPlan:
    """What a file holds for one municipality, checked row by row.

    Takes: columns, our field → their column; layers, rows that can be kept: a merged one in a later layer than the one
           that it was merged into; refused, what cannot, in the order of the file.
    """

    municipality: Municipality
    sheet: Sheet
    columns: dict[str, str]
    layers: list[list[ImportedIdea]]
    refused: list[Refusal]

    @property
    def rows(self) -> list[ImportedIdea]:
        return [row for layer in self.layers for row in layer]

    @property
    def unused_columns(self) -> list[str]:
        return [column for column in self.sheet.columns if column not in self.columns.values()]


def plan_import(sheet: Sheet, *, municipality: Municipality, mapping: ImportMapping) -> ImportPlan:
    """Check every row of a file.

    Raises:  MappingUnreadable.
    Effects: none.
    """
    columns = columns_by_field(mapping, sheet.columns)
    cleaner = cleaner_for(
        mapping, columns=columns, units=open_units(municipality.pk), default_language=municipality.language
    )
    refused: list[Refusal] = []
    good: dict[str, ImportedIdea] = {}
    for number, raw in sheet.rows:
        found = cleaner.clean(number, raw)
        if isinstance(found, Refusal):
            refused.append(found)
        elif found.external_id in good:
            message = _("Row %(row)s is the same idea.") % {"row": good[found.external_id].row}
            refused.append(Refusal(number, "external_id", message))
        else:
            good[found.external_id] = found
    layers = _layers(list(good.values()), municipality_id=municipality.pk, refused=refused)
    refused.sort(key=lambda refusal: refusal.row)
    return ImportPlan(municipality=municipality, sheet=sheet, columns=columns, layers=layers, refused=refused)


def preview_import(plan: ImportPlan) -> Outcome:
    """What would become of every row. Effects: none."""
    outcome = Outcome(refused=list(plan.refused))
    run = IdeaImport(plan.municipality)
    for batch in _batches(plan.layers):
        outcome.add(run.preview(batch))
    return outcome


def keep_import(plan: ImportPlan, *, is_resumed: bool = False, advance: Callable[[int], object]) -> Outcome:
    """Keep every row that can be kept.

    Takes:   is_resumed, pass over rows that are here already without looking at them again; advance, told how many
             rows are done.
    Effects: as `IdeaImport.keep`, batch by batch.
    """
    outcome = Outcome(refused=list(plan.refused))
    layers = plan.layers
    if is_resumed:
        here = _external_ids_here(plan.municipality.pk)
        layers = [[row for row in layer if row.external_id not in here] for layer in layers]
        outcome.unchanged = len(plan.rows) - sum(map(len, layers))
        advance(outcome.unchanged)
    run = IdeaImport(plan.municipality)
    for batch in _batches(layers):
        outcome.add(run.keep(batch))
        advance(len(batch))
    return outcome


def _batches(layers: Sequence[Sequence[ImportedIdea]]) -> Iterator[Sequence[ImportedIdea]]:
    for layer in layers:
        for start in range(0, len(layer), BATCH_ROWS):
            yield layer[start : start + BATCH_ROWS]


def _layers(rows: Sequence[ImportedIdea], *, municipality_id: UUID, refused: list[Refusal]) -> list[list[ImportedIdea]]:
    """Rows in the order in which they can be kept; one that was merged into nothing we know is refused."""
    first = [row for row in rows if not row.merged_into]
    waiting = [row for row in rows if row.merged_into]
    reachable = {name for row in first for name in (row.external_id, row.reference) if name}
    reachable |= _names_here(municipality_id, {row.merged_into for row in waiting})
    layers = [first]
    while waiting:
        layer = [row for row in waiting if row.merged_into in reachable and row.merged_into != row.external_id]
        if not layer:
            break
        layers.append(layer)
        reachable |= {name for row in layer for name in (row.external_id, row.reference) if name}
        met = {row.external_id for row in layer}
        waiting = [row for row in waiting if row.external_id not in met]
    refused += [
        Refusal(row.row, "merged_into", _("There is no idea called “%(name)s”.") % {"name": row.merged_into[:60]})
        for row in waiting
    ]
    return layers


def _names_here(municipality_id: UUID, names: set[str]) -> set[str]:
    if not names:
        return set()
    here = Idea.objects.filter(Q(external_id__in=names) | Q(reference__in=names), municipality_id=municipality_id)
    return {name for pair in here.values_list("external_id", "reference") for name in pair if name}


def _external_ids_here(municipality_id: UUID) -> set[str]:
    here = Idea.objects.filter(municipality_id=municipality_id).exclude(external_id="")
    return set(here.values_list("external_id", flat=True))
