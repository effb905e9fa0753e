"""The municipality's routing rules as they are, and the ideas that others are tried on."""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from uuid import UUID

from grobunn.ideas.models import Idea, RoutingRule
from grobunn.organisations.queries import linked_units

# So many of the latest ideas show what other rules would do.
TRIED_IDEAS = 100


def rules_of(municipality_id: UUID) -> list[RoutingRule]:
    """The rules in the order in which they are tried; one SQL."""
    rules = RoutingRule.objects.filter(municipality_id=municipality_id).select_related("unit", "receiver_unit")
    return list(rules.order_by("position"))


def as_data(rule: RoutingRule) -> dict[str, Any]:
    """A rule as JSON carries it; its place in the list says its number."""
    return {
        "id": str(rule.pk),
        "unit": str(rule.unit_id) if rule.unit_id else None,
        "kind": rule.kind,
        "words": list(rule.words),
        "role": rule.receiver_role,
        "to": str(rule.receiver_unit_id) if rule.receiver_unit_id else None,
    }


def fingerprint(rules: Iterable[RoutingRule]) -> str:
    """The same for the same rules in the same order, and for nothing else."""
    return sha256(json.dumps([as_data(rule) for rule in rules]).encode()).hexdigest()


def latest_ideas(municipality_id: UUID) -> list[Idea]:
    """The ideas that came in last, newest first, each unit with the units above it at hand; two SQL."""
    units = linked_units(municipality_id, with_closed=True)
    newest = Idea.objects.filter(municipality_id=municipality_id).order_by("-submitted_at", "-id")
    ideas = list(newest[:TRIED_IDEAS])
    for idea in ideas:
        idea.unit = units[idea.unit_id] if idea.unit_id else None
    return ideas
