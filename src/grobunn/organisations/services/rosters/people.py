"""People and their roles from a roster: found again by e-mail address, never taken away by being left out."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from grobunn.accounts.queries import users_with_addresses
from grobunn.accounts.services.users import ensure_users
from grobunn.kernel import clock
from grobunn.organisations.errors import NobodyLeftToSetUp
from grobunn.organisations.models import SETTERS_UP, Municipality, Role, RoleAssignment, Unit
from grobunn.organisations.queries import holds_on
from grobunn.organisations.services.rosters.columns import PEOPLE_COLUMNS, role_heading, role_meant
from grobunn.organisations.services.rosters.plan import Action, Change, Plan, PlannedRow, RowError
from grobunn.organisations.services.rosters.reading import Roster, RosterRow, day_meant
from grobunn.organisations.services.rosters.units import is_email, units_by_code

_HEADINGS = {column.name: column.heading for column in PEOPLE_COLUMNS}
Key = tuple[UUID, UUID, str]


@dataclass(frozen=True)
class _Wanted:
    """A role as the file wants it."""

    email: str
    name: str
    unit: Unit
    role: Role
    from_on: date | None
    to_on: date | None
    existing: RoleAssignment | None = None


def plan_people(municipality: Municipality, roster: Roster) -> Plan:
    """What a roster of people would do. Runs in the municipality's scope."""
    units = units_by_code(Unit.objects.filter(closed_on__isnull=True))
    errors = [*roster.errors, *_doubled(roster), *(error for row in roster.rows for error in _faults(row, units))]
    if errors:
        return Plan(rows=[], errors=sorted(errors, key=_by_row), unread_columns=roster.unread_columns)
    users = users_with_addresses({row["email"].lower() for row in roster.rows})
    held = _held(units)
    rows: list[PlannedRow] = []
    for row in roster.rows:
        wanted = _wanted(row, units)
        user = users.get(wanted.email)
        own = held.get((user.pk, wanted.unit.pk, wanted.role), []) if user else []
        overlapping = [each for each in own if _overlaps(each, wanted)]
        if len(overlapping) > 1:
            errors.append(
                RowError(row.number, "", _("Several periods of this role lie in this time. Change them on the page."))
            )
        else:
            rows.append(_planned(row.number, wanted, overlapping[0] if overlapping else None, roster.columns))
    return Plan(rows=[] if errors else rows, errors=errors, unread_columns=roster.unread_columns)


def write_people(municipality: Municipality, plan: Plan) -> None:
    """Do what a plan of people says. Runs in the municipality's scope and in a transaction.

    Raises:  NobodyLeftToSetUp.
    """
    could_be_set_up = _is_set_up_by_somebody()
    users = ensure_users({row.target.email: row.target.name for row in plan.rows if row.action is Action.NEW})
    new: list[RoleAssignment] = []
    changed: list[RoleAssignment] = []
    for row in plan.rows:
        wanted: _Wanted = row.target
        if row.action is Action.NEW:
            new.append(
                RoleAssignment(
                    municipality=municipality,
                    unit=wanted.unit,
                    user=users[wanted.email],
                    role=wanted.role,
                    from_on=wanted.from_on or clock.today(),
                    to_on=wanted.to_on,
                )
            )
        elif row.action is Action.CHANGED and wanted.existing is not None:
            wanted.existing.from_on = wanted.from_on or wanted.existing.from_on
            if _HEADINGS["to_on"] in {change.column for change in row.changes}:
                wanted.existing.to_on = wanted.to_on
                wanted.existing.is_end_told = False
            changed.append(wanted.existing)
    RoleAssignment.objects.bulk_create(new, batch_size=1000)
    RoleAssignment.objects.bulk_update(changed, ["from_on", "to_on", "is_end_told"])
    if could_be_set_up and not _is_set_up_by_somebody():
        raise NobodyLeftToSetUp


def _by_row(error: RowError) -> tuple[int, str]:
    return error.row, error.column


