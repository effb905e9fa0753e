"""The tabs of a panel's page: each family of pages adds its own, and each reader sees those that are theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from grobunn.juries.addresses import page_of
from grobunn.juries.models import Entry, Panel
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import Municipality
from grobunn.ui.asides import Place

# Parts that other files and features show beside the list of panels, on the panel's first page, and on the page of an
# entry (of who may open it).
LIST: Place[Municipality] = Place("the list of panels")
PANEL: Place[Panel] = Place("a panel's page")
ENTRY: Place[Entry] = Place("an entry's page")


def _always(_panel: Panel, _actor: Actor) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class PanelTab:
    """One tab.

    Takes: label, translated lazily; url_name, without the feature, reversed with municipality and reference;
           order, from 10 (first) upwards; is_visible, asked of panel and reader; count, the number behind the label,
           None for no number. Neither may tell of an entry what the reader may not know.
    """

    label: Any
    url_name: str
    order: int
    is_visible: Callable[[Panel, Actor], bool] = _always
    count: Callable[[Panel, Actor], int | None] | None = None


@dataclass(frozen=True)
class ShownTab:
    """A tab as a page shows it."""

    label: str
    url: str
    is_current: bool
    count: int | None


_tabs: dict[str, PanelTab] = {}


def register(tab: PanelTab) -> None:
    """Add a tab; an address may stand once."""
    if tab.url_name in _tabs:
        raise ImproperlyConfigured(f"The tab {tab.url_name} of a panel is registered twice.")
    _tabs[tab.url_name] = tab


def tabs_of(panel: Panel, actor: Actor, *, path: str) -> tuple[ShownTab, ...]:
    """The tabs that a reader sees, in order; the longest address that the path begins with is current."""
    seen = sorted((tab for tab in _tabs.values() if tab.is_visible(panel, actor)), key=lambda each: each.order)
    with_urls = [(tab, page_of(panel, tab.url_name)) for tab in seen]
    current = max((url for _tab, url in with_urls if path.startswith(url)), key=len, default="")
    return tuple(
        ShownTab(
            label=str(tab.label),
            url=url,
            is_current=url == current,
            count=tab.count(panel, actor) if tab.count else None,
        )
        for tab, url in with_urls
    )
