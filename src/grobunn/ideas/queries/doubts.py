"""What may be wrong with a routing rule, said before anybody wonders where the ideas went."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from grobunn.ideas.models import RoutingRule
from grobunn.organisations.models import Municipality, Role


def doubts_about(
    rule: RoutingRule,
    *,
    earlier: Sequence[RoutingRule],
    municipality: Municipality,
    filled: Collection[tuple[str, UUID]],
) -> list[str]:
    """Sentences on what makes a rule useless today.

    Takes: earlier, the rules that are tried before it; filled, the roles in units that somebody has.
    """
    doubts = []
    taker = next((number for number, other in enumerate(earlier, start=1) if _takes_all_of(other, rule)), None)
    if taker is not None:
        doubts.append(_("Rule %(number)s is tried first, and takes all of these.") % {"number": taker})
    if rule.unit is not None and rule.unit.closed_on:
        doubts.append(_("%(unit)s is closed. No ideas come from there.") % {"unit": rule.unit.name})
    if rule.kind and municipality.idea_kinds and rule.kind not in municipality.idea_kinds:
        doubts.append(_("You do not ask for this kind of ideas."))
    if _is_vacant(rule, filled):
        doubts.append(_("Nobody has this role today. The innovation adviser gets the ideas meanwhile."))
    return doubts


def _takes_all_of(earlier: RoutingRule, later: RoutingRule) -> bool:
    """Whether every idea that the later rule matches has been taken by the earlier one."""
    if earlier.unit_id is not None and earlier.unit_id != later.unit_id:
        return False
    if earlier.kind and earlier.kind != later.kind:
        return False
    if not earlier.words:
        return True
    wanted = [word.casefold() for word in earlier.words]
    return bool(later.words) and all(any(word in other.casefold() for word in wanted) for other in later.words)


def _is_vacant(rule: RoutingRule, filled: Collection[tuple[str, UUID]]) -> bool:
    unit = rule.receiver_unit
    if rule.receiver_role == Role.INNOVATION_ADVISER or unit is None:
        return False
    return bool(unit.closed_on) or (rule.receiver_role, unit.pk) not in filled
