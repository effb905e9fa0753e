"""What those who completed a programme can do next: take a place in what follows after it."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor
from grobunn.programmes.models import Cohort, Enrolment, Programme
from grobunn.programmes.queries.alumni import alumni_of
from grobunn.programmes.services.enrolling import Invitee, NotTakingIn, join
from grobunn.programmes.states import EnrolmentState


def take_place(cohort: Cohort, completed: Enrolment, *, actor: Actor) -> Enrolment:
    """Take a place in a cohort that follows after what one completed, or stand in line. Repeated, it changes nothing.

    Raises:  NotTakingIn; PermissionDenied.
    Effects: row, history, Invited, EnrolmentStepped.
    """
    permissions.check("programmes.answer", actor, completed)
    follows = cohort.programme.follows_id == completed.cohort.programme_id
    if not (follows and cohort.takes_alumni and completed.state == EnrolmentState.COMPLETED):
        raise NotTakingIn(_("This cohort does not take anybody in now. Ask whoever runs the programme."))
    return join(cohort, _as_invitee(completed), actor=actor)


def completed_of(programme: Programme) -> list[Invitee]:
    """Those who completed a programme and are still here, as people to invite; by name."""
    with scope(municipality=programme.municipality_id):
        return list(_one_each(alumni_of(programme).order_by("name", "id")))


def _one_each(alumni: Iterable[Enrolment]) -> Iterable[Invitee]:
    """Each address once: somebody may have completed two cohorts."""
    return {each.email: each for each in map(_as_invitee, alumni)}.values()


def _as_invitee(completed: Enrolment) -> Invitee:
    """The person as they are now, where they have an account."""
    who = completed.user or completed
    return Invitee(
        name=who.name,
        email=who.email,
        unit=completed.unit,
        leader_level=completed.leader_level,
        organisation=completed.organisation,
        is_external=completed.is_external,
        is_synthetic=completed.is_synthetic,
    )
