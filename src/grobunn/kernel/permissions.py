"""Permissions: declared once per feature, denied by default, required of every view.

A feature's `rules.py` holds `PERMISSIONS`, a table from name to `Permission`; its `apps.py` registers it. A view says
`@requires("ideas.answer")` or `@open_to_all("why")`; one that says nothing is not served.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import rules
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

from grobunn.kernel.actors import Actor

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Permission:
    """One thing that somebody may do.

    Takes: predicate over (actor, object or None); who: the sentence in the generated table of permissions.
    """

    predicate: rules.Predicate
    who: str


@dataclass(frozen=True)
class ViewRule:
    """What a view declares: the permission that it asks for, or why it asks for none."""

    permission: str | None
    why_open: str = ""


_declared: dict[str, Permission] = {}


def declare(permissions: Mapping[str, Permission]) -> None:
    """Register a feature's permissions; a name may be declared once."""
    for name, permission in permissions.items():
        if name in _declared:
            raise ImproperlyConfigured(f"The permission {name} is declared twice.")
        _declared[name] = permission


def declared() -> Mapping[str, Permission]:
    """Every permission by name, in the order of the names."""
    return dict(sorted(_declared.items()))


def is_allowed(name: str, actor: Actor, subject: Any = None) -> bool:
    """Whether an actor may do the named thing to a subject; an undeclared name is an error, never a yes."""
    permission = _declared.get(name)
    if permission is None:
        raise ImproperlyConfigured(f"The permission {name} is not declared.")
    return bool(permission.predicate.test(actor, subject))


def check(name: str, actor: Actor, subject: Any = None) -> None:
    """Raise PermissionDenied unless the actor may."""
    if not is_allowed(name, actor, subject):
        raise PermissionDenied(name)


def requires(name: str) -> Callable[[View], View]:
    """Declare what a view asks for.

    The gate checks it without an object: whoever could never do it is turned away. The view, when it has fetched its
    object, calls `check` with it; a predicate answers True for "no object yet" where only the object can tell.
    """

    def declare_on(view: View) -> View:
        view.view_rule = ViewRule(permission=name)  # type: ignore[attr-defined]
        return view

    return declare_on


def open_to_all(why: str) -> Callable[[View], View]:
    """Declare that a view serves anybody, and why."""

    def declare_on(view: View) -> View:
        view.view_rule = ViewRule(permission=None, why_open=why)  # type: ignore[attr-defined]
        return view

    return declare_on


_foreign: list[tuple[str, ViewRule]] = []


def declare_foreign(module_prefix: str, rule: ViewRule) -> None:
    """Declare the rule of a library's views, by the module that they live in."""
    _foreign.append((module_prefix, rule))


def rule_of(view: Callable[..., Any]) -> ViewRule | None:
    """What a view declared, or None: then it must not be served."""
    rule: ViewRule | None = getattr(view, "view_rule", None) or getattr(
        getattr(view, "view_class", None), "view_rule", None
    )
    if rule is not None:
        return rule
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    return next((declared_rule for prefix, declared_rule in _foreign if module.startswith(prefix)), None)


def gate(request: HttpRequest, view: Callable[..., Any]) -> None:
    """Refuse a view without a declared permission, and whoever could never have it.

    Raises: ImproperlyConfigured, PermissionDenied.
    """
    rule = rule_of(view)
    if rule is None:
        name = f"{getattr(view, '__module__', '?')}.{getattr(view, '__qualname__', view)}"
        raise ImproperlyConfigured(f"The view {name} declares no permission.")
    if rule.permission is not None:
        check(rule.permission, request.user)
