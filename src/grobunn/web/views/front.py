"""The front page of the installation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.ideas.forms.thread import FindForm
from grobunn.kernel.permissions import open_to_all
from grobunn.web.forms import MunicipalityForm
from grobunn.web.queries import find_municipality, in_use


@require_GET
@open_to_all("The front door.")
def show_front(request: HttpRequest) -> HttpResponse:
    """What this is, the way to one's municipality, and the way back to one's idea."""
    form = MunicipalityForm(request.GET)
    words = form.words()
    context = {
        "form": form,
        "words": words,
        "found": find_municipality(words),
        "in_use": in_use(),
        "receipt_form": FindForm(),
    }
    return render(request, "web/front.html", context)
