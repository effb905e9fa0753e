"""Help: the overview, a section, and the way from any page to the right one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from grobunn.kernel.permissions import open_to_all
from grobunn.web.help import SECTIONS, help_page, help_pages, section_for


@require_GET
@open_to_all("Help is for everybody.")
def show_help(request: HttpRequest) -> HttpResponse:
    """All sections; coming from a page (`?fra=`), the section that belongs to it."""
    section = section_for(request.GET.get("fra", ""))
    if section:
        return redirect("web:help_section", section=section)
    return render(request, "web/help.html", {"pages": help_pages(_language())})


@require_GET
@open_to_all("Help is for everybody.")
def show_help_section(request: HttpRequest, section: str) -> HttpResponse:
    """One section."""
    if section not in SECTIONS:
        raise Http404
    language = _language()
    context = {"page": help_page(section, language), "pages": help_pages(language)}
    return render(request, "web/help_section.html", context)


def _language() -> str:
    return (get_language() or "nb")[:2]
