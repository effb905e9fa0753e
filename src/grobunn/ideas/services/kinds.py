"""Writes which kinds of ideas a municipality asks for."""

from collections.abc import Sequence

from django.db import transaction

from grobunn.ideas.errors import KindsChangedMeanwhile
from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import Municipality
from grobunn.organisations.services.municipality import change_municipality


def set_kinds(municipality: Municipality, *, kinds: Sequence[str], seen: Sequence[str], actor: Actor) -> Municipality:
    """Ask for these kinds from now on, in this order.

    Takes:   kinds, none for all; seen, what the person saw before they chose.
    Returns: the municipality as it is now.
    Raises:  PermissionDenied; KindsChangedMeanwhile if somebody else has saved other kinds since.
    Effects: row, audit; nothing where that is what holds already.
    """
    permissions.check("ideas.set_up", actor, municipality)
    with transaction.atomic():
        row = Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
        if row.idea_kinds == list(kinds):
            return row
        if row.idea_kinds != list(seen):
            raise KindsChangedMeanwhile(row.idea_kinds)
        return change_municipality(row, actor=actor, changes={"idea_kinds": list(kinds)})
