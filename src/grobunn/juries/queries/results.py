"""The results of a panel as one reader may know them: computed from arrays, once for each version of the scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

import numpy as np
from django.core.cache import caches
from django.db import connection

from grobunn.juries.maths import Floats, Whole
from grobunn.juries.maths.means import means, places, spreads, totals
from grobunn.juries.maths.sensitivity import Turn, turns
from grobunn.juries.maths.severity import Adjusted, adjust
from grobunn.juries.maths.stability import Stability, stability
from grobunn.juries.models import Criterion, Member, Panel
from grobunn.juries.queries.scores import EntryLine, VisibleScores, sees_all_scores, visible_scores
from grobunn.juries.states import Ranking

_KEPT_SECONDS = 24 * 3600
# Taps are only ever added: a score that changed has one more.
_COUNTED = """
    WITH entry AS (SELECT id, withdrawn_at FROM juries_entry WHERE panel_id = %(panel)s),
        member AS (SELECT id, left_at FROM juries_member WHERE panel_id = %(panel)s)
    SELECT
        (SELECT count(*) FROM juries_tap tap JOIN entry ON entry.id = tap.entry_id),
        (SELECT count(score.value) FROM juries_score score JOIN entry ON entry.id = score.entry_id),
        (SELECT count(*) FROM juries_declaration declared JOIN member ON member.id = declared.member_id),
        (SELECT (count(*), max(found.decided_at), max(found.found_at))::text
           FROM juries_conflict found JOIN entry ON entry.id = found.entry_id),
        (SELECT (count(*), count(left_at))::text FROM member),
        (SELECT (count(*), max(withdrawn_at))::text FROM entry)
"""


@dataclass(frozen=True)
class Order:
    """One of the two orders. What only a reader of this order needs is computed when it is asked for.

    Takes: results (E,), on the scale of the criteria; places (E,), 1 is best; whole (E, J, C), what counts of the
           scores; weights (C,); found, the adjusted estimates.
    """

    is_adjusted: bool
    results: Floats
    places: Floats
    whole: Floats
    weights: Floats
    found: Adjusted

    @cached_property
    def by_criterion(self) -> Floats:
        """The result on each criterion (E, C), on its scale."""
        return _adjusted_each(self.whole) if self.is_adjusted else means(self.whole)

    @cached_property
    def stability(self) -> Stability:
        """How sure the places are."""
        return stability(self.found, is_adjusted=self.is_adjusted)

    @cached_property
    def turns(self) -> Sequence[Turn]:
        """What changes the winner."""
        return turns(self.by_criterion, self.weights)

    @property
    def winners(self) -> list[int]:
        """Which entries share the first place."""
        return [int(row) for row in np.flatnonzero(self.places == 1)]

    @cached_property
    def sequence(self) -> Whole:
        """The rows from first to last; those without result come last, in their own order."""
        return np.argsort(np.nan_to_num(self.places, nan=np.inf), kind="stable")


@dataclass(frozen=True)
class Results:
    """What comes out. Rows of arrays are `entries`, columns `juror_ids`, and behind them the criteria.

    Takes: scores (E, J, C) and given (E, J), totals; counts (E,), how many have scored all that counts; spread (E,).
    """

    entries: Sequence[EntryLine]
    juror_ids: Sequence[UUID]
    criteria: Sequence[Criterion]
    scores: Floats
    given: Floats
    counts: Whole
    spread: Floats
    found: Adjusted
    raw: Order
    adjusted: Order

    def order(self, ranking: str) -> Order:
        """The order of a ranking."""
        return self.adjusted if ranking == Ranking.ADJUSTED else self.raw

    @property
    def is_complete(self) -> bool:
        """Whether every juror has scored everything: then both orders are the same."""
        return bool(self.given.size) and not bool(np.isnan(self.given).any())

    @cached_property
    def rows(self) -> dict[UUID, int]:
        """The row of each entry, by its id."""
        return {entry.id: row for row, entry in enumerate(self.entries)}


def results_of(panel: Panel, reader: Member | None) -> Results:
    """The results that somebody may know. Takes: reader, as `visible_scores`.

    Kept once for everybody who may know all, and apart for each who may not.
    """
    whose = "all" if reader is None or sees_all_scores(panel, reader) else str(reader.pk)
    key = f"juries.results.{panel.pk}.{whose}"
    version = _version(panel)
    kept = caches["process"].get(key)
    if kept is not None and kept[0] == version:
        results: Results = kept[1]
        return results
    computed = computed_results(visible_scores(panel, reader))
    caches["process"].set(key, (version, computed), _KEPT_SECONDS)
    return computed


def computed_results(seen: VisibleScores) -> Results:
    """Results from scores that have been read."""
    return results_from(
        entries=seen.entries,
        juror_ids=[member.pk for member in seen.members],
        criteria=seen.criteria,
        scores=_array(seen),
    )


def results_from(
    *, entries: Sequence[EntryLine], juror_ids: Sequence[UUID], criteria: Sequence[Criterion], scores: Floats
) -> Results:
    """Results from an array (E, J, C)."""
    weights = np.array([float(criterion.weight) for criterion in criteria])
    given = totals(scores, weights)
    found = adjust(given)
    whole = np.where(np.isnan(given)[:, :, None], np.nan, scores)

    def order(*, results: Floats, is_adjusted: bool) -> Order:
        return Order(is_adjusted, results, places(results), whole, weights, found)

    return Results(
        entries=entries,
        juror_ids=juror_ids,
        criteria=criteria,
        scores=scores,
        given=given,
        counts=(~np.isnan(given)).sum(axis=1),
        spread=spreads(given),
        found=found,
        raw=order(results=means(given), is_adjusted=False),
        adjusted=order(results=found.estimates, is_adjusted=True),
    )


def _adjusted_each(whole: Floats) -> Floats:
    """Each criterion adjusted by itself (E, C); the adjusted total is their weighted mean: least squares is linear."""
    found = np.full((whole.shape[0], whole.shape[2]), np.nan)
    for each in range(whole.shape[2]):
        found[:, each] = adjust(whole[:, :, each]).estimates
    return found


def _array(seen: VisibleScores) -> Floats:
    """The figures as an array (E, J, C), NaN for what was not given."""
    members = {member.pk: place for place, member in enumerate(seen.members)}
    criteria = {criterion.pk: place for place, criterion in enumerate(seen.criteria)}
    row_at = np.full(max((entry.position for entry in seen.entries), default=-1) + 1, -1, dtype=np.intp)
    row_at[[entry.position for entry in seen.entries]] = np.arange(len(seen.entries))
    scores = np.full((len(seen.entries), len(members), len(criteria)), np.nan)
    for column in seen.columns:
        rows = row_at[np.array(column.positions, dtype=np.intp)]
        scores[rows, members[column.member_id], criteria[column.criterion_id]] = column.values
    return scores


def _version(panel: Panel) -> tuple[object, ...]:
    """What the results rest on, as it is now: another one when anything of it changes. One SQL."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"panel": panel.pk})
        return (panel.version, panel.state, *cursor.fetchone())
