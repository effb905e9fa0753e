"""A roster from its upload to its end: kept for the preview, done as shown, forgotten."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.kernel import audit, clock
from grobunn.organisations.errors import SetUpRefused
from grobunn.organisations.models import Municipality, RosterKind, RosterUpload
from grobunn.organisations.services.rosters.columns import PEOPLE_COLUMNS, UNIT_COLUMNS, Column
from grobunn.organisations.services.rosters.people import plan_people, write_people
from grobunn.organisations.services.rosters.plan import Plan
from grobunn.organisations.services.rosters.reading import Roster, read_roster
from grobunn.organisations.services.rosters.units import plan_units, write_units
from grobunn.organisations.services.rosters.writing import Row, people_rows, unit_rows

KEPT_HOURS = 24


class PlanChanged(SetUpRefused):
    """Something has changed since the preview was shown."""

    def __init__(self) -> None:
        super().__init__(_("Something has changed since you saw this. Look through it once more."))


class PlanHasErrors(SetUpRefused):
    """A file with errors was to be imported."""

    def __init__(self) -> None:
        super().__init__(_("Nothing has been imported. Put the errors in the file right and upload it again."))


class SomethingCollides(SetUpRefused):
    """The database refused what the plan had not seen."""

    def __init__(self) -> None:
        super().__init__(_("Nothing has been imported: somebody changed the same things meanwhile. Try again."))


@dataclass(frozen=True)
class Roll:
    """One kind of roster: its columns, how it is planned, written and read out again."""

    columns: Sequence[Column]
    plan: Callable[[Municipality, Roster], Plan]
    write: Callable[[Municipality, Plan], None]
    rows: Callable[[Municipality], Sequence[Row]]
    file_name: str


ROLLS: dict[str, Roll] = {
    RosterKind.UNITS: Roll(UNIT_COLUMNS, plan_units, write_units, unit_rows, "enheter"),
    RosterKind.PEOPLE: Roll(PEOPLE_COLUMNS, plan_people, write_people, people_rows, "folk"),
}


def keep_roster(
    municipality: Municipality, *, kind: str, content: bytes, file_name: str, uploaded_by: User
) -> RosterUpload:
    """Keep an uploaded roster until it is done with, a day at most.

    Raises:  RosterUnreadable.
    Effects: row.
    """
    read_roster(content, file_name=file_name, columns=ROLLS[kind].columns)
    return RosterUpload.objects.create(
        municipality=municipality, kind=kind, content=content, file_name=file_name[:200], uploaded_by=uploaded_by
    )


def plan_roster(upload: RosterUpload) -> Plan:
    """What a kept roster would do now. Raises: RosterUnreadable."""
    roll = ROLLS[upload.kind]
    roster = read_roster(bytes(upload.content), file_name=upload.file_name, columns=roll.columns)
    with scope(municipality=upload.municipality_id):
        return roll.plan(upload.municipality, roster)


def apply_roster(upload: RosterUpload, *, fingerprint: str, actor: User) -> Plan:
    """Do all of what the preview showed, or nothing.

    Takes:   fingerprint, of the plan that was shown.
    Returns: the plan that was done.
    Raises:  PlanHasErrors, PlanChanged, SomethingCollides, NobodyLeftToSetUp.
    Effects: rows, audit; the upload is forgotten.
    """
    municipality = upload.municipality
    try:
        with transaction.atomic(), scope(municipality=municipality.pk):
            Municipality.objects.select_for_update().only("pk").get(pk=municipality.pk)
            plan = plan_roster(upload)
            if plan.errors:
                raise PlanHasErrors
            if plan.fingerprint != fingerprint:
                raise PlanChanged
            ROLLS[upload.kind].write(municipality, plan)
            audit.record(
                f"organisations.import_{upload.kind}",
                actor=actor,
                subject=municipality,
                municipality_id=municipality.pk,
                data={"new": plan.new, "changed": plan.changed, "unchanged": plan.unchanged},
            )
            upload.delete()
    except IntegrityError as error:
        raise SomethingCollides from error
    return plan


def forget_rosters() -> None:
    """Remove uploads that nobody has imported within a day; they hold names and addresses."""
    with scopes_disabled():
        RosterUpload.objects.filter(uploaded_at__lt=clock.now() - timedelta(hours=KEPT_HOURS)).delete()