def _doubled(roster: Roster) -> Iterator[RowError]:
    def key(row: RosterRow) -> tuple[str, str, str]:
        return row["email"].lower(), row["unit"], row["role"].casefold()

    counted = Counter(key(row) for row in roster.rows)
    for row in roster.rows:
        if counted[key(row)] > 1:
            yield RowError(row.number, "", _("Several rows give the same person the same role in the same unit."))


def _faults(row: RosterRow, units: Mapping[str, Unit]) -> Iterator[RowError]:
    """What is wrong in a row by itself."""
    if not is_email(row["email"]):
        yield RowError(row.number, _HEADINGS["email"], _("This is not an e-mail address."))
    if not row["name"]:
        yield RowError(row.number, _HEADINGS["name"], _("This must be filled in."))
    elif len(row["name"]) > 150:
        yield RowError(row.number, _HEADINGS["name"], _("This is too long."))
    if row["unit"] not in units:
        yield RowError(row.number, _HEADINGS["unit"], _("No open unit has this id. Import the units first."))
    if role_meant(row["role"]) is None:
        yield RowError(row.number, _HEADINGS["role"], _("No role is called this."))
    days = {column: day_meant(row[column]) for column in ("from_on", "to_on")}
    for column, day in days.items():
        if row[column] and day is None:
            yield RowError(row.number, _HEADINGS[column], _("Write the day as 2026-11-22 or 22.11.2026."))
    first, last = days["from_on"] or clock.today(), days["to_on"]
    if last is not None and row["from_on"] and last < first:
        yield RowError(row.number, _HEADINGS["to_on"], _("The last day cannot come before the first."))


def _wanted(row: RosterRow, units: Mapping[str, Unit]) -> _Wanted:
    role = role_meant(row["role"])
    assert role is not None  # noqa: S101 -- _faults has refused the row otherwise
    return _Wanted(
        email=row["email"].lower(),
        name=row["name"],
        unit=units[row["unit"]],
        role=role,
        from_on=day_meant(row["from_on"]),
        to_on=day_meant(row["to_on"]),
    )


def _held(units: Mapping[str, Unit]) -> dict[Key, list[RoleAssignment]]:
    held: dict[Key, list[RoleAssignment]] = {}
    assignments = RoleAssignment.objects.filter(unit__in=[unit.pk for unit in units.values()])
    for each in assignments.order_by("from_on"):
        held.setdefault((each.user_id, each.unit_id, each.role), []).append(each)
    return held


def _overlaps(assignment: RoleAssignment, wanted: _Wanted) -> bool:
    """Whether a period that there is, is the one that the row means: they share a day."""
    first = wanted.from_on or clock.today()
    if wanted.from_on is None and wanted.to_on is not None:
        first = min(first, wanted.to_on)
    begins_in_time = wanted.to_on is None or assignment.from_on <= wanted.to_on
    return begins_in_time and (assignment.to_on is None or assignment.to_on >= first)


def _planned(number: int, wanted: _Wanted, existing: RoleAssignment | None, columns: frozenset[str]) -> PlannedRow:
    subject = f"{wanted.name}, {role_heading(wanted.role)}, {wanted.unit.name}"
    if existing is None:
        return PlannedRow(number, Action.NEW, subject, target=wanted)
    changes: list[Change] = []
    if wanted.from_on is not None and wanted.from_on != existing.from_on:
        changes.append(Change(_HEADINGS["from_on"], existing.from_on.isoformat(), wanted.from_on.isoformat()))
    if "to_on" in columns and wanted.to_on != existing.to_on:
        changes.append(Change(_HEADINGS["to_on"], _shown(existing.to_on), _shown(wanted.to_on)))
    target = _Wanted(**{**vars(wanted), "existing": existing})
    return PlannedRow(number, Action.CHANGED if changes else Action.UNCHANGED, subject, tuple(changes), target=target)


def _shown(day: date | None) -> str:
    return day.isoformat() if day else ""


def _is_set_up_by_somebody() -> bool:
    today = clock.today()
    setters_up = RoleAssignment.objects.filter(holds_on(today), role__in=SETTERS_UP)
    return setters_up.filter(user__is_active=True, user__is_service=False).exists()
