"""Every component in every state, on one page: for whoever builds a page, and for the tests."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.kernel import clock
from grobunn.kernel.paging import Page
from grobunn.kernel.permissions import open_to_all
from grobunn.ui.gallery import forms


@require_GET
@open_to_all("Holds no content; shown in demo mode and in tests only.")
def gallery(request: HttpRequest) -> HttpResponse:
    """The page of components; without demo mode there is none."""
    if not settings.SHOWS_COMPONENTS:
        raise Http404
    context = {
        "form": forms.sample_form(),
        "form_with_errors": forms.sample_form_with_errors(),
        "page": Page(rows=[], next_cursor="next", previous_cursor="previous"),
        "trail": [("Trondheim", "/"), ("Ideer", "/"), ("Varsling på natt", "")],
        "now": clock.now(),
        "today": clock.today(),
        "colors": ("neutral", "accent", "info", "success", "warning", "danger"),
    }
    return render(request, "ui/gallery/gallery.html", context)
