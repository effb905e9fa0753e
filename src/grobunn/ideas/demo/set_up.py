"""Routing rules and ready reasons of the municipalities in the demonstration."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django_scopes import scope

from grobunn.ideas.demo.files import packaged_yaml
from grobunn.ideas.models import ReasonTemplate, RoutingRule
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import unit_by_slug


def set_up() -> None:
    """Give each municipality its rules and reasons, unless it has some already."""
    given = packaged_yaml("demo", "set_up.yaml")
    for slug, rules in given["rules"].items():
        municipality = Municipality.objects.get(slug=slug)
        with scope(municipality=municipality.pk), transaction.atomic():
            if not RoutingRule.objects.exists():
                _make_rules(municipality, rules)
            if not ReasonTemplate.objects.exists():
                _make_reasons(municipality, given["reasons"][municipality.language])


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


def _make_reasons(municipality: Municipality, reasons: Sequence[Mapping[str, str]]) -> None:
    ReasonTemplate.objects.bulk_create(ReasonTemplate(municipality=municipality, **reason) for reason in reasons)
