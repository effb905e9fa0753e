"""What a team asks for, and what is missing before a yes is one press."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django_scopes import scope

from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line
from grobunn.juries.queries.members import member_of
from grobunn.kernel import clock, permissions
from grobunn.kernel.actors import Actor
from grobunn.pitching.models import Proposal, ProposalLine, Slot


@dataclass(frozen=True)
class Asked:
    """A team's proposal with its capacity. Takes: proposal, None where the team has written nothing yet."""

    slot: Slot
    proposal: Proposal | None
    lines: tuple[Line, ...]

    @property
    def missing(self) -> list[str]:
        """What lacks before it can be begun, in sentences."""
        return missing_in(self)

    @property
    def is_ready(self) -> bool:
        """Whether a yes is one press."""
        return not self.missing


def asked_of(slots: Sequence[Slot]) -> list[Asked]:
    """What some teams ask for. Two SQL whatever their number."""
    if not slots:
        return []
    with scope(municipality=slots[0].municipality_id):
        found = Proposal.objects.filter(slot__in=slots).select_related("unit", "owner", "owner_unit", "initiative")
        proposals = {each.slot_id: each for each in found}
        lines: dict[UUID, list[Line]] = {}
        rows = ProposalLine.objects.filter(proposal__slot__in=slots).order_by("quarter_on", "id")
        for row in rows.select_related("source__unit", "source__municipality"):
            line = Line(source=row.source, quarter=Quarter.of(row.quarter_on), amount=row.amount)
            lines.setdefault(row.proposal_id, []).append(line)
    return [_asked(slot, proposals.get(slot.pk), lines) for slot in slots]


def _asked(slot: Slot, proposal: Proposal | None, lines: dict[UUID, list[Line]]) -> Asked:
    if proposal is not None:
        proposal.slot = slot
    return Asked(slot=slot, proposal=proposal, lines=tuple(lines.get(proposal.pk, [])) if proposal else ())


def missing_in(asked: Asked) -> list[str]:
    """What lacks before it can be begun, in sentences."""
    proposal = asked.proposal
    lacks = [
        (asked.slot.team.idea_id, _("The team has no idea yet: choose one on the team’s page.")),
        (proposal and proposal.title, _("It has no title.")),
        (proposal and proposal.hypothesis, _("What do you hope that it gives? Say it in one sentence.")),
        (proposal and proposal.owner_id, _("Nobody owns it yet: ask a leader in the line.")),
        (proposal and proposal.milestone, _("It has no first milestone.")),
        (_lies_ahead(proposal), _("When is the first milestone reached? The day must lie ahead.")),
        (asked.lines, _("It does not say what help it needs.")),
    ]
    return [sentence for given, sentence in lacks if not given]


def _lies_ahead(proposal: Proposal | None) -> bool:
    return bool(proposal and proposal.milestone_due_on and proposal.milestone_due_on >= clock.today())


def may_read(actor: Actor, slot: Slot) -> bool:
    """Whether somebody may read what a team asks for, and what became of it.

    On the panel, whoever is impartial for the entry; besides, the team itself and whoever sets the day up.
    """
    if is_kept_from(actor, slot):
        return False
    return permissions.is_allowed("pitching.propose", actor, slot) or (
        slot.entry is not None and permissions.is_allowed("juries.open", actor, slot.entry)
    )


def is_kept_from(actor: Actor, slot: Slot) -> bool:
    """Whether somebody is on the panel and may not judge this one: then nothing of it is shown to them."""
    panel = slot.day.panel
    if panel is None or slot.entry is None or member_of(panel, actor) is None:
        return False
    slot.entry.panel = panel
    return not permissions.is_allowed("juries.open", actor, slot.entry)
