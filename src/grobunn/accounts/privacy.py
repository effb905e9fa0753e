"""What is held about a person: each feature tells its own part, for the person's page and export."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from grobunn.accounts.models import User

Exporter = Callable[[User], Any]


@dataclass(frozen=True)
class Holding:
    """What one feature holds about people.

    Takes: label and purpose for the page; export, from a user to what JSON carries (dates as ISO texts).
    """

    name: str
    label: str | Promise
    purpose: str | Promise
    export: Exporter


_holdings: dict[str, Holding] = {}


def register(name: str, exporter: Exporter, *, label: str | Promise, purpose: str | Promise) -> None:
    """Add a feature's part; a name may be registered once."""
    if name in _holdings:
        raise ImproperlyConfigured(f"The holding {name} is registered twice.")
    _holdings[name] = Holding(name=name, label=label, purpose=purpose, export=exporter)


def holdings() -> list[Holding]:
    """Every feature's part, in the order of the names."""
    return [_holdings[name] for name in sorted(_holdings)]


def export_of(user: User) -> dict[str, Any]:
    """Everything that is held about a person, by the name of the part."""
    return {holding.name: holding.export(user) for holding in holdings()}
