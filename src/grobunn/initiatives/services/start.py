"""Begins an initiative: an owner in the line, a first milestone, a hypothesis and capacity, or nothing at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.capacity.claims import Claim
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line
from grobunn.capacity.services.queue import leave_queue
from grobunn.capacity.services.reserve import lock_sources, reserve
from grobunn.ideas.models import Idea
from grobunn.ideas.services.answer import start as start_idea
from grobunn.ideas.states import MESSAGES as IDEA_MESSAGES
from grobunn.ideas.states import IdeaState
from grobunn.initiatives.events import IdeaJoined, InitiativeStarted
from grobunn.initiatives.models import Feed, Initiative, Milestone, NumberSeries
from grobunn.initiatives.services.owners import lock_owner
from grobunn.initiatives.services.steps import acting_as
from grobunn.initiatives.states import MACHINE, InitiativeState
from grobunn.kernel import clock, events, ids, permissions, statemachine
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import SomebodyWasFirst, TransitionRefused
from grobunn.methods.shapes import Method
from grobunn.organisations.models import Municipality, Unit

SORT = "initiative"


class NotReadyToStart(TransitionRefused):
    """What an initiative must have is missing. `field` names where to give it."""

    def __init__(self, message: object, *, field: str) -> None:
        super().__init__(str(message))
        self.field = field


@dataclass(frozen=True)
class Beginning:
    """What somebody decided that an initiative is to be.

    Takes: unit, that carries it; owner with a role in the line of owner_unit; lines, the capacity that it holds, the
           first of them in the quarter in which it begins; key, of the form; takes_over, for what was under way before
           Grobunn: the quarter in which it began, and then it may hold no capacity yet.
    """

    title: str
    hypothesis: str
    unit: Unit
    owner: User
    owner_role: str
    owner_unit: Unit
    milestone: str
    milestone_due_on: date
    method: Method
    phase: str
    lines: Sequence[Line]
    reason: str
    summary: str = ""
    visibility: str = ""
    report_weeks: int = 4
    key: UUID | None = None
    external_id: str = ""
    is_synthetic: bool = False
    takes_over: Quarter | None = None


def start_initiative(
    municipality: Municipality, *, beginning: Beginning, ideas: Sequence[Idea] = (), actor: Actor
) -> Initiative:
    """Begin work on one or more ideas, with capacity reserved. Sent twice with the same key, it is begun once.

    Takes:   ideas of the municipality that the actor handles; none only where the caller checked `initiatives.import`.
    Raises:  NotReadyToStart, CapacityExceeded, what reserving and answering an idea raise: then nothing has changed.
    Effects: row, milestone, reservations, feeds, history, audit, the ideas' answers, InitiativeStarted.
    """
    _check(beginning)
    for idea in ideas:
        permissions.check("ideas.handle", actor, idea)
    with transaction.atomic(), scope(municipality=municipality.pk):
        series = lock_numbers(municipality)
        known = Initiative.objects.filter(key=beginning.key).first() if beginning.key else None
        if known is not None:
            return known
        lock_sources(line.source.pk for line in beginning.lines)
        if lock_owner(beginning.owner.pk, role=beginning.owner_role, unit=beginning.owner_unit) is None:
            raise NotReadyToStart(_("The owner is somebody in the line: choose a leader."), field="owner")
        series.last += 1
        series.save(update_fields=["last"])
        initiative = _written(municipality, beginning, number=series.last)
        if beginning.lines:
            reserve(claim_of(initiative), lines=beginning.lines, actor=actor)
        Milestone.objects.create(
            municipality=municipality,
            initiative=initiative,
            title=beginning.milestone,
            due_on=beginning.milestone_due_on,
            made_by_id=actor.pk,
        )
        statemachine.record_change(
            MACHINE,
            initiative,
            edge_name="create",
            to_state=initiative.state,
            actor=actor,
            reason=beginning.reason.strip(),
            data={
                **acting_as(initiative, actor),
                "owner_role": initiative.owner_role,
                "owner_unit": str(initiative.owner_unit_id),
                "stage": initiative.stage,
                "role": initiative.owner_role,
                "unit": initiative.owner_unit.name,
                "quarter": Quarter.of(initiative.first_quarter_on).code,
                "ideas": [str(idea.pk) for idea in ideas],
            },
        )
        for idea in ideas:
            _feed(initiative, idea, actor=actor, reason=beginning.reason)
        events.publish(InitiativeStarted(initiative_id=initiative.pk, municipality_id=municipality.pk))
    return initiative


def join_idea(initiative: Initiative, idea: Idea, *, actor: Actor, reason: str) -> Feed:
    """Let one more idea feed an initiative that is there already: its writer gets the same answer.

    Raises:  NotReadyToStart if the initiative has ended or is another municipality's; what answering an idea raises.
    Effects: feed, the idea's answer, IdeaJoined.
    """
    permissions.check("ideas.handle", actor, idea)
    if initiative.is_finished or initiative.municipality_id != idea.municipality_id:
        raise NotReadyToStart(
            _("That initiative has ended. Choose one that is under way, or start a new one."), field="into"
        )
    with transaction.atomic(), scope(municipality=initiative.municipality_id):
        feed = _feed(initiative, idea, actor=actor, reason=reason)
        events.publish(
            IdeaJoined(initiative_id=initiative.pk, municipality_id=initiative.municipality_id, idea_id=idea.pk)
        )
    return feed


def lock_numbers(municipality: Municipality) -> NumberSeries:
    """Make others wait who begin in the same municipality; always before sources are locked, so never in a ring."""
    series, _made = NumberSeries.objects.get_or_create(municipality=municipality)
    return NumberSeries.objects.select_for_update().get(pk=series.pk)


def claim_of(initiative: Initiative) -> Claim:
    """An initiative as capacity knows it."""
    return Claim(sort=SORT, id=initiative.pk, municipality_id=initiative.municipality_id, unit_id=initiative.unit_id)


def _check(beginning: Beginning) -> None:
    if not beginning.hypothesis.strip():
        raise NotReadyToStart(_("Say in one sentence what benefit is hoped for."), field="hypothesis")
    if not beginning.milestone.strip():
        raise NotReadyToStart(_("Name the first milestone: what is there when it is reached?"), field="milestone")
    if beginning.milestone_due_on < clock.today():
        raise NotReadyToStart(
            _("The first milestone lies ahead: choose today or a later date."), field="milestone_due_on"
        )
    if beginning.method.phase(beginning.phase) is None:
        raise NotReadyToStart(_("The method has no such phase. Choose another one."), field="phase")
    if not beginning.lines and beginning.takes_over is None:
        raise NotReadyToStart(_("Say what help it needs, and how much."), field="lines")


def _written(municipality: Municipality, beginning: Beginning, *, number: int) -> Initiative:
    phase = beginning.method.phase(beginning.phase) or beginning.method.first
    first = beginning.takes_over or min(line.quarter for line in beginning.lines)
    begins = max(clock.today(), first.first_day)
    return Initiative.objects.create(
        id=ids.new_id(),
        municipality=municipality,
        reference=f"{municipality.slug}-i{number}",
        state=InitiativeState.UNDERWAY,
        title=beginning.title.strip(),
        summary=beginning.summary.strip(),
        hypothesis=beginning.hypothesis.strip(),
        unit=beginning.unit,
        visibility=beginning.visibility or Initiative._meta.get_field("visibility").get_default(),
        first_quarter_on=first.first_day,
        external_id=beginning.external_id,
        key=beginning.key,
        is_synthetic=beginning.is_synthetic,
        owner=beginning.owner,
        owner_role=beginning.owner_role,
        owner_unit=beginning.owner_unit,
        method=beginning.method.key,
        method_edition=beginning.method.edition,
        phase=phase.key,
        stage=phase.stage,
        report_weeks=beginning.report_weeks,
        report_due_on=begins + timedelta(weeks=beginning.report_weeks),
    )


def _feed(initiative: Initiative, idea: Idea, *, actor: Actor, reason: str) -> Feed:
    feed, is_new = Feed.objects.get_or_create(
        idea=idea, defaults={"municipality_id": initiative.municipality_id, "initiative": initiative}
    )
    if not is_new:
        raise SomebodyWasFirst(IDEA_MESSAGES.somebody_was_first)
    leave_queue(idea.pk)
    # Ideas that were answered before anybody said who carries have their answer already.
    if idea.state != IdeaState.STARTED:
        start_idea(idea, actor=actor, reason=reason)
    return feed
