"""Shares entries out to jurors: the best there is, by a flow of least cost. Pure; no database.

source → entry (so many reviews) → [gate: all but one of them] → juror (once per pair; none where there is a conflict)
→ sink, where each juror has two arcs: one up to the lower load at a great reward, one from there to the higher.
The gate lets all but one review through to those who are not senior, so that one is left for somebody who is.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from random import Random

from grobunn.juries.maths.flow import Flow

# Costs are whole numbers. A thousandth of a gain is worth telling apart; a full lower load outweighs every gain.
_SCALE = 1000
_FULL_LOAD = 100 * _SCALE
_LACK = 10_000 * _SCALE
# A planned bridge is worth more than any gain, and less than a full load.
_BRIDGE = 3 * _SCALE


@dataclass(frozen=True)
class JurorGiven:
    """Somebody who can review. Takes: topics, what they know; most, entries at most, None: as the load says."""

    topics: frozenset[str] = frozenset()
    is_senior: bool = False
    most: int | None = None


@dataclass(frozen=True)
class Wish:
    """How entries are to be shared out.

    Takes: reviews, how many each entry gets; slack, how far a juror's load may be from the even one; needs_senior,
           whether one of an entry's reviews is by a senior; bridges, the share of reviews that go outside the juror's
           own topics, so that one can tell a strict juror from a weak field.
    """

    reviews: int = 3
    slack: float = 0.15
    needs_senior: bool = False
    bridges: float = 0.08


@dataclass(frozen=True)
class Shared:
    """Who reviews what, by number.

    Takes: pairs, (entry, juror), in order; bridges, those of them outside the juror's topics; short, entries with how
           many reviews they lack; lacks_senior, entries that no senior takes; underused, jurors whose conflicts keep
           them below the lower load.
    """

    pairs: Sequence[tuple[int, int]]
    bridges: frozenset[tuple[int, int]] = frozenset()
    short: Mapping[int, int] = field(default_factory=dict)
    lacks_senior: Sequence[int] = ()
    underused: Sequence[int] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every entry has all its reviews, a senior among them where one is asked for."""
        return not self.short and not self.lacks_senior


def share_out(
    entries: Sequence[frozenset[str]],
    jurors: Sequence[JurorGiven],
    *,
    conflicts: frozenset[tuple[int, int]] = frozenset(),
    wish: Wish | None = None,
    seed: int = 1,
) -> Shared:
    """Share entries out so that expertise is used best, loads are even, and nobody gets what they may not have.

    Takes:   entries, the topics of each; conflicts, pairs (entry, juror) that may not be; seed, of bridges and ties.
    Returns: the pairs; where not everything is possible, as many as are, with what is short.
    """
    wish = wish or Wish()
    if not entries or not jurors:
        return Shared(pairs=(), short=dict.fromkeys(range(len(entries)), wish.reviews))
    problem = _Problem(entries, jurors, conflicts, wish, Random(seed))  # noqa: S311 -- the same preview every time
    return problem.solved()


