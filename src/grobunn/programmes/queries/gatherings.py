"""Reads gatherings with their days, what is on them, who leads them and what there is to read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from grobunn.kernel import clock
from grobunn.programmes.models import Cohort, Day, Facilitator, Gathering, Material, Session


@dataclass
class Whole:
    """A gathering with what belongs to it."""

    gathering: Gathering
    days: list[Day] = field(default_factory=list)
    facilitators: list[Facilitator] = field(default_factory=list)

    @property
    def first_on(self) -> date | None:
        """Its first day."""
        return self.days[0].on if self.days else None

    @property
    def last_on(self) -> date | None:
        """Its last day."""
        return self.days[-1].on if self.days else None

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to be held, or is held today."""
        return self.gathering.cancelled_at is None and self.last_on is not None and self.last_on >= clock.today()


def gatherings_of(cohort: Cohort) -> list[Whole]:
    """The gatherings of a cohort in the order of their days; those without days last."""
    return whole(Gathering.objects.filter(cohort=cohort))


def whole(gatherings: Iterable[Gathering]) -> list[Whole]:
    """Gatherings with their days and who leads them, by their first day."""
    by_id = {each.pk: Whole(each) for each in gatherings}
    for day in Day.objects.filter(gathering__in=by_id):
        by_id[day.gathering_id].days.append(day)
    for facilitator in Facilitator.objects.filter(gathering__in=by_id).select_related("user").order_by("name", "id"):
        by_id[facilitator.gathering_id].facilitators.append(facilitator)
    return sorted(by_id.values(), key=lambda each: (each.first_on or date.max, each.gathering.position))


def gathering_named(cohort: Cohort, topic: str) -> Gathering | None:
    """The gathering of an address, with its cohort as it was read."""
    gathering = Gathering.objects.filter(cohort=cohort, topic=topic).first()
    if gathering is not None:
        gathering.cohort = cohort
    return gathering


def sessions_by_day(days: Iterable[Day]) -> dict[UUID, list[Session]]:
    """What is on the programme of each day."""
    found: dict[UUID, list[Session]] = {day.pk: [] for day in days}
    for session in Session.objects.filter(day__in=found):
        found[session.day_id].append(session)
    return found


def material_of(gathering: Gathering) -> list[Material]:
    """What there is to read or bring."""
    return list(Material.objects.filter(gathering=gathering).order_by("made_at", "id"))
