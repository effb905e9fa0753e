"""Who gets a new idea: the municipality's rules in order, and never nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from grobunn.ideas.models import Idea, RoutingRule
from grobunn.organisations.models import Municipality, Role, Unit
from grobunn.organisations.queries import Holder, holder_of


@dataclass(frozen=True)
class Route:
    """Where an idea goes, and the rule that said so (None: no rule matched)."""

    rule: RoutingRule | None
    holder: Holder


def route_idea(*, municipality: Municipality, unit: Unit | None, kind: str, text: str, on: date | None = None) -> Route:
    """Find the holder of a new idea.

    Takes:   unit where it was dropped, if any; text with the title; on, the day (None: today).
    Returns: the first matching rule's receiver; without one, the manager of the unit; without a unit, the adviser.
             Whoever is absent or gone is replaced by the stand-in, then by the innovation adviser.
    """
    rules = list(RoutingRule.objects.filter(municipality=municipality).order_by("position").select_related("unit"))
    rule = first_match(rules, unit=unit, kind=kind, text=text)
    if rule is not None:
        receiver_unit = rule.receiver_unit or unit
        role = Role(rule.receiver_role)
    else:
        receiver_unit = unit
        role = Role.UNIT_LEADER if unit is not None else Role.INNOVATION_ADVISER
    return Route(rule=rule, holder=holder_of(role, receiver_unit, municipality=municipality, on=on))


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
    """What a set of rules would do with one earlier idea."""

    idea: Idea
    rule: RoutingRule | None
    role: str
    unit: Unit | None

    @property
    def is_changed(self) -> bool:
        return (self.role, self.unit.pk if self.unit else None) != (self.idea.holder_role, self.idea.holder_unit_id)


def try_rules(rules: Sequence[RoutingRule], *, ideas: Iterable[Idea]) -> list[Trial]:
    """Try rules on earlier ideas without saving anything."""
    trials = []
    for idea in ideas:
        rule = first_match(rules, unit=idea.unit, kind=idea.kind, text=f"{idea.title} {idea.text}")
        role = rule.receiver_role if rule else (Role.UNIT_LEADER if idea.unit else Role.INNOVATION_ADVISER)
        unit = (rule.receiver_unit or idea.unit) if rule else idea.unit
        trials.append(Trial(idea=idea, rule=rule, role=role, unit=unit))
    return trials
