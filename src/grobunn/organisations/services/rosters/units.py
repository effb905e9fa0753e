"""Units from a roster: found again by their id in the payroll system, never closed by being left out."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from grobunn.organisations.models import Municipality, Unit
from grobunn.organisations.services.rosters.columns import UNIT_COLUMNS
from grobunn.organisations.services.rosters.plan import Action, Change, Plan, PlannedRow, RowError
from grobunn.organisations.services.rosters.reading import Roster, RosterRow
from grobunn.organisations.slugs import slug_of

HIGHEST_LEADER_LEVEL = 9
_HEADINGS = {column.name: column.heading for column in UNIT_COLUMNS}
_WRITTEN = ("name", "parent", "leader_level", "mailbox", "closed_on")


@dataclass(frozen=True)
class _Wanted:
    """A unit as the file wants it."""

    external_id: str
    name: str
    parent: str
    leader_level: int | None
    mailbox: str


def plan_units(municipality: Municipality, roster: Roster) -> Plan:
    """What a roster of units would do. Runs in the municipality's scope."""
    known = units_by_code(Unit.objects.select_related("parent"))
    own_faults = (error for row in roster.rows for error in _faults(row))
    errors = [*roster.errors, *_doubled(roster), *own_faults, *_lost(roster, known), *_ringed(roster, known)]
    if errors:
        return Plan(rows=[], errors=sorted(errors, key=_by_row), unread_columns=roster.unread_columns)
    wanted = {row.number: _wanted(row) for row in roster.rows}
    rows = [_planned(number, unit, known.get(unit.external_id), roster.columns) for number, unit in wanted.items()]
    return Plan(rows=rows, errors=[], unread_columns=roster.unread_columns)


def write_units(municipality: Municipality, plan: Plan) -> None:
    """Do what a plan of units says. Runs in the municipality's scope, in a transaction that holds its tree."""
    known = units_by_code(Unit.objects.all())
    taken = set(Unit.objects.values_list("slug", flat=True))
    wanted: dict[str, _Wanted] = {row.target.external_id: row.target for row in plan.rows}
    new = {row.target.external_id: Unit(municipality=municipality) for row in plan.rows if row.action is Action.NEW}
    levels = _levels(wanted, known)
    for code, unit in new.items():
        unit.external_id = code
        unit.name = wanted[code].name
        unit.slug = slug_of(unit.name, taken=taken)
        unit.leader_level = levels[code]
        unit.mailbox = wanted[code].mailbox
        unit.parent = new.get(wanted[code].parent) or known.get(wanted[code].parent)
        taken.add(unit.slug)
    changed = [known[row.target.external_id] for row in plan.rows if row.action is Action.CHANGED]
    for row in plan.rows:
        if row.action is Action.CHANGED:
            _change(known[row.target.external_id], row, {**known, **new})
    # Foreign keys are checked when the transaction ends, so that children may be written before their parents.
    Unit.objects.bulk_create(new.values())
    Unit.objects.bulk_update(changed, _WRITTEN)


def units_by_code(units: QuerySet[Unit]) -> dict[str, Unit]:
    """Units by what a roster calls them: the id in the payroll system, else the address."""
    found = list(units)
    return {unit.slug: unit for unit in found if not unit.external_id} | {
        unit.external_id: unit for unit in found if unit.external_id
    }


def code_of(unit: Unit) -> str:
    """What a roster calls a unit."""
    return unit.external_id or unit.slug


def _by_row(error: RowError) -> tuple[int, str]:
    return error.row, error.column


def _doubled(roster: Roster) -> Iterator[RowError]:
    counted = Counter(row["external_id"] for row in roster.rows if row["external_id"])
    for row in roster.rows:
        if counted[row["external_id"]] > 1:
            yield RowError(row.number, _HEADINGS["external_id"], _("Several rows have this id."))


def _faults(row: RosterRow) -> Iterator[RowError]:
    """What is wrong in a row by itself."""
    for column, longest in (("external_id", 100), ("name", 150)):
        if not row[column]:
            yield RowError(row.number, _HEADINGS[column], _("This must be filled in."))
        elif len(row[column]) > longest:
            yield RowError(row.number, _HEADINGS[column], _("This is too long."))
    level = row["leader_level"]
    if level and not (level.isascii() and level.isdigit() and 1 <= int(level) <= HIGHEST_LEADER_LEVEL):
        yield RowError(row.number, _HEADINGS["leader_level"], _("The leader level is a number from 1 to 9."))
    if row["mailbox"] and not is_email(row["mailbox"]):
        yield RowError(row.number, _HEADINGS["mailbox"], _("This is not an e-mail address."))


