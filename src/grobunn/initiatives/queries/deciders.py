"""Who decides at a gate: the owner, or the next leader above who is there; of somebody away, the stand-in."""

from grobunn.accounts.models import User
from grobunn.initiatives.models import Initiative
from grobunn.methods.shapes import Gate
from grobunn.organisations.queries import next_leader, stand_in_of


def decider_of(initiative: Initiative, gate: Gate) -> User | None:
    """Whoever is asked to decide; None where nobody is there. One SQL for the owner."""
    if gate.decided_by == "owner":
        return answering_for(initiative)
    return next_leader(initiative.owner_unit, initiative.owner_role, municipality=initiative.municipality).user


def answering_for(initiative: Initiative) -> User | None:
    """The owner; while the owner is away, whoever stands in. One SQL."""
    owner = initiative.owner
    if owner is None:
        return None
    return stand_in_of(owner.pk, municipality=initiative.municipality) or owner
