"""What somebody's own page shows of what comes after a programme that they completed."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from grobunn.kernel.actors import Actor
from grobunn.programmes.addresses import cohort_page, own_place_page
from grobunn.programmes.answering import answer_page
from grobunn.programmes.queries.alumni import Next, what_comes_next
from grobunn.programmes.states import EnrolmentState
from grobunn.programmes.views.asides import OWN_PLACE, OwnPlace
from grobunn.ui.asides import Aside


def register() -> None:
    """Add the part of somebody's own place."""
    OWN_PLACE.register(Aside(name="next", order=30, make=comes_next))


def comes_next(request: HttpRequest, place: OwnPlace, actor: Actor) -> str:
    """What follows after the programme that somebody completed; nothing for others, or where nothing is open."""
    if place.enrolment.state != EnrolmentState.COMPLETED:
        return ""
    rows = [(each, _place_url(each, place), _take_url(each, place)) for each in what_comes_next(place.enrolment)]
    return render_to_string("programmes/_what_comes_next.html", {"rows": rows}, request=request) if rows else ""


def _place_url(following: Next, place: OwnPlace) -> str:
    if following.place is None:
        return ""
    following.place.cohort = following.cohort
    return answer_page(following.place) if place.key else own_place_page(following.place)


def _take_url(following: Next, place: OwnPlace) -> str:
    if not following.may_take:
        return ""
    if not place.key:
        return cohort_page(place.enrolment.cohort, "take_place", cohort_id=following.cohort.pk)
    where = {"municipality": following.cohort.programme.municipality.slug, "key": place.key}
    return reverse("programmes:take_place_by_link", kwargs={**where, "cohort_id": following.cohort.pk})