def is_email(text: str) -> bool:
    """Whether a text is an e-mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _wanted(row: RosterRow) -> _Wanted:
    return _Wanted(
        external_id=row["external_id"],
        name=row["name"],
        parent=row["parent"],
        leader_level=int(row["leader_level"]) if row["leader_level"] else None,
        mailbox=row["mailbox"].lower(),
    )


def _lost(roster: Roster, known: Mapping[str, Unit]) -> Iterator[RowError]:
    """Rows under a unit that is neither in the file nor open here."""
    coming = {row["external_id"] for row in roster.rows}
    for row in roster.rows:
        if not row["parent"] or row["parent"] in coming:
            continue
        above = known.get(row["parent"])
        if above is None:
            yield RowError(row.number, _HEADINGS["parent"], _("No unit has this id, here or in the file."))
        elif above.closed_on is not None:
            yield RowError(row.number, _HEADINGS["parent"], _("The unit above is closed."))


def _ringed(roster: Roster, known: Mapping[str, Unit]) -> Iterator[RowError]:
    """Rows whose unit would come to lie below itself."""
    above = {code: code_of(unit.parent) if unit.parent else "" for code, unit in known.items()}
    if "parent" in roster.columns:
        above |= {row["external_id"]: row["parent"] for row in roster.rows}
    settled: set[str] = set()
    for row in roster.rows:
        line: dict[str, None] = {}
        step = row["external_id"]
        while step and step not in settled and step not in line:
            line[step] = None
            step = above.get(step, "")
        if step and step in line:
            yield RowError(row.number, _HEADINGS["parent"], _("The unit would lie below itself."))
        else:
            settled.update(line)


def _planned(number: int, wanted: _Wanted, unit: Unit | None, columns: frozenset[str]) -> PlannedRow:
    subject = f"{wanted.name} ({wanted.external_id})"
    if unit is None:
        return PlannedRow(number, Action.NEW, subject, target=wanted)
    compared: dict[str, tuple[Any, Any]] = {"name": (unit.name, wanted.name)}
    if "parent" in columns:
        compared["parent"] = (code_of(unit.parent) if unit.parent else "", wanted.parent)
    if wanted.leader_level is not None:
        compared["leader_level"] = (unit.leader_level, wanted.leader_level)
    if "mailbox" in columns:
        compared["mailbox"] = (unit.mailbox, wanted.mailbox)
    differing = {name: values for name, values in compared.items() if values[0] != values[1]}
    changes = [Change(_HEADINGS[name], str(before), str(after)) for name, (before, after) in differing.items()]
    if unit.closed_on is not None:
        changes.append(Change("stengt", unit.closed_on.isoformat(), ""))
    return PlannedRow(number, Action.CHANGED if changes else Action.UNCHANGED, subject, tuple(changes), target=wanted)


def _change(unit: Unit, row: PlannedRow, units: Mapping[str, Unit]) -> None:
    """Write on a unit that exists what the plan changes."""
    wanted: _Wanted = row.target
    changed = {change.column for change in row.changes}
    unit.name = wanted.name
    unit.closed_on = None
    if _HEADINGS["parent"] in changed:
        unit.parent = units[wanted.parent] if wanted.parent else None
    if _HEADINGS["mailbox"] in changed:
        unit.mailbox = wanted.mailbox
    if wanted.leader_level is not None:
        unit.leader_level = wanted.leader_level


def _levels(wanted: Mapping[str, _Wanted], known: Mapping[str, Unit]) -> dict[str, int]:
    """Leader levels by code: the file's, else the unit's own, else one below the unit above."""
    levels = {code: unit.leader_level for code, unit in known.items()}
    levels |= {code: unit.leader_level for code, unit in wanted.items() if unit.leader_level is not None}
    for code in wanted:
        line: list[str] = []
        step = code
        while step and step not in levels:
            line.append(step)
            step = wanted[step].parent
        level = levels.get(step, 0)
        for lower in reversed(line):
            level = min(level + 1, HIGHEST_LEADER_LEVEL)
            levels[lower] = level
    return levels
