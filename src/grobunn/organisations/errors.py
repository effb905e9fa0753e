"""What is refused, and what the user can do about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class SetUpRefused(Exception):  # noqa: N818 -- a business refusal, named for what happened
    """A change of the set-up that cannot be done.

    Takes: message, what happened and what to do next; field, the form's field that it belongs to.
    """

    def __init__(self, message: str | Promise, *, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


class UnitBelowItself(SetUpRefused):
    """A unit was to be moved into itself or below itself."""

    def __init__(self) -> None:
        super().__init__(_("A unit cannot lie below itself. Choose another unit."), field="parent")


class ParentElsewhere(SetUpRefused):
    """The unit above is closed or belongs to another municipality."""

    def __init__(self) -> None:
        super().__init__(_("The unit above must be an open unit of the same municipality."), field="parent")


class AddressTaken(SetUpRefused):
    """Another unit has the address, or Grobunn uses it itself."""

    def __init__(self) -> None:
        super().__init__(_("This address is in use. Choose another."), field="slug")


class ExternalIdTaken(SetUpRefused):
    """Another unit has the id of the payroll system."""

    def __init__(self) -> None:
        super().__init__(_("Another unit has this id. Each id belongs to one unit."), field="external_id")


class UnitHasUnitsBelow(SetUpRefused):
    """A unit was to be closed while units below it are open."""

    def __init__(self) -> None:
        super().__init__(_("There are open units below this one. Close or move them first."))


class RoleAlreadyHeld(SetUpRefused):
    """The person has the role in the unit in an overlapping time."""

    def __init__(self) -> None:
        super().__init__(_("The person already has this role in this unit at that time."), field="role")


class EndsBeforeStart(SetUpRefused):
    """A last day that comes before the first."""

    def __init__(self, field: str = "to_on") -> None:
        super().__init__(_("The last day cannot come before the first."), field=field)


class NobodyLeftToSetUp(SetUpRefused):
    """The last innovation adviser or chief executive was to lose the role."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nobody would be left who can set up the municipality. "
                "First make somebody else innovation adviser or chief executive."
            )
        )


class StandInUnfit(SetUpRefused):
    """The stand-in is the person, or has no role in the municipality."""

    def __init__(self) -> None:
        super().__init__(_("The stand-in must be another person with a role in the municipality."), field="stand_in")


class AwayAlready(SetUpRefused):
    """An absence that overlaps one already set."""

    def __init__(self) -> None:
        super().__init__(
            _("There is already an absence in this time. Remove it first, or choose other days."), field="from_on"
        )