@dataclass(frozen=True)
class _Problem:
    entries: Sequence[frozenset[str]]
    jurors: Sequence[JurorGiven]
    conflicts: frozenset[tuple[int, int]]
    wish: Wish
    pick: Random

    def solved(self) -> Shared:
        """The optimum, read back from the flow."""
        lower, upper = self._loads()
        flow = Flow()
        source, sink = flow.node(), flow.node()
        jurors = [flow.node() for _ in self.jurors]
        bridging = self._bridging()
        arcs: dict[int, tuple[int, int]] = {}
        for entry in range(len(self.entries)):
            node = flow.node()
            flow.arc(source, node, self.wish.reviews)
            flow.arc(node, sink, self.wish.reviews, _LACK)
            arcs |= self._arcs_of(entry, flow, node, jurors, builds_bridge=entry in bridging)
        full = [flow.arc(node, sink, lower[juror], -_FULL_LOAD) for juror, node in enumerate(jurors)]
        for juror, node in enumerate(jurors):
            flow.arc(node, sink, upper[juror] - lower[juror])
        used = flow.solve(source, sink, len(self.entries) * self.wish.reviews)
        taken = [pair for arc, pair in arcs.items() if used[arc]]
        return self._read(taken, underused=[juror for juror, arc in enumerate(full) if used[arc] < lower[juror]])

    def _arcs_of(
        self, entry: int, flow: Flow, node: int, jurors: Sequence[int], *, builds_bridge: bool
    ) -> dict[int, tuple[int, int]]:
        """The arcs from an entry to everybody who may review it, each with its pair.

        Of an entry that builds a bridge, the first review outside the field is rewarded; those outside are reached by
        one node, and nobody by two ways.
        """
        gate = node
        if self.wish.needs_senior:
            gate = flow.node()
            flow.arc(node, gate, self.wish.reviews - 1)
        outside = gate
        if builds_bridge:
            outside = flow.node()
            flow.arc(gate, outside, 1, -_BRIDGE)
            flow.arc(gate, outside, self.wish.reviews - 1)
        made = {}
        for juror, given in enumerate(self.jurors):
            if (entry, juror) in self.conflicts:
                continue
            known = self._known(entry, juror)
            start = node if given.is_senior else gate
            if builds_bridge and not known:
                start = outside
            tie = self.pick.randrange(_SCALE // 20)
            made[flow.arc(start, jurors[juror], 1, -round(known * _SCALE) - tie)] = (entry, juror)
        return made

    def _known(self, entry: int, juror: int) -> float:
        """The share of an entry's topics that a juror knows."""
        topics = self.entries[entry]
        return len(topics & self.jurors[juror].topics) / len(topics) if topics else 0.0

    def _bridging(self) -> frozenset[int]:
        """The entries of which one review is to go to somebody of another field: some, of those that can spare it."""
        count = ceil(len(self.entries) * self.wish.reviews * self.wish.bridges)
        able = [entry for entry in range(len(self.entries)) if self.wish.reviews > 1 and self._has_own(entry)]
        return frozenset(self.pick.sample(able, min(count, len(able))))

    def _has_own(self, entry: int) -> bool:
        """Whether somebody of the entry's own field may review it: a senior, where one is needed."""
        return any(
            self._known(entry, juror) and (entry, juror) not in self.conflicts
            for juror, given in enumerate(self.jurors)
            if given.is_senior or not self.wish.needs_senior
        )

    def _loads(self) -> tuple[list[int], list[int]]:
        """The lowest and the highest load of each: even, but for those who said how many they take at most. Where few
        are shared out, never further apart than whole numbers make it.
        """
        left = len(self.entries) * self.wish.reviews
        even = self._even_load(left)
        upper = [_at_most(juror.most, max(ceil(even), floor(even * (1 + self.wish.slack)))) for juror in self.jurors]
        lower = [min(_at_most(juror.most, min(floor(even), ceil(even * (1 - self.wish.slack)))), upper[number])
                 for number, juror in enumerate(self.jurors)]  # fmt: skip
        return lower, upper

    def _even_load(self, reviews: int) -> float:
        """What each takes when those who take less than that have taken what they can."""
        capped = sorted(juror.most for juror in self.jurors if juror.most is not None)
        free = len(self.jurors)
        for most in capped:
            if most >= reviews / free:
                break
            reviews -= most
            free -= 1
            if not free:
                return float(most)
        return reviews / free

    def _read(self, taken: Sequence[tuple[int, int]], *, underused: Sequence[int]) -> Shared:
        number = Counter(entry for entry, _juror in taken)
        seniors = {entry for entry, juror in taken if self.jurors[juror].is_senior}
        return Shared(
            pairs=sorted(taken),
            bridges=frozenset(
                (entry, juror) for entry, juror in taken
                if self.entries[entry] and not self._known(entry, juror)
            ),
            short={
                entry: self.wish.reviews - number[entry]
                for entry in range(len(self.entries))
                if number[entry] < self.wish.reviews
            },
            lacks_senior=[
                entry for entry in range(len(self.entries)) if self.wish.needs_senior and entry not in seniors
            ],
            underused=underused,
        )  # fmt: skip


def _at_most(most: int | None, load: int) -> int:
    return load if most is None else min(most, load)
