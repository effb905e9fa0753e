"""The pages of the set-up: each feature above adds its own, so that all stand in one row of tabs."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import Municipality


@dataclass(frozen=True, kw_only=True)
class Section:
    """One page of the set-up.

    Takes: label and lead, translated lazily: the tab, and what the page is for; url_name, reversed with the
           municipality's slug; order, from 10 (first) upwards; permission, who sees the tab.
    """

    label: Any
    lead: Any
    url_name: str
    order: int = 50
    permission: str = "organisations.set_up"


@dataclass(frozen=True)
class Tab:
    """A section as a page shows it."""

    label: Any
    lead: Any
    url: str
    is_current: bool


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Add a section; an address may stand once."""
    if section.url_name in _sections:
        raise ImproperlyConfigured(f"The set-up section {section.url_name} is registered twice.")
    _sections[section.url_name] = section


def tabs(municipality: Municipality, *, path: str, actor: Actor) -> list[Tab]:
    """The sections of a municipality's set-up that somebody may open, in order, the one that a path lies in marked."""
    return [
        Tab(label=section.label, lead=section.lead, url=url, is_current=path.startswith(url))
        for section in sorted(_sections.values(), key=lambda each: each.order)
        if permissions.is_allowed(section.permission, actor, municipality)
        for url in [reverse(section.url_name, kwargs={"municipality": municipality.slug})]
    ]
