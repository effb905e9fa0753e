"""What one person wants to change in the routing, held against the rules as they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils import timezone

from grobunn.ideas.models import RoutingProposal, RoutingRule
from grobunn.ideas.queries.routing import as_data, fingerprint, rules_of
from grobunn.organisations.models import Unit
from grobunn.organisations.queries import linked_units

# Whoever has not touched a change for so long has forgotten what it was for.
PROPOSAL_KEPT = timedelta(days=30)


class Mark(StrEnum):
    """What a proposal does with a rule."""

    NONE = ""
    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Line:
    """A rule in its place in the list. Takes: number, from 1, as the thread of an idea names it."""

    rule: RoutingRule
    number: int
    mark: Mark


@dataclass(frozen=True)
class Proposal:
    """The rules as they are and as they are to be.

    Takes: row, None where nothing is proposed: then the two are the same.
    """

    row: RoutingProposal | None
    present: Sequence[RoutingRule]
    proposed: Sequence[RoutingRule]

    @property
    def is_outdated(self) -> bool:
        """Whether somebody else has saved other rules since it was begun."""
        return self.row is not None and self.row.based_on != fingerprint(self.present)

    @property
    def kept_until(self) -> date | None:
        """The last day on which it is there, if it is not changed again."""
        return None if self.row is None else timezone.localdate(self.row.changed_at + PROPOSAL_KEPT)

    @property
    def seen(self) -> str:
        """What a trial was made of: saved is what was tried, and nothing else."""
        return sha256(f"{fingerprint(self.present)} {fingerprint(self.proposed)}".encode()).hexdigest()

    @property
    def lines(self) -> list[Line]:
        """The rules as they are to be, each with what is done with it."""
        before = {rule.pk: as_data(rule) for rule in self.present}
        moved = _moved([rule.pk for rule in self.present], [rule.pk for rule in self.proposed])
        return [
            Line(rule=rule, number=number, mark=_mark(rule, before, moved))
            for number, rule in enumerate(self.proposed, start=1)
        ]

    @property
    def removed(self) -> list[RoutingRule]:
        """The rules that are to go."""
        kept = {rule.pk for rule in self.proposed}
        return [rule for rule in self.present if rule.pk not in kept]


def proposal_of(municipality_id: UUID, user_id: UUID) -> Proposal:
    """What somebody proposes in a municipality, or the rules as they are; at most three SQL."""
    present = rules_of(municipality_id)
    row = RoutingProposal.objects.filter(municipality_id=municipality_id, user_id=user_id, thrown_away_at=None).first()
    if row is None:
        return Proposal(row=None, present=present, proposed=present)
    units = linked_units(municipality_id, with_closed=True)
    proposed = [_rule(row, data, position, units) for position, data in enumerate(row.rules, start=1)]
    return Proposal(row=row, present=present, proposed=[rule for rule in proposed if rule is not None])


def _rule(
    row: RoutingProposal, data: Mapping[str, Any], position: int, units: Mapping[UUID, Unit]
) -> RoutingRule | None:
    """A proposed rule that is not saved; None where a unit is gone: without its condition it would take everything."""
    unit_ids = {name: UUID(data[name]) for name in ("unit", "to") if data[name]}
    if not units.keys() >= set(unit_ids.values()):
        return None
    return RoutingRule(
        id=UUID(data["id"]),
        municipality_id=row.municipality_id,
        position=position,
        unit=units[unit_ids["unit"]] if "unit" in unit_ids else None,
        kind=data["kind"],
        words=data["words"],
        receiver_role=data["role"],
        receiver_unit=units[unit_ids["to"]] if "to" in unit_ids else None,
    )


def _mark(rule: RoutingRule, before: Mapping[UUID, Mapping[str, Any]], moved: frozenset[UUID]) -> Mark:
    if rule.pk not in before:
        return Mark.NEW
    if before[rule.pk] != as_data(rule):
        return Mark.CHANGED
    return Mark.MOVED if rule.pk in moved else Mark.NONE


def _moved(before: Sequence[UUID], after: Sequence[UUID]) -> frozenset[UUID]:
    """The rules that are no longer in the order that the others have kept."""
    common = set(before) & set(after)
    old, new = [pk for pk in before if pk in common], [pk for pk in after if pk in common]
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    kept = {pk for block in matcher.get_matching_blocks() for pk in old[block.a : block.a + block.size]}
    return frozenset(common - kept)
