"""What a row of a project list means: the beginning of an initiative, or what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from grobunn.capacity.models import Source
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.capacity.queries.room import Line, shortfalls_of
from grobunn.capacity.queries.sources import sources_open_to
from grobunn.initiatives.services.start import Beginning
from grobunn.kernel import clock
from grobunn.methods.shapes import Method
from grobunn.organisations.models import LEADER_LINE, Municipality, RoleAssignment, Unit
from grobunn.organisations.queries import holds_on
from grobunn.organisations.services.rosters.reading import RosterRow, day_meant
from grobunn.portfolio.projects.columns import KINDS, stage_meant

_YEAR = re.compile(r"\b(20\d\d)\b")
_NUMBER = re.compile(r"(?:q|k|kv\.?|kvartal)?\s*([1-4])\.?\s*(?:kv|kvartal|q)?\b")
_LONGEST = 40


class RowIsWrong(Exception):  # noqa: N818 -- named for what it says
    """A row that cannot be imported. Takes: column, by its name; message, what to do."""

    def __init__(self, column: str, message: str | Promise) -> None:
        super().__init__(str(message))
        self.column = column
        self.message = message


@dataclass(frozen=True)
class Known:
    """What rows refer to, read once for a whole file."""

    units: Mapping[str, Unit]
    owners: Mapping[str, Sequence[RoleAssignment]]
    method: Method


def known_of(municipality: Municipality, *, method: Method) -> Known:
    """The units by name, address and id, and the leaders by e-mail and name; two SQL."""
    with scopes_disabled():
        units: dict[str, Unit] = {}
        for unit in Unit.objects.filter(municipality=municipality, closed_on__isnull=True).order_by("-id"):
            units |= {key.casefold(): unit for key in (unit.name, unit.slug, unit.external_id) if key}
        owners: dict[str, list[RoleAssignment]] = {}
        held = RoleAssignment.objects.filter(holds_on(clock.today()), municipality=municipality, role__in=LEADER_LINE)
        for assignment in held.select_related("user", "unit").order_by("id"):
            for key in {assignment.user.email.casefold(), assignment.user.name.casefold()}:
                owners.setdefault(key, []).append(assignment)
    return Known(units=units, owners=owners, method=method)


def beginning_of(row: RosterRow, *, known: Known, reserves: bool) -> Beginning:
    """What a row is to become. Takes: reserves, whether it asks for capacity. Raises: RowIsWrong."""
    unit = known.units.get(_said(row, "unit").casefold())
    if unit is None:
        raise RowIsWrong("unit", _("No open unit has this name or id. Write it as it stands under Units."))
    owner = _owner(row, known, unit)
    stage = stage_meant(row["stage"])
    if stage is None:
        raise RowIsWrong("stage", _("Write idea, triage, concept, pilot, implementation, operation or benefits."))
    day = day_meant(_said(row, "milestone_on"))
    if day is None:
        raise RowIsWrong("milestone_on", _("This is no date. Write it as 22.11.2026."))
    first = quarter_meant(_said(row, "first"))
    last = quarter_meant(row["last"]) if row["last"] else first
    if first is None or last is None:
        raise RowIsWrong("first" if first is None else "last", _("This is no quarter. Write it as 2027-1."))
    if last < first or last - first > _LONGEST:
        raise RowIsWrong("last", _("The last quarter comes before the first, or more than ten years later."))
    return Beginning(
        title=_said(row, "title")[:120],
        hypothesis=_said(row, "hypothesis")[:400],
        unit=unit,
        owner=owner.user,
        owner_role=owner.role,
        owner_unit=owner.unit,
        milestone=_said(row, "milestone")[:200],
        milestone_due_on=day,
        method=known.method,
        phase=known.method.phase_of_stage(stage).key,
        lines=_lines(row, unit=unit, first=first, last=last) if reserves else (),
        reason=str(_("Was under way before Grobunn; taken over from the list of projects.")),
        external_id=external_id_of(row),
        takes_over=first,
    )


def external_id_of(row: RosterRow) -> str:
    """By what a row is known again: its id, else its title and unit."""
    return (row["external_id"] or f"{row['title']}|{row['unit']}".casefold())[:100]


def quarter_meant(text: str) -> Quarter | None:
    """The quarter of 2027-1, Q1 2027, 1. kvartal 2027, or of a day; None for anything else."""
    day = day_meant(text)
    if day is not None:
        return Quarter.of(day)
    year = _YEAR.search(text)
    number = _NUMBER.search(_YEAR.sub(" ", text.casefold()).replace("-", " ").strip())
    return Quarter(int(year[1]), int(number[1])) if year and number else None


def _said(row: RosterRow, column: str) -> str:
    if not row[column]:
        raise RowIsWrong(column, _("This is empty. Fill it in."))
    return row[column]


def _owner(row: RosterRow, known: Known, unit: Unit) -> RoleAssignment:
    found = known.owners.get(_said(row, "owner").casefold(), ())
    people: set[UUID] = {each.user_id for each in found}
    if not found:
        raise RowIsWrong("owner", _("Nobody of this name or address leads anything here. Write the leader's e-mail."))
    if len(people) > 1:
        raise RowIsWrong("owner", _("Several leaders have this name. Write the e-mail address."))
    return next((each for each in found if each.unit_id == unit.pk), found[0])


def _lines(row: RosterRow, *, unit: Unit, first: Quarter, last: Quarter) -> list[Line]:
    """The help that a row asks for, from the present quarter on: of the source that has room, else of any."""
    begin = max(first, Quarter.now())
    lines: list[Line] = []
    for kind in KINDS:
        amount = _amount(row, kind)
        if not amount or last < begin:
            continue
        sources = list(sources_open_to(unit).filter(kind=kind))
        if not sources:
            raise RowIsWrong(kind, _("No source of this help is open to the unit. Declare one, or leave it empty."))
        wanted = [_of(source, amount, begin=begin, last=last) for source in sources]
        lines += next((each for each in wanted if not shortfalls_of(each)), wanted[0])
    return lines


def _of(source: Source, amount: Decimal, *, begin: Quarter, last: Quarter) -> list[Line]:
    return [Line(source=source, quarter=quarter, amount=amount) for quarter in quarters_from(begin, last - begin + 1)]


def _amount(row: RosterRow, kind: str) -> Decimal:
    try:
        amount = Decimal(row[kind].replace(" ", "").replace(",", ".") or "0")
    except InvalidOperation:
        raise RowIsWrong(kind, _("This is no number. Write a figure for each quarter, such as 40.")) from None
    if not 0 <= amount < 1_000_000:
        raise RowIsWrong(kind, _("This is no number. Write a figure for each quarter, such as 40."))
    return amount
