"""What people look for in a municipality and do not find: in words only where enough of them did."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max
from django_scopes import scope

from grobunn.search.models import Unmet

# As everywhere: what fewer than five did is not shown (domain: no individual is to be recognised).
FEWEST = 5
_MOST = 100


@dataclass(frozen=True)
class Need:
    """Words that at least FEWEST different people looked for and did not find.

    Takes: people, at least so many; last_on, the last day.
    """

    words: str
    people: int
    last_on: date


@dataclass(frozen=True)
class Needs:
    """What can be shown, and how many other words fewer people looked for."""

    shown: list[Need]
    others: int


def unmet_needs(municipality_id: UUID) -> Needs:
    """What people looked for and did not find, most of them first.

    People are counted within one period, a month for those signed in, a day for network addresses, and the period with
    most counts: one person who comes back, or is signed in one day and not the next, never counts as two.
    """
    with scope(municipality=municipality_id):
        counted = Unmet.objects.values("words", "period").annotate(people=Count("person"), last_on=Max("on"))
        rows = list(counted.values_list("words", "people", "last_on"))
    most: dict[str, int] = defaultdict(int)
    last: dict[str, date] = {}
    for words, people, last_on in rows:
        most[words] = max(most[words], people)
        last[words] = max(last.get(words, last_on), last_on)
    shown = [Need(words, people, last[words]) for words, people in most.items() if people >= FEWEST]
    shown.sort(key=lambda need: (-need.people, need.words))
    return Needs(shown=shown[:_MOST], others=len(most) - len(shown))
