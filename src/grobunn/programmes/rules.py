"""Who may do what with programmes: predicates, and the one table of permissions."""

from typing import Any

import rules

from grobunn.kernel.actors import SystemActor
from grobunn.kernel.permissions import Permission
from grobunn.organisations.models import Municipality, Role
from grobunn.organisations.queries import roles_of
from grobunn.programmes.models import Cohort, Enrolment, Gathering, Programme, Team
from grobunn.programmes.queries.people import is_facilitator_of, is_on_team, place_of

Subject = Programme | Cohort | Gathering | Enrolment | Team | Municipality | None


def _municipality_id(subject: Any) -> Any:
    return subject.pk if isinstance(subject, Municipality) else subject.municipality_id


def _cohort_id(subject: Any) -> Any:
    """The cohort that something belongs to, None for a programme or a municipality."""
    return subject.pk if isinstance(subject, Cohort) else getattr(subject, "cohort_id", None)


@rules.predicate
def is_system(actor: Any, subject: Subject) -> bool:
    """The installation itself."""
    return isinstance(actor, SystemActor)


@rules.predicate
def is_adviser(actor: Any, subject: Subject) -> bool:
    """Innovation adviser of the municipality; with none named, of any."""
    if subject is None:
        return any(held.role == Role.INNOVATION_ADVISER for held in roles_of(actor).held)
    return roles_of(actor).has(Role.INNOVATION_ADVISER, municipality_id=_municipality_id(subject))


@rules.predicate
def is_member(actor: Any, subject: Subject) -> bool:
    """Has a role in the municipality; with none named, in any."""
    municipality_ids = roles_of(actor).municipality_ids
    return bool(municipality_ids) if subject is None else _municipality_id(subject) in municipality_ids


@rules.predicate
def takes_part(actor: Any, subject: Subject) -> bool:
    """Has a place, an invitation or a place in line in the cohort; with none named, could."""
    if subject is None:
        return getattr(actor, "pk", None) is not None
    cohort_id = _cohort_id(subject)
    return cohort_id is not None and place_of(actor, cohort_id) is not None


@rules.predicate
def facilitates(actor: Any, subject: Subject) -> bool:
    """Leads a gathering of the cohort, or coaches a team of it; with none named, could."""
    if subject is None:
        return getattr(actor, "pk", None) is not None
    cohort_id = _cohort_id(subject)
    return cohort_id is not None and is_facilitator_of(actor, cohort_id)


@rules.predicate
def is_own(actor: Any, enrolment: Enrolment | None) -> bool:
    """It is one's own place; with none named, could be."""
    return actor.pk is not None and (enrolment is None or enrolment.user_id == actor.pk)


@rules.predicate
def is_on(actor: Any, team: Team | None) -> bool:
    """Is on the team; with none named, could be."""
    return getattr(actor, "pk", None) is not None and (team is None or is_on_team(actor, team.pk))


PERMISSIONS = {
    "programmes.view": Permission(
        is_member | takes_part | facilitates,
        "Everybody with a role in the municipality; externals the cohort that they take part in.",
    ),
    "programmes.run": Permission(is_adviser, "The municipality's innovation adviser."),
    "programmes.facilitate": Permission(
        facilitates | is_adviser, "Who leads a gathering or coaches a team of the cohort, and the innovation adviser."
    ),
    "programmes.take_part": Permission(takes_part, "Whoever has a place in the cohort, or an invitation."),
    "programmes.answer": Permission(
        is_own | is_adviser | is_system, "The person whose place it is, and the innovation adviser."
    ),
    "programmes.evaluate": Permission(
        is_own | is_system, "The person whose place it is, and nobody for them; who has no account, by their own link."
    ),
    "programmes.see_team": Permission(
        is_on | facilitates | is_adviser, "Who is on the team, the cohort's facilitators, and the innovation adviser."
    ),
    "programmes.work": Permission(
        is_on | facilitates | is_adviser, "Who is on the team, the cohort's facilitators, and the innovation adviser."
    ),
    "programmes.system": Permission(is_system, "The installation itself."),
}
