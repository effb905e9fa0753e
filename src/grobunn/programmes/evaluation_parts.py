"""What other pages show of evaluations: the tab of a cohort, and what the reader is asked about."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from grobunn.kernel.actors import Actor
from grobunn.programmes import tabs
from grobunn.programmes.addresses import evaluation_page
from grobunn.programmes.answering import evaluation_link
from grobunn.programmes.models import Cohort, Enrolment
from grobunn.programmes.queries.evaluations import to_evaluate
from grobunn.programmes.queries.people import place_of
from grobunn.programmes.states import HOLDS_A_PLACE
from grobunn.programmes.tabs import Tab
from grobunn.programmes.views.asides import OVERVIEW, OWN_PLACE, OwnPlace
from grobunn.ui.asides import Aside


def register() -> None:
    """Add the tab, and the parts of a cohort's page and of somebody's own place."""
    tabs.register(
        Tab(
            name="evaluations",
            label=_("Evaluation"),
            url_name="evaluations",
            order=70,
            permission="programmes.facilitate",
        )
    )
    OVERVIEW.register(Aside(name="evaluate", order=5, make=asked_on_cohort))
    OWN_PLACE.register(Aside(name="evaluate", order=10, make=asked_on_own_place))


def asked_on_cohort(request: HttpRequest, cohort: Cohort, actor: Actor) -> str:
    """What the reader is asked about, if they take part."""
    place = place_of(actor, cohort.pk)
    if place is None:
        return ""
    place.cohort = cohort
    return _asked(request, place, by_link=False)


def asked_on_own_place(request: HttpRequest, place: OwnPlace, actor: Actor) -> str:
    """What the person of a place is asked about."""
    return _asked(request, place.enrolment, by_link=bool(place.key))


def _asked(request: HttpRequest, enrolment: Enrolment, *, by_link: bool) -> str:
    if enrolment.state not in HOLDS_A_PLACE:
        return ""
    address_of = evaluation_link if by_link else evaluation_page
    asked = [(gathering, address_of(enrolment, gathering)) for gathering in to_evaluate(enrolment)]
    return render_to_string("programmes/_to_evaluate.html", {"asked": asked}, request=request) if asked else ""
