"""Every component in every state, on one page: for whoever builds a page, and for the tests."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from grobunn.kernel import clock
from grobunn.kernel.paging import Page
from grobunn.kernel.permissions import open_to_all
from grobunn.ui import toasts
from grobunn.ui.gallery.charts import sample_charts
from grobunn.ui.gallery.forms import SampleFilter, SampleForm, sample_form_with_errors

RECEIVED = "received"


@require_http_methods(["GET", "POST"])
@open_to_all("Holds no content; shown in demo mode and in tests only.")
def gallery(request: HttpRequest) -> HttpResponse:
    """The page of components; its form is checked, and nothing of it is kept. Without demo mode there is none."""
    if not settings.SHOWS_COMPONENTS:
        raise Http404
    form = SampleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        toasts.success(request, _("The idea is sent."), undo_url=reverse("ui:gallery"))
        return HttpResponseRedirect(f"{reverse('ui:gallery')}?{RECEIVED}")
    context = {
        "form": form,
        "filter_form": SampleFilter(request.GET),
        "charts": sample_charts(),
        "form_with_errors": sample_form_with_errors(),
        "count": _count(request),
        "is_received": RECEIVED in request.GET,
        "page": Page(rows=[], next_cursor="next", previous_cursor="previous"),
        "trail": [("Trondheim", "/"), (_("Ideas"), "/"), (_("Components"), "")],
        "now": clock.now(),
        "today": clock.today(),
        "colors": ("neutral", "accent", "info", "success", "warning", "danger"),
    }
    return render(request, "ui/gallery/gallery.html", context, status=422 if form.errors else 200)


@require_GET
@open_to_all("Holds no content; shown in demo mode and in tests only.")
def similar(request: HttpRequest) -> HttpResponse:
    """What stands in the box of similar ideas: here the typed text itself."""
    if not settings.SHOWS_COMPONENTS:
        raise Http404
    return render(request, "ui/gallery/_similar.html", {"text": request.GET.get("text", "")})


@require_GET
@open_to_all("Holds no content; shown in demo mode and in tests only.")
def counter(request: HttpRequest) -> HttpResponse:
    """A part of the page that is swapped when its button is pressed; without script, the whole page again."""
    if not settings.SHOWS_COMPONENTS:
        raise Http404
    count = _count(request)
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(f"{reverse('ui:gallery')}?count={count}#counter")
    return render(request, "ui/gallery/_counter.html", {"count": count, "is_answer": True})


def _count(request: HttpRequest) -> int:
    """How often the button was pressed, as the address says."""
    said = request.GET.get("count", "")
    return int(said) if said in {"1", "2", "3"} else 0
