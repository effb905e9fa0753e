"""What follows when a gathering is moved, cancelled or held after all: those who take part are told."""

from typing import Any

from django_scopes import scope

from grobunn.kernel.events import subscribe
from grobunn.programmes.addresses import gathering_page
from grobunn.programmes.events import GatheringChanged
from grobunn.programmes.models import Enrolment, Gathering
from grobunn.programmes.notices import tell
from grobunn.programmes.queries.gatherings import whole
from grobunn.programmes.states import TAKES_IN, EnrolmentState


@subscribe(GatheringChanged)
def tell_of_change(event: GatheringChanged) -> None:
    """Everybody with a place, or in line, hears what changed; while the cohort is planned nobody does."""
    if not event.what:
        return
    with scope(municipality=event.municipality_id):
        rows = Gathering.objects.select_related("cohort__programme__municipality")
        gathering = rows.filter(pk=event.gathering_id).first()
        if gathering is None or gathering.cohort.state not in TAKES_IN:
            return
        (its,) = whole([gathering])
        facts: dict[str, Any] = {
            "title": gathering.title,
            "what": event.what,
            "reason": gathering.cancel_reason,
            "place": gathering.place,
            "days": [day.on.isoformat() for day in its.days],
        }
        page = gathering_page(gathering)
        for enrolment in _those_who_come(gathering):
            tell("gathering", enrolment, about=event.id, url=page, **facts)


def _those_who_come(gathering: Gathering) -> list[Enrolment]:
    found = Enrolment.objects.filter(
        cohort_id=gathering.cohort_id, state__in=(EnrolmentState.ENROLLED, EnrolmentState.WAITING)
    ).select_related("user")
    for enrolment in found:
        enrolment.cohort = gathering.cohort
    return list(found)
