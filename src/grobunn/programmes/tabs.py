"""The tabs of a cohort: each part of the feature hangs its own page on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor
from grobunn.programmes.addresses import cohort_page
from grobunn.programmes.models import Cohort


@dataclass(frozen=True)
class Tab:
    """One tab.

    Takes: name, by which a page says that it is the one shown; url_name, of its page, without the feature;
           permission, on the cohort, of who sees it; is_shown, where it is not for every cohort.
    """

    name: str
    label: Any
    url_name: str
    order: int
    permission: str = "programmes.view"
    is_shown: Callable[[Cohort], bool] = lambda _cohort: True


@dataclass(frozen=True)
class Shown:
    """A tab as a page shows it."""

    name: str
    label: Any
    url: str


_tabs: dict[str, Tab] = {}


def register(tab: Tab) -> None:
    """Add a tab; a name may be registered once."""
    if tab.name in _tabs:
        raise ImproperlyConfigured(f"The tab {tab.name} of cohorts is registered twice.")
    _tabs[tab.name] = tab


def tabs_of(cohort: Cohort, actor: Actor) -> list[Shown]:
    """The tabs that a reader sees, in order."""
    allowed = {name: permissions.is_allowed(name, actor, cohort) for name in {tab.permission for tab in _tabs.values()}}
    return [
        Shown(name=tab.name, label=tab.label, url=cohort_page(cohort, tab.url_name))
        for tab in sorted(_tabs.values(), key=lambda each: each.order)
        if allowed[tab.permission] and tab.is_shown(cohort)
    ]
