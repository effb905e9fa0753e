"""The pages of cases that search engines are told of."""

from django.urls import reverse
from django_scopes import scopes_disabled

from grobunn.cases.models import Case
from grobunn.cases.states import CaseState
from grobunn.ui.sitemaps import Page, Sitemap


def _count() -> int:
    with scopes_disabled():
        return 1 + Case.objects.filter(state=CaseState.PUBLISHED, is_synthetic=False).count()


def _pages(start: int, stop: int) -> list[Page]:
    """The library first, then every published case that is not made up, in the order of their ids."""
    library = [Page(reverse("cases:library"))] if start == 0 else []
    with scopes_disabled():
        rows = Case.objects.filter(state=CaseState.PUBLISHED, is_synthetic=False).order_by("pk")
        told = rows.values_list("slug", "edited_at")[max(start - 1, 0) : stop - 1]
        return library + [Page(reverse("cases:case", kwargs={"slug": slug}), at) for slug, at in told]


SITEMAP = Sitemap(name="eksempler", count=_count, pages=_pages)
