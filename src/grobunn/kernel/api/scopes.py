"""Scopes: what a token may be used for, at most. What its holder may do is decided by permissions as on the pages."""

from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

_declared: dict[str, str | Promise] = {}


def declare(scopes: Mapping[str, str | Promise]) -> None:
    """Register a feature's scopes, `feature:read` and `feature:write`, each with what it allows in a few words."""
    for name, words in scopes.items():
        if name in _declared:
            raise ImproperlyConfigured(f"The scope {name} is declared twice.")
        _declared[name] = words


def declared() -> Mapping[str, str | Promise]:
    """Every scope by name, in the order of the names."""
    return dict(sorted(_declared.items()))
