"""Who gets a new idea: the municipality's rules in order, and never nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from grobunn.ideas.models import Idea, RoutingRule
from grobunn.organisations.models import Municipality, Role, Unit
from grobunn.organisations.queries import Holder, holder_of


@dataclass(frozen=True)
class Route:
    """Where an idea goes, and the rule that said so (None: no rule matched)."""

    rule: RoutingRule | None
    holder: Holder


@dataclass(frozen=True)
class Receiver:
    """The role in a unit that the rules point to, before anybody asks who has it today."""

    rule: RoutingRule | None
    role: Role
    unit: Unit | None

    @property
    def key(self) -> tuple[Role, UUID | None]:
        """The same for two that are the same: an adviser is the municipality's, and so is what has no unit."""
        if self.role == Role.INNOVATION_ADVISER or self.unit is None:
            return Role.INNOVATION_ADVISER, None
        return self.role, self.unit.pk


def route_idea(*, municipality: Municipality, unit: Unit | None, kind: str, text: str, on: date | None = None) -> Route:
    """Find the holder of a new idea.

    Takes:   unit where it was dropped, if any; text with the title; on, the day (None: today).
    Returns: the first matching rule's receiver; without one, the manager of the unit; without a unit, the adviser.
             Whoever is absent or gone is replaced by the stand-in, then by the innovation adviser.
    """
    rules = list(RoutingRule.objects.filter(municipality=municipality).order_by("position").select_related("unit"))
    receiver = receiver_of(rules, unit=unit, kind=kind, text=text)
    holder = holder_of(receiver.role, receiver.unit, municipality=municipality, on=on)
    return Route(rule=receiver.rule, holder=holder)


def receiver_of(rules: Iterable[RoutingRule], *, unit: Unit | None, kind: str, text: str) -> Receiver:
    """Where the rules send an idea; where none of them matches, to the unit's manager, else to the adviser."""
    rule = first_match(rules, unit=unit, kind=kind, text=text)
    if rule is not None:
        return Receiver(rule=rule, role=Role(rule.receiver_role), unit=rule.receiver_unit or unit)
    return Receiver(rule=None, role=Role.UNIT_LEADER if unit else Role.INNOVATION_ADVISER, unit=unit)


def first_match(rules: Iterable[RoutingRule], *, unit: Unit | None, kind: str, text: str) -> RoutingRule | None:
    """The first rule whose every condition holds; a rule without conditions always does."""
    lowered = text.casefold()
    return next((rule for rule in rules if _matches(rule, unit=unit, kind=kind, text=lowered)), None)


def _matches(rule: RoutingRule, *, unit: Unit | None, kind: str, text: str) -> bool:
    if rule.unit_id is not None and not _is_within(unit, rule.unit_id):
        return False
    if rule.kind and rule.kind != kind:
        return False
    return not rule.words or any(word.casefold() in text for word in rule.words)


def _is_within(unit: Unit | None, ancestor_id: object) -> bool:
    while unit is not None:
        if unit.pk == ancestor_id:
            return True
        unit = unit.parent
    return False


@dataclass(frozen=True)
class Trial:
    """Where one earlier idea goes by the rules as they are, and where it would go by others."""

    idea: Idea
    before: Receiver
    after: Receiver

    @property
    def is_moved(self) -> bool:
        """Whether somebody else would get it."""
        return self.before.key != self.after.key


def try_rules(proposed: Sequence[RoutingRule], *, present: Sequence[RoutingRule], ideas: Iterable[Idea]) -> list[Trial]:
    """Try rules on earlier ideas without saving anything.

    Rules are held against rules, not against who holds the ideas now: what was forwarded by hand is nobody's fault.
    """
    return [Trial(idea=idea, before=_receiver(present, idea), after=_receiver(proposed, idea)) for idea in ideas]


def _receiver(rules: Sequence[RoutingRule], idea: Idea) -> Receiver:
    return receiver_of(rules, unit=idea.unit, kind=idea.kind, text=f"{idea.title} {idea.text}")
