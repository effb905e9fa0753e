"""Decides what becomes of a pitch: the outcome is written and carried out in one transaction, or neither is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import moved_by
from grobunn.ideas.models import Idea
from grobunn.ideas.queries.ideas import last_change
from grobunn.ideas.services import answer
from grobunn.ideas.services.undo import undo
from grobunn.ideas.states import MACHINE as IDEA_MACHINE
from grobunn.ideas.waking import WaitsFor
from grobunn.initiatives.forms.starting import USUAL_METHOD
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.services.start import Beginning, start_initiative
from grobunn.initiatives.services.ways import raise_and_start, wait_for_room
from grobunn.juries.models import Panel
from grobunn.juries.services.deciding import decide
from grobunn.kernel import clock, events, permissions
from grobunn.kernel.actors import Actor, Mandated
from grobunn.kernel.statemachine import NotPossibleNow, SomebodyWasFirst, TransitionRefused
from grobunn.methods.queries import method_of
from grobunn.pitching.events import PitchDecided
from grobunn.pitching.live import tell_room
from grobunn.pitching.models import PitchDay, Proposal, ProposalLine, Slot
from grobunn.pitching.queries.proposals import Asked, asked_of
from grobunn.pitching.states import SlotState

START, PARK, NO = "start", "park", "no"


class ProposalLacks(TransitionRefused):
    """Something is missing before the work can begin; each sentence of `missing` says what."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = tuple(missing)


@dataclass(frozen=True)
class Word:
    """What the panel says. Takes: reasons, for the minutes and the writer; version, of the entry as it was read."""

    reasons: str
    version: int | None = None


def start_pitch(slot: Slot, *, word: Word, actor: Actor, raise_reason: str = "", later: int = 0) -> Initiative:
    """Say yes: an initiative begins with what the team asked for, or nothing happens.

    Takes:   raise_reason, to say that there is as much more as is missing; later, begun so many quarters later.
    Raises:  ProposalLacks, CapacityExceeded, SomebodyWasFirst where it is decided otherwise; what beginning raises.
    Effects: as `start_initiative`; the entry's outcome, PitchDecided. Repeated, it gives what has begun.
    """
    at = clock.now()
    with transaction.atomic(), scope(municipality=slot.municipality_id):
        asked = _claimed(slot, actor)
        idea = _idea(slot)
        if asked.proposal is not None and asked.proposal.initiative is not None:
            return asked.proposal.initiative
        _refuse_decided(slot)
        beginning, by = _beginning(asked, word, later=later), _for_the_panel(slot, idea, actor)
        if raise_reason:
            begun = raise_and_start(
                slot.day.municipality, beginning=beginning, ideas=[idea], reason=raise_reason, actor=by
            )
        else:
            begun = start_initiative(slot.day.municipality, beginning=beginning, ideas=[idea], actor=by)
        Proposal.objects.filter(slot=slot).update(initiative=begun)
        if later:
            _move_lines(asked, later)
        _written(slot, START, word, actor, at)
    return begun


def park_pitch(
    slot: Slot,
    *,
    word: Word,
    until: date,
    actor: Actor,
    condition: str = "",
    waits_for: str = WaitsFor.DATE,
    waits_subject: str = "",
) -> None:
    """Park the team's idea until a day, or until what would wake it earlier; for capacity, it stands in the queue.

    Raises:  SomebodyWasFirst where it is decided otherwise; what parking raises.
    Effects: as `answer.park` or `wait_for_room`; the entry's outcome, PitchDecided. Repeated, it does nothing.
    """
    at = clock.now()
    with transaction.atomic(), scope(municipality=slot.municipality_id):
        asked = _claimed(slot, actor)
        if _is_decided_so(slot, PARK):
            return
        _refuse_decided(slot)
        idea = _idea(slot)
        by = _for_the_panel(slot, idea, actor)
        if waits_for == WaitsFor.CAPACITY:
            _refuse_lacking(asked)
            assert asked.proposal is not None  # noqa: S101 -- what lacks was refused above
            unit = asked.proposal.unit or idea.unit or slot.team.unit
            if unit is None:
                raise ProposalLacks([str(_("It does not say which unit carries it."))])
            wait_for_room(idea, unit=unit, lines=asked.lines, until=until, reason=word.reasons, actor=by)
        else:
            answer.park(
                idea,
                actor=by,
                until=until,
                reason=word.reasons,
                condition=condition,
                waits_for=waits_for,
                waits_subject=waits_subject,
            )
        _written(slot, PARK, word, actor, at)


def refuse_pitch(slot: Slot, *, word: Word, actor: Actor) -> None:
    """Say no. The writer of the idea gets the reasons as the answer, where the idea has none yet.

    Raises:  SomebodyWasFirst where it is decided otherwise; what answering raises.
    Effects: the idea's answer, the entry's outcome, PitchDecided. Repeated, it does nothing.
    """
    at = clock.now()
    with transaction.atomic(), scope(municipality=slot.municipality_id):
        _claimed(slot, actor)
        if _is_decided_so(slot, NO):
            return
        _refuse_decided(slot)
        idea = slot.team.idea
        if idea is not None and idea.state in IDEA_MACHINE.by_name["decline"].sources:
            answer.decline(idea, actor=_for_the_panel(slot, idea, actor), reason=word.reasons)
        _written(slot, NO, word, actor, at)


