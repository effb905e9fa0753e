"""What organisations does by itself every night."""

from datetime import timedelta

from django.db import transaction
from django_scopes import scopes_disabled

from grobunn.kernel import clock, jobs
from grobunn.organisations.models import Absence, RoleAssignment
from grobunn.organisations.services.absence import tell_absence
from grobunn.organisations.services.roles import tell_end
from grobunn.organisations.services.rosters.uploads import forget_rosters

# That somebody was away is of use while a thread may be asked about; long enough for a quarter's questions.
ABSENCES_KEPT_DAYS = 90


# 00:15 UTC is past midnight in Norway, winter and summer.
@jobs.job("organisations.tell_ended_roles", every="15 0 * * *")
def tell_ended_roles(timestamp: int = 0) -> None:
    """Tell of every role whose last day has passed, so that what it held moves on."""
    with scopes_disabled():
        ended = RoleAssignment.objects.filter(is_end_told=False, to_on__lt=clock.today())
        for assignment in ended.iterator():
            with transaction.atomic():
                tell_end(assignment)


@jobs.job("organisations.tell_absences", every="20 0 * * *")
def tell_absences(timestamp: int = 0) -> None:
    """Tell of every absence that has begun."""
    with scopes_disabled():
        today = clock.today()
        begun = Absence.objects.filter(is_told=False, from_on__lte=today, to_on__gte=today)
        for absence in begun.iterator():
            with transaction.atomic():
                tell_absence(absence)


@jobs.job("organisations.forget_absences", every="25 0 * * *")
def forget_absences(timestamp: int = 0) -> None:
    """Remove absences that ended long ago."""
    with scopes_disabled():
        Absence.objects.filter(to_on__lt=clock.today() - timedelta(days=ABSENCES_KEPT_DAYS)).delete()


@jobs.job("organisations.forget_rosters", every="40 * * * *")
def forget_old_rosters(timestamp: int = 0) -> None:
    """Remove uploaded rosters that nobody has imported."""
    forget_rosters()
