"""What other pages know of attendance: the tabs of a cohort, and what remains for the reader."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from grobunn.kernel.actors import Actor
from grobunn.programmes import tabs
from grobunn.programmes.addresses import where_of
from grobunn.programmes.models import Cohort
from grobunn.programmes.queries.completion import completion_of
from grobunn.programmes.queries.people import place_of
from grobunn.programmes.queries.standing import remaining_words
from grobunn.programmes.states import HOLDS_A_PLACE
from grobunn.programmes.tabs import Tab
from grobunn.programmes.views.asides import OVERVIEW
from grobunn.ui.asides import Aside

_WHO = "programmes.facilitate"


def register() -> None:
    """Add the tabs, and the part of a cohort's page."""
    tabs.register(Tab(name="attendance", label=_("Attendance"), url_name="attendance", order=50, permission=_WHO))
    tabs.register(Tab(name="completion", label=_("Completion"), url_name="completion", order=60, permission=_WHO))
    OVERVIEW.register(Aside(name="what_remains", order=10, make=what_remains))


def what_remains(request: HttpRequest, cohort: Cohort, actor: Actor) -> str:
    """What remains for the reader; nothing for those without a place."""
    place = place_of(actor, cohort.pk)
    if place is None or place.state not in HOLDS_A_PLACE:
        return ""
    completion = completion_of(cohort, [place])[place.pk]
    context = {
        "where": where_of(cohort),
        "completion": completion,
        "remains": remaining_words(completion),
        "to_make_up": [each for each in completion.to_make_up if not each.waits],
    }
    return render_to_string("programmes/_what_remains.html", context, request=request)
