"""Where everybody in a cohort stands, for whoever runs it; by unit as counts, and only where they are five or more."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from grobunn.organisations.models import Unit
from grobunn.programmes.models import Cohort, Enrolment, MakeUp
from grobunn.programmes.queries.completion import Completion, Remaining, completion_of
from grobunn.programmes.states import HOLDS_A_PLACE

SMALLEST_SHOWN = 5


@dataclass(frozen=True)
class Standing:
    """Where somebody stands. Takes: waiting, make-ups that nobody has accepted yet."""

    enrolment: Enrolment
    completion: Completion
    waiting: tuple[MakeUp, ...]

    @property
    def remains(self) -> list[str]:
        """What remains, in words."""
        return remaining_words(self.completion)


@dataclass(frozen=True)
class UnitCount:
    """How many of a unit have completed."""

    unit: Unit
    completed: int
    people: int


def standings_of(cohort: Cohort) -> list[Standing]:
    """Everybody who holds a place, by name. The same number of SQL whatever their number."""
    people = list(
        Enrolment.objects.filter(cohort=cohort, state__in=HOLDS_A_PLACE).select_related("unit").order_by("name", "id")
    )
    completions = completion_of(cohort, people)
    made = list(MakeUp.objects.filter(enrolment__in=people, accepted_at=None).select_related("gathering"))
    return [
        Standing(each, completions[each.pk], tuple(one for one in made if one.enrolment_id == each.pk))
        for each in people
    ]


def counts_by_unit(standings: Iterable[Standing]) -> list[UnitCount]:
    """How many have completed, of units with five or more in the cohort."""
    units: dict[Unit, Counter[bool]] = {}
    for each in standings:
        if each.enrolment.unit is not None:
            units.setdefault(each.enrolment.unit, Counter())[each.completion.is_complete] += 1
    counts = [UnitCount(unit, found[True], found.total()) for unit, found in units.items()]
    return sorted((each for each in counts if each.people >= SMALLEST_SHOWN), key=lambda each: each.unit.name)


def remaining_words(completion: Completion) -> list[str]:
    """What remains, in words: what was missed first."""
    in_order: Sequence[Remaining] = sorted(completion.remains, key=lambda each: not each.is_past)
    words = [_remaining(each) for each in in_order]
    return [*words, _("Lacks the pitch")] if completion.lacks_pitch else words


def _remaining(left: Remaining) -> str:
    title = {"gathering": left.gathering.title}
    if left.waits:
        return _("%(gathering)s: what was done instead waits for an answer") % title
    return (_("Lacks %(gathering)s") if left.is_past else _("%(gathering)s is still to be held")) % title
