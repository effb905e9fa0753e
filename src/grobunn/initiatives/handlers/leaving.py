"""What follows when somebody leaves or is away, or a unit is closed: what they owned gets another owner."""

from grobunn.accounts.events import UserLeft
from grobunn.initiatives.services.owners import hand_over, hand_over_absent, hand_over_unit
from grobunn.kernel.events import subscribe
from grobunn.organisations.events import AbsenceSet, RoleEnded, UnitClosed


@subscribe(RoleEnded)
def give_on_what_the_role_owned(event: RoleEnded) -> None:
    """Who has lost the role that owns an initiative does not own it any more."""
    hand_over(event.user_id, why="role_ended")


@subscribe(UserLeft)
def give_on_what_they_owned(event: UserLeft) -> None:
    """Who was taken out of use owns nothing. An account that is deleted is seen to before it is gone (`receivers`)."""
    hand_over(event.user_id, why="left", without=[event.user_id])


@subscribe(AbsenceSet)
def give_on_while_away(event: AbsenceSet) -> None:
    """Who is away for long, with nobody to stand in, cannot answer for it."""
    hand_over_absent(event.municipality_id, event.user_id)


@subscribe(UnitClosed)
def give_on_what_the_unit_owned(event: UnitClosed) -> None:
    """A closed unit has no leaders."""
    hand_over_unit(event.unit_id)
