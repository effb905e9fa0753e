"""The ways on when there is no room: say that there is more and begin, or wait for room."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.capacity.queries.loads import declared_in
from grobunn.capacity.queries.room import Line, shortfalls_of
from grobunn.capacity.services.declare import raise_capacity
from grobunn.capacity.services.queue import join_queue
from grobunn.capacity.services.reserve import lock_sources
from grobunn.ideas.models import Idea
from grobunn.ideas.services.answer import park
from grobunn.ideas.waking import WaitsFor
from grobunn.initiatives.claims import claim_of_idea
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.services.start import Beginning, NotReadyToStart, lock_numbers, start_initiative
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.organisations.models import Municipality, Unit


def raise_and_start(
    municipality: Municipality, *, beginning: Beginning, ideas: Sequence[Idea], reason: str, actor: Actor
) -> Initiative:
    """Say that there is as much more as is missing, and begin, or neither.

    Takes:   reason, why there is more: kept, and read by those who plan.
    Raises:  NotReadyToStart, RaiseMustRaise, PermissionDenied, what beginning raises: then nothing has changed.
    Effects: as `raise_capacity` for each shortfall, and as `start_initiative`.
    """
    if not beginning.lines:
        raise NotReadyToStart(_("Say what help it needs, and how much."), field="lines")
    claim = claim_of_idea(ideas[0], unit=beginning.unit) if ideas else None
    with transaction.atomic(), scope(municipality=municipality.pk):
        lock_numbers(municipality)
        lock_sources(line.source.pk for line in beginning.lines)
        for short in shortfalls_of(list(beginning.lines)):
            raise_capacity(
                short.source,
                quarter=short.quarter,
                amount=declared_in(short.source, short.quarter) + short.missing,
                reason=reason,
                actor=actor,
                claim=claim,
            )
        return start_initiative(municipality, beginning=beginning, ideas=ideas, actor=actor)


def wait_for_room(
    idea: Idea, *, unit: Unit, lines: Sequence[Line], until: date, reason: str, actor: Actor
) -> StateChange:
    """Park an idea until there is room for what it needs, at the latest until a day; it stands in the queue meanwhile.

    Raises:  what parking raises.
    Effects: as `park`, and as `join_queue`.
    """
    with transaction.atomic(), scope(municipality=idea.municipality_id):
        change = park(idea, actor=actor, until=until, reason=reason, waits_for=WaitsFor.CAPACITY)
        join_queue(claim_of_idea(idea, unit=unit), lines=lines)
    return change
