"""What other pages show of diplomas."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode

from grobunn.kernel.actors import Actor
from grobunn.programmes.addresses import cohort_page
from grobunn.programmes.diplomas import written_number
from grobunn.programmes.queries.diplomas import diploma_of
from grobunn.programmes.views.asides import OWN_PLACE, OwnPlace
from grobunn.ui.asides import Aside


def register() -> None:
    """Add the part of somebody's own place."""
    OWN_PLACE.register(Aside(name="diploma", order=20, make=own_diploma))


def own_diploma(request: HttpRequest, place: OwnPlace, actor: Actor) -> str:
    """The diploma of somebody who has completed, or that it was withdrawn; nothing for others."""
    diploma = diploma_of(place.enrolment)
    if diploma is None:
        return ""
    cohort = place.enrolment.cohort
    where = {"municipality": cohort.programme.municipality.slug}
    by_link = reverse("programmes:diploma_by_link", kwargs={**where, "key": place.key}) if place.key else ""
    number = urlencode({"nummer": written_number(diploma.number)})
    context = {
        "diploma": diploma,
        "diploma_url": by_link or cohort_page(cohort, "own_diploma"),
        "check_url": f"{reverse('programmes:check_diploma', kwargs=where)}?{number}",
    }
    return render_to_string("programmes/_own_diploma.html", context, request=request)
