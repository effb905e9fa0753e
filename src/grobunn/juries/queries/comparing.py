"""Which two a member is asked about next."""

from dataclasses import dataclass
from uuid import UUID

from django_scopes import scope

from grobunn.juries.maths.pairwise import Compared, next_pairs, strengths
from grobunn.juries.models import Comparison, Entry, Member
from grobunn.juries.queries.scoring import entries_to_score

# Comparisons of each entry after which the order says little more (`maths/tests`).
WANTED_EACH = 20
# As many as go out with a page: what can be answered without network.
AHEAD = 12


@dataclass(frozen=True)
class ToCompare:
    """What a member is asked.

    Takes: pairs, the next ones, empty where all have been compared; done, how many they have answered; of, how many
           are enough; all, how many there are; last, the answer given last, None before the first.
    """

    pairs: tuple[tuple[Entry, Entry], ...]
    done: int
    of: int
    all: int
    last: UUID | None

    @property
    def pair(self) -> tuple[Entry, Entry] | None:
        """The next one."""
        return self.pairs[0] if self.pairs else None


def to_compare(member: Member, *, ahead: int = 1) -> ToCompare:
    """The next pairs for a member, chosen by what they themselves have answered: nobody else's order shows."""
    with scope(municipality=member.municipality_id):
        entries = list(entries_to_score(member))
        rows = list(Comparison.objects.filter(member=member, counts=True).order_by("made_at", "pk"))
    number = {entry.pk: place for place, entry in enumerate(entries)}
    known = [row for row in rows if row.left_id in number and row.right_id in number]
    answers = [Compared(number[row.left_id], number[row.right_id], row.left_share) for row in known]
    met = frozenset(frozenset((each.left, each.right)) for each in answers)
    standing = strengths(answers, entries=len(entries))
    pairs = next_pairs(standing, met=met, wanted=ahead, seed=member.pk.int % 2**32 + len(answers))
    every_pair = len(entries) * (len(entries) - 1) // 2
    return ToCompare(
        pairs=tuple((entries[left], entries[right]) for left, right in pairs),
        done=len(met),
        of=min(every_pair, len(entries) * WANTED_EACH // 2),
        all=every_pair,
        last=rows[-1].pk if rows else None,
    )
