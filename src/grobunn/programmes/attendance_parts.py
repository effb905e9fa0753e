"""What other pages know of attendance: the tabs of a cohort, and what remains for the reader."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grobunn.kernel import clock, permissions
from grobunn.kernel.actors import Actor
from grobunn.programmes import tabs
from grobunn.programmes.addresses import gathering_page, where_of
from grobunn.programmes.models import Cohort, Day, Gathering
from grobunn.programmes.queries.completion import completion_of
from grobunn.programmes.queries.people import place_of
from grobunn.programmes.queries.standing import remaining_words
from grobunn.programmes.states import HOLDS_A_PLACE
from grobunn.programmes.tabs import Tab
from grobunn.programmes.views.asides import GATHERING, OVERVIEW, OWN_PLACE, OwnPlace
from grobunn.ui.asides import Aside

_WHO = "programmes.facilitate"


@dataclass(frozen=True)
class ToMakeUp:
    """A gathering that somebody may make up for. Takes: url, where they tell what they did instead."""

    gathering: Gathering
    url: str


def register() -> None:
    """Add the tabs, and the part of a cohort's page."""
    tabs.register(Tab(name="attendance", label=_("Attendance"), url_name="attendance", order=50, permission=_WHO))
    tabs.register(Tab(name="completion", label=_("Completion"), url_name="completion", order=60, permission=_WHO))
    OVERVIEW.register(Aside(name="what_remains", order=10, make=what_remains))
    GATHERING.register(Aside(name="attendance", order=10, make=lists_of_gathering))
    OWN_PLACE.register(Aside(name="here_today", order=5, make=here_today))
    OWN_PLACE.register(Aside(name="what_remains", order=10, make=what_remains_of))


def what_remains(request: HttpRequest, cohort: Cohort, actor: Actor) -> str:
    """What remains for the reader; nothing for those without a place."""
    place = place_of(actor, cohort.pk)
    if place is None:
        return ""
    place.cohort = cohort
    return what_remains_of(request, OwnPlace(place), actor)


def what_remains_of(request: HttpRequest, own: OwnPlace, actor: Actor) -> str:
    """What remains, with a way to make up for what was missed; nothing for those who hold no place."""
    place, key = own.enrolment, own.key
    if place.state not in HOLDS_A_PLACE:
        return ""
    completion = completion_of(place.cohort, [place])[place.pk]
    context = {
        "completion": completion,
        "remains": remaining_words(completion),
        "to_make_up": [
            ToMakeUp(each.gathering, _make_up_page(place.cohort, each.gathering, key=key))
            for each in completion.to_make_up
            if not each.waits
        ],
    }
    return render_to_string("programmes/_what_remains.html", context, request=request)


def lists_of_gathering(request: HttpRequest, gathering: Gathering, actor: Actor) -> str:
    """For who leads it: the lists of its days from today on, and the codes for the wall."""
    if gathering.cancelled_at is not None or not permissions.is_allowed(_WHO, actor, gathering.cohort):
        return ""
    days = list(Day.objects.filter(gathering=gathering, on__gte=clock.today()))
    if not days:
        return ""
    context = {"days": days, "where": where_of(gathering.cohort)}
    return render_to_string("programmes/attendance/_of_gathering.html", context, request=request)


def here_today(request: HttpRequest, own: OwnPlace, actor: Actor) -> str:
    """A field for the code on the wall, on a day when the cohort meets."""
    place, where = own.enrolment, {"municipality": own.enrolment.cohort.programme.municipality.slug}
    meets = Day.objects.filter(gathering__cohort=place.cohort_id, gathering__cancelled_at=None, on=clock.today())
    if place.state not in HOLDS_A_PLACE or not meets.exists():
        return ""
    by_link = reverse("programmes:here_by_link", kwargs={**where, "key": own.key}) if own.key else ""
    context = {
        "is_by_link": bool(by_link),
        "code_url": by_link or reverse("programmes:write_code", kwargs=where),
    }
    return render_to_string("programmes/attendance/_today.html", context, request=request)


def _make_up_page(cohort: Cohort, gathering: Gathering, *, key: str) -> str:
    if not key:
        gathering.cohort = cohort
        return gathering_page(gathering, "make_up")
    where = {"municipality": cohort.programme.municipality.slug, "key": key, "topic": gathering.topic}
    return reverse("programmes:make_up_by_link", kwargs=where)
