"""Where the pages of panels are."""

from typing import Any

from django.urls import reverse

from grobunn.juries.models import Entry, Panel

# Steps that have a page of their own: the edge's name, and the name of the page. Others are taken at `step`.
STEP_PAGES: dict[str, str] = {}


def panel_page(panel: Panel) -> str:
    """The page of a panel."""
    return page_of(panel, "panel")


def page_of(panel: Panel, name: str, **more: Any) -> str:
    """One of a panel's pages by its name, without the feature. Takes: more, what else the address names."""
    where = {"municipality": panel.municipality.slug, "reference": panel.reference, **more}
    return reverse(f"juries:{name}", kwargs=where)


def entry_page(entry: Entry) -> str:
    """The page of an entry, for whoever may open it."""
    return page_of(entry.panel, "entry", entry_id=entry.pk)


def step_page(panel: Panel, edge: str) -> str:
    """Where a step is taken."""
    if edge in STEP_PAGES:
        return page_of(panel, STEP_PAGES[edge])
    return page_of(panel, "step", edge=edge)
