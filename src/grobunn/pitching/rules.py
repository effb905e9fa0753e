"""Who may do what with pitch days: predicates, and the one table of permissions."""

from typing import Any

import rules

from grobunn.juries.queries.members import member_of
from grobunn.juries.states import PanelPart
from grobunn.kernel.actors import SystemActor
from grobunn.kernel.permissions import Permission
from grobunn.organisations.models import Municipality, Role
from grobunn.organisations.queries import roles_of
from grobunn.pitching.models import PitchDay, Slot
from grobunn.programmes.queries.people import is_facilitator_of, is_on_team, place_of

Subject = PitchDay | Slot | Municipality | None


def _day(subject: Any) -> PitchDay | None:
    if isinstance(subject, Slot):
        return subject.day
    return subject if isinstance(subject, PitchDay) else None


@rules.predicate
def is_system(actor: Any, subject: Subject) -> bool:
    """The installation itself."""
    return isinstance(actor, SystemActor)


@rules.predicate
def is_adviser(actor: Any, subject: Subject) -> bool:
    """Innovation adviser of the municipality; with none named, of any."""
    if subject is None:
        return any(held.role == Role.INNOVATION_ADVISER for held in roles_of(actor).held)
    municipality_id = subject.pk if isinstance(subject, Municipality) else subject.municipality_id
    return roles_of(actor).has(Role.INNOVATION_ADVISER, municipality_id=municipality_id)


@rules.predicate
def is_member(actor: Any, subject: Subject) -> bool:
    """Has a role in the municipality; with none named, in any."""
    municipality_ids = roles_of(actor).municipality_ids
    if subject is None:
        return bool(municipality_ids)
    return (subject.pk if isinstance(subject, Municipality) else subject.municipality_id) in municipality_ids


@rules.predicate
def takes_part(actor: Any, subject: Subject) -> bool:
    """Takes part in the cohort that pitches, or leads it; with none named, could."""
    day = _day(subject)
    if day is None:
        return subject is None and getattr(actor, "pk", None) is not None
    return place_of(actor, day.cohort_id) is not None or is_facilitator_of(actor, day.cohort_id)


@rules.predicate
def leads_the_day(actor: Any, subject: Subject) -> bool:
    """Chairs the panel or is its secretary; with none named, could."""
    day = _day(subject)
    if day is None:
        return subject is None and getattr(actor, "pk", None) is not None
    member = member_of(day.panel, actor) if day.panel is not None else None
    return member is not None and member.part in (PanelPart.CHAIR, PanelPart.SECRETARY)


@rules.predicate
def judges(actor: Any, subject: Subject) -> bool:
    """Is on the panel; with none named, could be."""
    day = _day(subject)
    if day is None:
        return subject is None and getattr(actor, "pk", None) is not None
    return day.panel is not None and member_of(day.panel, actor) is not None


@rules.predicate
def is_on_the_team(actor: Any, slot: Slot | None) -> bool:
    """Is on the team that pitches; with none named, could be."""
    return getattr(actor, "pk", None) is not None and (slot is None or is_on_team(actor, slot.team_id))


PERMISSIONS = {
    "pitching.view": Permission(
        is_member | takes_part | judges, "Everybody with a role in the municipality, the cohort, and the panel."
    ),
    "pitching.make": Permission(is_adviser, "The municipality's innovation adviser."),
    "pitching.run": Permission(is_adviser | leads_the_day, "The innovation adviser, the panel's chair and secretary."),
    "pitching.propose": Permission(is_on_the_team | is_adviser, "The team that pitches, and the innovation adviser."),
    "pitching.decide": Permission(
        leads_the_day,
        "The panel's chair and secretary, of what is pitched to it; to raise capacity asks for its own permission.",
    ),
    "pitching.system": Permission(is_system, "The installation itself."),
}
