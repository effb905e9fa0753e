"""What programs that read the web are told: which pages there are, and which are not for them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from grobunn.kernel.permissions import open_to_all
from grobunn.ui import sitemaps

_WHY_OPEN = "It names public pages only."
# Receipts are keys, and search pages are without end.
_NOT_FOR_ROBOTS = ("/t/", "/konto/", "/sok/", "/*/sok/", "/*/ny", "/eksempler/sammenlign/", "/eksempler/*?", "/api/")


@require_GET
@open_to_all(_WHY_OPEN)
def show_robots(request: HttpRequest) -> HttpResponse:
    """robots.txt; in demo mode nothing is for robots."""
    kept_out = ("/",) if settings.DEMO else _NOT_FOR_ROBOTS
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in kept_out), "", f"Sitemap: {_whole('web:sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_GET
@open_to_all(_WHY_OPEN)
def show_sitemap(request: HttpRequest) -> HttpResponse:
    """The list of the files that list the pages."""
    files = [
        _whole("web:sitemap_file", name=name, number=number)
        for name, sitemap in sitemaps.registered().items()
        for number in range(1, sitemap.file_count() + 1)
    ]
    return render(request, "web/sitemap.xml", {"files": files}, content_type="application/xml")


@require_GET
@open_to_all(_WHY_OPEN)
def show_sitemap_file(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One file of pages."""
    sitemap = sitemaps.registered().get(name)
    pages = sitemap.file(number) if sitemap is not None and number > 0 else []
    if not pages:
        raise Http404
    context = {"pages": pages, "site": settings.SITE_URL}
    return render(request, "web/sitemap_file.xml", context, content_type="application/xml")


def _whole(url_name: str, /, **arguments: str | int) -> str:
    return f"{settings.SITE_URL}{reverse(url_name, kwargs=arguments or None)}"
