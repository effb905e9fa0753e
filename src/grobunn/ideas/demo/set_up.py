"""Routing rules of the municipalities in the demonstration."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django_scopes import scope

from grobunn.ideas.models import RoutingRule
from grobunn.ideas.packaged import packaged_yaml
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import unit_by_slug


def set_up() -> None:
    """Give each municipality its rules, unless it has some already."""
    given = packaged_yaml("demo", "set_up.yaml")
    for slug, rules in given["rules"].items():
        municipality = Municipality.objects.get(slug=slug)
        with scope(municipality=municipality.pk), transaction.atomic():
            if not RoutingRule.objects.exists():
                _make_rules(municipality, rules)


def _make_rules(municipality: Municipality, rules: Sequence[Mapping[str, Any]]) -> None:
    def unit(slug: str | None) -> Any:
        return unit_by_slug(municipality.pk, slug) if slug else None

    RoutingRule.objects.bulk_create(
        RoutingRule(
            municipality=municipality,
            position=position,
            unit=unit(rule.get("unit")),
            kind=rule.get("kind", ""),
            words=rule.get("words", []),
            receiver_role=rule["role"],
            receiver_unit=unit(rule["to"]),
        )
        for position, rule in enumerate(rules, start=1)
    )
