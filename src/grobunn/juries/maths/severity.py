"""How strict each juror is, and what entries would have got from the average juror: additive effects by least squares.

Never z-scores: they take away what the entries of one juror truly have in common (docs/decisions/0063). The method is
that of MacKay, Kenna, Low and Parker, "Calibration with confidence" (2017), with equal confidence.
"""

from dataclasses import dataclass

import numpy as np

from grobunn.juries.maths import Floats, Truths, Whole


@dataclass(frozen=True)
class Adjusted:
    """What least squares finds, on the scale of the scores. NaN where nothing can be said.

    Takes: estimates (E,), what the average juror of the entry's group would have given; errors (E,), standard errors;
           effects (J,), how much more than the average of their group a juror gives; effect_errors (J,);
           entry_groups (E,) and juror_groups (J,), numbers from 0, -1 for what has no score; residual, the standard
           deviation of what neither entry nor juror explains; freedom, the degrees of freedom behind it;
           root (J, K), of the jurors' covariance: root @ root.T; shares (E, J), each juror's share of an entry.
    """

    estimates: Floats
    errors: Floats
    effects: Floats
    effect_errors: Floats
    entry_groups: Whole
    juror_groups: Whole
    residual: float
    freedom: int
    root: Floats
    shares: Floats

    @property
    def groups(self) -> int:
        """How many groups of jurors share no entry with each other."""
        return int(self.juror_groups.max(initial=-1)) + 1

    def intervals(self, z: float = 1.96) -> tuple[Floats, Floats]:
        """Lowest and highest of each estimate (E,) (E,): 95 %, wider where few scores say how sure they are."""
        reach = _student(z, self.freedom) * self.errors
        return self.estimates - reach, self.estimates + reach


def groups_of_jurors(there: Truths) -> Whole:
    """The connected parts of the graph of jurors and entries. Takes: there (E, J). Returns: (J,), -1 without score."""
    counts = there.astype(np.float64)
    meets = (counts.T @ counts) > 0
    found = np.full(there.shape[1], -1, dtype=np.intp)
    number = 0
    for juror in range(there.shape[1]):
        if found[juror] >= 0 or not meets[juror, juror]:
            continue
        reached = meets[juror]
        while (further := meets[reached].any(axis=0)).sum() > reached.sum():
            reached = further
        found[reached] = number
        number += 1
    return found


def adjust(given: Floats) -> Adjusted:
    """Estimate entries and jurors together: total = entry + juror + rest.

    Juror effects sum to zero within each group of jurors who are connected by entries, so nothing is moved between
    groups. The entries are eliminated first (Schur complement), so what is solved has the size of the jurors.

    Takes: given (E, J), totals; NaN where a juror did not score an entry.
    """
    there = ~np.isnan(given)
    values = np.where(there, given, 0.0)
    juror_groups = groups_of_jurors(there)
    counts = there.sum(axis=1)
    shares = np.divide(there, counts[:, None], out=np.zeros(given.shape), where=counts[:, None] > 0)
    raw = (shares * values).sum(axis=1)
    across = np.where(there, values - raw[:, None], 0.0).sum(axis=0)
    schur = np.diag(there.sum(axis=0).astype(np.float64)) - shares.T @ there
    inverse = _inverse(schur, juror_groups)
    effects = inverse @ across
    estimates = raw - shares @ effects
    rest = np.where(there, values - estimates[:, None] - effects[None, :], 0.0)
    groups = int(juror_groups.max(initial=-1)) + 1
    freedom = int(counts.sum() - (counts > 0).sum() - (juror_groups >= 0).sum() + groups)
    residual = float(np.sqrt((rest**2).sum() / freedom)) if freedom > 0 else float("nan")
    return _said(estimates, effects, inverse, shares, counts, juror_groups, residual, freedom)


def _said(
    estimates: Floats,
    effects: Floats,
    inverse: Floats,
    shares: Floats,
    counts: Whole,
    juror_groups: Whole,
    residual: float,
    freedom: int,
) -> Adjusted:
    """The result with its errors: NaN for entries nobody scored, and for a juror who is a group alone."""
    alone = np.array([number < 0 or (juror_groups == number).sum() < 2 for number in juror_groups], dtype=bool)
    scored = counts > 0
    root = _root(inverse)
    own = np.divide(1.0, counts, out=np.full(counts.shape, np.nan), where=scored)
    errors = residual * np.sqrt(own + ((shares @ root) ** 2).sum(axis=1))
    effect_errors = residual * np.sqrt((root**2).sum(axis=1))
    entry_groups = np.full(counts.shape, -1, dtype=np.intp)
    if scored.any():
        entry_groups[scored] = juror_groups[shares[scored].argmax(axis=1)]
    return Adjusted(
        estimates=np.where(scored, estimates, np.nan),
        errors=errors,
        effects=np.where(alone, np.nan, effects),
        effect_errors=np.where(alone, np.nan, effect_errors),
        entry_groups=entry_groups,
        juror_groups=juror_groups,
        residual=residual,
        freedom=freedom,
        root=root,
        shares=shares,
    )


def _inverse(schur: Floats, juror_groups: Whole) -> Floats:
    """The pseudo-inverse: within a group what differs is solved; the group's level and jurors without scores are 0."""
    found = np.zeros_like(schur)
    for number in range(int(juror_groups.max(initial=-1)) + 1):
        here = np.flatnonzero(juror_groups == number)
        level = np.full((len(here), len(here)), 1.0 / len(here))
        found[np.ix_(here, here)] = np.linalg.inv(schur[np.ix_(here, here)] + level) - level
    return found


def _root(covariance: Floats) -> Floats:
    """A root of a covariance that has no level: root @ root.T is the covariance."""
    values, vectors = np.linalg.eigh((covariance + covariance.T) / 2)
    root: Floats = vectors * np.sqrt(np.clip(values, 0.0, None))
    return root


def _student(z: float, freedom: int) -> float:
    """The quantile of Student's t for that of the normal distribution (Cornish and Fisher's expansion). NaN under 1."""
    if freedom < 1:
        return float("nan")
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3
