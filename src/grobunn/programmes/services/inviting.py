"""Invites many at once: the leaders of units, or everybody in a file. A file is tried first, then done as shown."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.kernel import audit, clock
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.models import LEADER_LINE, Municipality, RoleAssignment, Unit
from grobunn.organisations.queries import descendant_ids, holds_on, open_units
from grobunn.organisations.services.rosters.columns import Column
from grobunn.organisations.services.rosters.plan import RowError
from grobunn.organisations.services.rosters.reading import RosterRow, read_roster
from grobunn.programmes.models import Cohort, Enrolment, EnrolmentFile
from grobunn.programmes.services.enrolling import Invitee, invite, take_in

KEPT_HOURS = 24
COLUMNS = (
    Column("email", "e-post", ("epost", "e-postadresse", "email", "e-mail"), is_required=True),
    Column("name", "navn", ("namn", "name"), is_required=True),
    Column("unit", "enhet", ("enhet-id", "eining", "eining-id", "unit", "unit id")),
    Column("leader_level", "ledernivå", ("leiarnivå", "nivå", "leader level", "level")),
    Column("organisation", "organisasjon", ("virksomhet", "verksemd", "firma", "organisation")),
)


class FileHasErrors(TransitionRefused):
    """A file with errors was to be imported."""


@dataclass(frozen=True)
class Tried:
    """What a file does. Takes: new, taken_in and in_line, how many; known, how many have a place or an invitation."""

    new: int
    known: int
    taken_in: int
    in_line: int
    errors: Sequence[RowError]


class _TakenBack(Exception):  # noqa: N818 -- no error: it ends a trial
    """The trial is over: nothing of it stays."""


def leaders_of(
    municipality: Municipality, *, unit_ids: Collection[UUID], levels: Collection[int] = ()
) -> list[Invitee]:
    """Everybody who leads one of the units, or a unit below, today; by name.

    Takes: levels, of the units that they lead; none, every level.
    """
    under = set(unit_ids) | set(descendant_ids(unit_ids, municipality_id=municipality.pk))
    rows = RoleAssignment.objects.filter(
        holds_on(clock.today()), municipality=municipality, role__in=LEADER_LINE, unit__in=under, user__is_active=True
    ).select_related("user", "unit")
    if levels:
        rows = rows.filter(unit__leader_level__in=levels)
    found = {
        row.user.email: Invitee(
            name=row.user.name, email=row.user.email, unit=row.unit, leader_level=row.unit.leader_level
        )
        for row in rows.order_by("-unit__leader_level", "id")
    }
    return sorted(found.values(), key=lambda each: each.name)


def keep_file(cohort: Cohort, *, content: bytes, file_name: str, takes_in: bool, sent_by: User) -> EnrolmentFile:
    """Keep a file until it is done with, a day at most. Raises: RosterUnreadable. Effects: row."""
    read_roster(content, file_name=file_name, columns=COLUMNS)
    return EnrolmentFile.objects.create(
        municipality_id=cohort.municipality_id,
        cohort=cohort,
        content=content,
        file_name=file_name[:200],
        takes_in=takes_in,
        sent_by=sent_by,
    )


def try_file(file: EnrolmentFile, *, actor: Actor) -> Tried:
    """Do what a file asks and take all of it back: what is shown is what would happen. Raises: RosterUnreadable."""
    tried: list[Tried] = []
    try:
        with transaction.atomic():
            tried.append(_done(file, actor=actor))
            raise _TakenBack
    except _TakenBack:
        return tried[0]


def import_file(file: EnrolmentFile, *, actor: Actor) -> Tried:
    """Do all that a file asks, or nothing where a row is wrong. Imported again, it changes nothing.

    Raises:  FileHasErrors, RosterUnreadable; PermissionDenied.
    Effects: rows, history, events, audit; the file is forgotten.
    """
    with transaction.atomic():
        done = _done(file, actor=actor)
        if done.errors:
            raise FileHasErrors(_("Nothing is imported. Put the errors in the file right and send it again."))
        audit.record(
            "programmes.import",
            actor=actor,
            subject=file.cohort,
            municipality_id=file.municipality_id,
            data={"new": done.new, "known": done.known},
        )
        file.delete()
    return done


def _done(file: EnrolmentFile, *, actor: Actor) -> Tried:
    roster = read_roster(bytes(file.content), file_name=file.file_name, columns=COLUMNS)
    cohort = file.cohort
    with scope(municipality=file.municipality_id):
        errors = list(roster.errors)
        invitees = list(_invitees(roster.rows, cohort, errors))
        made = invite(cohort, invitees, actor=actor)
        taken = take_in(cohort, made, actor=actor) if file.takes_in else []
    return Tried(
        new=len(made),
        known=len(invitees) - len(made),
        taken_in=sum(each.state == "enrolled" for each in taken),
        in_line=sum(each.state == "waiting" for each in taken),
        errors=sorted(errors, key=lambda error: error.row),
    )


def _invitees(rows: Iterable[RosterRow], cohort: Cohort, errors: list[RowError]) -> Iterator[Invitee]:
    """The people of a file; what is wrong with a row is added to the errors."""
    units: dict[str, Unit] = {}
    for unit in open_units(cohort.municipality_id):
        units |= {key.casefold(): unit for key in (unit.name, unit.slug, unit.external_id) if key}
    seen: dict[str, int] = {}
    for row in rows:
        wrong = list(_faults(row, units, seen))
        errors.extend(wrong)
        if wrong:
            continue
        email = row["email"].lower()
        seen[email] = row.number
        its = units.get(row["unit"].casefold())
        level = int(row["leader_level"]) if row["leader_level"] else its.leader_level if its else None
        yield Invitee(
            name=row["name"][:150],
            email=email,
            unit=its,
            leader_level=level,
            organisation=row["organisation"][:150],
            is_external=bool(row["organisation"]) and its is None,
        )


def _faults(row: RosterRow, units: dict[str, Unit], seen: dict[str, int]) -> Iterator[RowError]:
    """What is wrong with a row, in words that say what to do."""
    email = row["email"].lower()
    try:
        validate_email(email)
    except ValidationError:
        yield RowError(row.number, "e-post", _("“%(text)s” is no e-mail address.") % {"text": row["email"]})
    if email in seen:
        yield RowError(row.number, "e-post", _("The same address stands in row %(row)d.") % {"row": seen[email]})
    if not row["name"]:
        yield RowError(row.number, "navn", _("The name is missing."))
    if row["unit"] and row["unit"].casefold() not in units:
        words = _("There is no unit called “%(text)s”. Use its name or its id, or leave it empty.")
        yield RowError(row.number, "enhet", words % {"text": row["unit"]})
    level = row["leader_level"]
    if level and not (level.isdecimal() and 1 <= int(level) <= 9):
        yield RowError(row.number, "ledernivå", _("The leader level is a number from 1 to 9."))


def forget_files() -> None:
    """Remove files that nobody has imported within a day; they hold names and addresses. Effects: rows."""
    with scopes_disabled():
        EnrolmentFile.objects.filter(sent_at__lt=clock.now() - timedelta(hours=KEPT_HOURS)).delete()


def known_emails(cohort: Cohort) -> set[str]:
    """The addresses that have a place or an invitation."""
    return set(Enrolment.objects.filter(cohort=cohort).values_list("email", flat=True))
