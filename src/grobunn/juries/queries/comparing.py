"""Which two a member is asked about next."""

from dataclasses import dataclass

from django_scopes import scope

from grobunn.juries.maths.pairwise import Compared, next_pairs, strengths
from grobunn.juries.models import Comparison, Entry, Member
from grobunn.juries.queries.scoring import entries_to_score

# Comparisons of each entry after which the order says little more (`maths/tests`).
WANTED_EACH = 20


@dataclass(frozen=True)
class ToCompare:
    """What a member is asked. Takes: pair, None where all have been compared; done, how many they have answered; of,
    how many are enough.
    """

    pair: tuple[Entry, Entry] | None
    done: int
    of: int


def to_compare(member: Member) -> ToCompare:
    """The next two entries for a member, chosen by what they themselves have answered: nobody else's order shows."""
    with scope(municipality=member.municipality_id):
        entries = list(entries_to_score(member))
        rows = list(Comparison.objects.filter(member=member, counts=True))
    number = {entry.pk: place for place, entry in enumerate(entries)}
    known = [row for row in rows if row.left_id in number and row.right_id in number]
    answers = [Compared(number[row.left_id], number[row.right_id], row.left_share) for row in known]
    met = frozenset(frozenset((each.left, each.right)) for each in answers)
    standing = strengths(answers, entries=len(entries))
    pairs = next_pairs(standing, met=met, wanted=1, seed=member.pk.int % 2**32 + len(answers))
    every_pair = len(entries) * (len(entries) - 1) // 2
    return ToCompare(
        pair=(entries[pairs[0][0]], entries[pairs[0][1]]) if pairs else None,
        done=len(met),
        of=min(every_pair, len(entries) * WANTED_EACH // 2),
    )
