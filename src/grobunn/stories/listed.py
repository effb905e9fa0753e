"""The pages of stories that search engines are told of."""

from django.db.models import QuerySet
from django.urls import reverse
from django_scopes import scopes_disabled

from grobunn.stories.models import Story
from grobunn.stories.queries.stories import published
from grobunn.ui.sitemaps import Page, Sitemap


def _count() -> int:
    with scopes_disabled():
        return _told().count()


def _pages(start: int, stop: int) -> list[Page]:
    """Every story that is out and not made up, of every municipality, in the order of their ids."""
    with scopes_disabled():
        rows = _told().values_list("municipality__slug", "slug", "published_at", "edited_at")[start:stop]
        return [
            Page(reverse("stories:story", kwargs={"municipality": slug, "story": story}), edited_at or published_at)
            for slug, story, published_at, edited_at in rows
        ]


def _told() -> QuerySet[Story]:
    return published().filter(is_synthetic=False).order_by("pk")


SITEMAP = Sitemap(name="historier", count=_count, pages=_pages)
