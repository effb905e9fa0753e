"""The page of a story, composed once for whoever reads it, before and after it is out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from grobunn.discussion.panel import panel_of
from grobunn.kernel import permissions
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import Edge
from grobunn.organisations.requests import TenantRequest
from grobunn.stories.figures import told
from grobunn.stories.life import life_in_words
from grobunn.stories.metadata import head_of
from grobunn.stories.models import Story
from grobunn.stories.queries.about import links_of, shown_of
from grobunn.stories.queries.people import bylines_of
from grobunn.stories.queries.stories import pictures_of
from grobunn.stories.states import MACHINE


@dataclass(frozen=True)
class StepLink:
    """A button of a story: what it does and where it leads."""

    edge: Edge
    url: str


@dataclass(frozen=True)
class Tab:
    """One of the pages on which a story is made."""

    label: str
    url: str
    is_current: bool


def story_page(
    request: TenantRequest, story: Story, *, tabs: Sequence[Tab] = (), life: Sequence[StateChange] = ()
) -> HttpResponse:
    """A story as one reader sees it. Takes: tabs and life, for those who are making it."""
    pictures = pictures_of(story)
    authors = bylines_of([story.pk])[story.pk]
    is_out = story.is_published
    context = {
        "story": story,
        "told": told(story, pictures, slug=story.municipality.slug),
        "authors": authors,
        "about": [found for _link, found in shown_of(links_of(story), user=request.user)],
        "head": head_of(story, pictures=pictures, authors=authors, absolute=request.build_absolute_uri)
        if is_out
        else None,
        "panel": panel_of("story", story, actor=request.user) if is_out else None,
        "tabs": tabs,
        "life": life_in_words(life),
        "steps": steps_for(request, story),
        "edit_url": address("write", story) if permissions.is_allowed("stories.edit", request.user, story) else "",
        "consent_url": address("authors", story)
        if permissions.is_allowed("stories.consent", request.user, story)
        else "",
    }
    return render(request, "stories/story.html", context)


def steps_for(request: TenantRequest, story: Story) -> list[StepLink]:
    """The steps that the reader may take now, each with the page where it is taken."""
    may_publish = permissions.is_allowed("stories.publish", request.user, story)
    steps = [
        edge for edge in MACHINE.available(story, request.user) if _makes_sense(edge, story, may_publish=may_publish)
    ]
    return [StepLink(edge=edge, url=address("step", story, edge=edge.name)) for edge in steps]


def _makes_sense(edge: Edge, story: Story, *, may_publish: bool) -> bool:
    """Whether a step has anything to do: handed in is handed in, and an editor need not hand in to an editor."""
    if edge.name == "hand_in":
        return story.handed_in_at is None and not may_publish
    return edge.name != "send_back" or story.handed_in_at is not None


def address(name: str, story: Story, **rest: object) -> str:
    """One of the pages on which a story is made."""
    where = {"municipality": story.municipality.slug, "story_id": story.pk, **rest}
    return reverse(f"stories:{name}", kwargs=where)


def page_of(story: Story) -> str:
    """Where a story is read: its own address once it is out, the look at the whole before and after."""
    if story.is_published:
        return reverse("stories:story", kwargs={"municipality": story.municipality.slug, "story": story.slug})
    return address("look", story)


def tabs_of(request: TenantRequest, story: Story) -> list[Tab]:
    """The pages on which a story is made, the present one marked; an author who may not edit has fewer."""
    may_edit = permissions.is_allowed("stories.edit", request.user, story)
    names = [("write", _("Text")), ("pictures", _("Pictures"))] if may_edit else []
    names.append(("authors", _("Authors")))
    if may_edit:
        names.append(("links", _("What it is about")))
    names.append(("look", _("Look and publish")))
    return [
        Tab(label=label, url=url, is_current=request.path == url)
        for name, label in names
        for url in [address(name, story)]
    ]