def take_back(slot: Slot, *, actor: Actor) -> None:
    """Undo a decision, within the minutes in which the idea's answer can be taken back.

    Raises:  NotPossibleNow, what undoing raises (somebody has read it, something has been done): nothing has changed.
    Effects: the initiative and its capacity go, the idea is as before, the entry has no outcome. Repeated: nothing.
    """
    with transaction.atomic(), scope(municipality=slot.municipality_id):
        _claimed(slot, actor)
        if slot.decided_at is None or slot.entry is None:
            return
        if slot.team.idea is not None:
            _take_back_answer(slot.team.idea, slot, edge=_EDGE_OF[slot.entry.outcome], actor=actor)
        Proposal.objects.filter(slot=slot).update(initiative=None)
        slot.entry = decide(slot.entry, outcome="", reasons="", actor=actor)
        Slot.objects.filter(pk=slot.pk).update(decided_at=None)
        slot.decided_at = None
        tell_room(slot.day_id)


_EDGE_OF = {START: "start", PARK: "park", NO: "decline"}


def _take_back_answer(idea: Idea, slot: Slot, *, edge: str, actor: Actor) -> None:
    """Undo the idea's answer, unless it was none, or has been undone on the idea's own thread."""
    change = last_change(idea)
    is_ours = change is not None and slot.decided_at is not None and change.at >= slot.decided_at
    if change is None or not is_ours:
        return
    if change.edge == edge:
        undo(idea, change=change, actor=actor)
    elif change.edge != "undo":
        raise NotPossibleNow(_("The idea has moved on since. Look at its thread for what has happened."))


def _claimed(slot: Slot, actor: Actor) -> Asked:
    """Let others wait who decide the same, and read it as it is now."""
    permissions.check("pitching.decide", actor, slot)
    if slot.entry is None:
        raise NotPossibleNow(_("The panel has no entry for this team yet: give it what the team has written."))
    slot.entry.panel = _panel_of(slot.day)
    permissions.check("juries.decide", actor, slot.entry)
    now = Slot.objects.select_for_update().get(pk=slot.pk)
    slot.decided_at, slot.state = now.decided_at, SlotState(now.state)
    slot.entry.refresh_from_db(fields=["outcome", "reasons", "version"])
    if slot.team.idea is not None:
        slot.team.idea.refresh_from_db()
    return asked_of([slot])[0]


def _panel_of(day: PitchDay) -> Panel:
    if day.panel is None:
        raise NotPossibleNow(_("The day has no panel yet."))
    return day.panel


def _for_the_panel(slot: Slot, idea: Idea, actor: Actor) -> Mandated:
    """Whoever leads the panel answers the writer of what is pitched to it, without handling ideas otherwise."""
    return Mandated(actor, subject_id=idea.pk, body=slot.day.name)


def _idea(slot: Slot) -> Idea:
    if slot.team.idea is None:
        raise ProposalLacks([str(_("The team has no idea yet: choose one on the team’s page."))])
    return slot.team.idea


def _is_decided_so(slot: Slot, outcome: str) -> bool:
    return slot.decided_at is not None and slot.entry is not None and slot.entry.outcome == outcome


def _refuse_decided(slot: Slot) -> None:
    if slot.decided_at is not None:
        raise SomebodyWasFirst(_("It was decided just before you. Look at what was decided."))


def _refuse_lacking(asked: Asked) -> None:
    if asked.missing:
        raise ProposalLacks(asked.missing)


def _beginning(asked: Asked, word: Word, *, later: int) -> Beginning:
    """What the team asked for, as an initiative begins."""
    _refuse_lacking(asked)
    proposal = asked.proposal
    method = method_of(asked.slot.municipality_id, proposal.method or USUAL_METHOD) if proposal else None
    if proposal is None or method is None or proposal.unit is None or proposal.milestone_due_on is None:
        raise ProposalLacks([str(_("It does not say which unit carries it."))])
    if proposal.owner is None or proposal.owner_unit is None:
        raise ProposalLacks([str(_("Nobody owns it yet: ask a leader in the line."))])
    idea = asked.slot.team.idea
    return Beginning(
        title=proposal.title,
        summary=proposal.summary,
        hypothesis=proposal.hypothesis,
        unit=proposal.unit,
        owner=proposal.owner,
        owner_role=proposal.owner_role,
        owner_unit=proposal.owner_unit,
        milestone=proposal.milestone,
        milestone_due_on=proposal.milestone_due_on,
        method=method,
        phase=method.first.key,
        lines=moved_by(asked.lines, later),
        reason=word.reasons,
        visibility=idea.visibility if idea else "",
        key=proposal.pk,
        is_synthetic=asked.slot.team.is_synthetic,
    )


def _move_lines(asked: Asked, later: int) -> None:
    """The proposal says what was reserved: minutes are read from it."""
    rows = list(ProposalLine.objects.filter(proposal=asked.proposal))
    ProposalLine.objects.filter(proposal=asked.proposal).delete()
    for row in rows:
        row.quarter_on = (Quarter.of(row.quarter_on) + later).first_day
    ProposalLine.objects.bulk_create(rows)


def _written(slot: Slot, outcome: str, word: Word, actor: Actor, at: datetime) -> None:
    """The outcome on the entry, on the slot, and to those who listen."""
    assert slot.entry is not None  # noqa: S101 -- refused where it is claimed
    slot.entry = decide(slot.entry, outcome=outcome, reasons=word.reasons, actor=actor, version=word.version)
    Slot.objects.filter(pk=slot.pk).update(decided_at=at)
    slot.decided_at = at
    events.publish(
        PitchDecided(
            slot_id=slot.pk,
            day_id=slot.day_id,
            municipality_id=slot.municipality_id,
            idea_id=slot.team.idea_id,
            outcome=outcome,
        )
    )
    tell_room(slot.day_id)
