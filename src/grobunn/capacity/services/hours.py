"""Hours that people tell of having helped: a few seconds a week, for the claim, corrected by whoever told them."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.capacity.claims import Claim, helped_by
from grobunn.capacity.models import HoursUsed, Reservation
from grobunn.capacity.quarters import Quarter
from grobunn.kernel import clock
from grobunn.kernel.statemachine import TransitionRefused

# Nobody works more than this in a week; a slip of the finger does.
MOST_HOURS = Decimal(80)
# What is older is in the quarter's figures, and few remember it.
WEEKS_BACK = 8
# The README tells people so: two years are what the yearly planning looks back at.
FORGOTTEN_AFTER_DAYS = 730


class HoursNotPossible(TransitionRefused):
    """Hours of a week to come, of one too long ago, or more than a week has."""


def tell_hours(user: User, *, claim_id: UUID, kind: str, week_on: date, hours: Decimal) -> HoursUsed:
    """Say how many hours one helped in a week; said again, the last figure holds. None at all is an answer too.

    Takes:   claim_id and kind, of something that the person helps with today; week_on, any day of the week.
    Raises:  HoursNotPossible; PermissionDenied of what one does not help with.
    Effects: row.
    """
    claim = _helped_claim(user, claim_id=claim_id, kind=kind)
    monday = monday_of(week_on)
    _check(monday, hours)
    with transaction.atomic(), scope(municipality=claim.municipality_id):
        used, _made = HoursUsed.objects.update_or_create(
            claim_id=claim.id,
            helper=user,
            kind=kind,
            week_on=monday,
            defaults={
                "municipality_id": claim.municipality_id,
                "claim_sort": claim.sort,
                "source_id": _source_of(claim, kind, Quarter.of(monday)),
                "hours": hours,
            },
        )
    return used


def monday_of(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def forget_helpers() -> int:
    """Remove the person from hours told long ago; the sum stays. Returns: of how many rows."""
    before = clock.today() - timedelta(days=FORGOTTEN_AFTER_DAYS)
    with scopes_disabled():
        return HoursUsed.objects.filter(week_on__lt=before, helper__isnull=False).update(helper=None)


def _helped_claim(user: User, *, claim_id: UUID, kind: str) -> Claim:
    for helped in helped_by(user.pk):
        if helped.claim.id == claim_id and kind in helped.kinds:
            return helped.claim
    raise PermissionDenied("capacity.tell_hours")


def _check(monday: date, hours: Decimal) -> None:
    this_week = monday_of(clock.today())
    if monday > this_week:
        raise HoursNotPossible(_("The week has not come yet."))
    if monday < this_week - timedelta(weeks=WEEKS_BACK):
        raise HoursNotPossible(_("The week is too long ago. Tell the hours of the last weeks."))
    if not 0 <= hours <= MOST_HOURS:
        raise HoursNotPossible(_("Between 0 and %(most)s hours a week.") % {"most": MOST_HOURS})


def _source_of(claim: Claim, kind: str, quarter: Quarter) -> UUID | None:
    """Whose hours they are: the source of that kind that the claim holds most of, in the quarter if it can be."""
    held = Reservation.objects.filter(claim_id=claim.id, source__kind=kind)
    here = held.filter(quarter_on=quarter.first_day).order_by("-amount", "source_id").first()
    any_time = here or held.order_by("-quarter_on", "-amount", "source_id").first()
    return any_time.source_id if any_time else None
