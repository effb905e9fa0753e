"""Who decides at a gate: the owner, or the next leader above who is there."""

from grobunn.accounts.models import User
from grobunn.initiatives.models import Initiative
from grobunn.methods.shapes import Gate
from grobunn.organisations.queries import next_leader


def decider_of(initiative: Initiative, gate: Gate) -> User | None:
    """Whoever is asked to decide; None where nobody is there. No SQL for the owner."""
    if gate.decided_by == "owner":
        return initiative.owner
    return next_leader(initiative.owner_unit, initiative.owner_role, municipality=initiative.municipality).user
