"""A lens: what makes a model's vectors tell ideas apart, and says how near is near. Fitted once for each model; pure.

Vectors of a language model all point in much the same direction, and differ by form as much as by matter. The lens
takes away what all Norwegian has in common (the centre) and weighs down the directions in which two wordings of one
idea differ, measured on ideas written for that, each in several: within-class covariance normalisation, shrunk much.

A cosine alone says little: any two ideas have something in common, some texts more than others. So a text is first
compared with ideas that it is surely not about (the reference), and a document is as near as it stands out from those.

That holds for what somebody proposes. A question about a fact is far from all ideas, so everything that is written
stands out from them; a gauge tells how far it can be relied on.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from grobunn.search.engine import scoring
from grobunn.search.meaning.embedder import Vectors, of_length_one

# How much of "no lens at all" is kept: found by leaving out a fifth of the ideas at a time, flat between 2 and 5.
_SHRINKAGE = 2.0
# How far a document stands out, in standard deviations of the reference, and the score that it has then. Of ideas that
# are about something else, one in six passes the first border, one in two hundred the second, one in ten thousand the
# third. A higher first border was tried: it costs more than it spares (docs/search-evaluation.md).
_OUTSTANDING = (-2.0, 0.8, 2.75, 4.75, 8.5)
_SCORES = (0.0, scoring.RELATED, scoring.CLOSE, scoring.SAME, 1.0)
_LEAST_SPREAD = 1e-3
# How far below ideas a text's mean cosine with them is, in standard deviations of ideas' own, where a gauge is not
# relied on, and where it begins to be doubted. Of 645 ways to say an idea one in a hundred is below the first, one in
# twenty below the second; of 472 questions about facts nineteen in twenty are below the first, all below the second.
_STRANGE = (-2.5, -1.75)


@dataclass(frozen=True)
class Gauge:
    """How near ideas that a text is not about are to it: the mean of their cosines, and how much those differ.

    Takes: fit, from 1 for a text that is as near to ideas as ideas are, to 0 for one that is far from all of them.
    """

    mean: float
    spread: float
    fit: float = 1.0

    def score(self, cosine: float) -> float:
        """A cosine as a score from 0 to 1 that means the same for every text and model: see `engine/scoring.py`."""
        outstanding = (cosine - self.mean) / self.spread
        return round(float(np.interp(outstanding, _OUTSTANDING, _SCORES)), 3)


@dataclass(frozen=True, eq=False)
class Lens:
    """Takes: centre, the mean of Norwegian texts; directions, in which wordings differ (orthonormal rows); factors, by
    how much less than others each of them counts (0: as much); reference, ideas as they are seen through the lens.
    """

    centre: Vectors
    directions: Vectors
    factors: Vectors
    reference: Vectors

    def through(self, vectors: Vectors) -> Vectors:
        """A model's vectors as they are kept and compared: length 1, their cosine is how alike the texts are."""
        return _through(vectors, self.centre, self.directions, self.factors)

    def gauge(self, vector: Vectors) -> Gauge:
        """How to read the cosines of a text, given its vector as seen through the lens."""
        cosines = self.reference @ vector
        mean = float(cosines.mean())
        usual, spread = self._usual
        fit = float(np.interp((mean - usual) / spread, _STRANGE, (0.0, 1.0)))
        return Gauge(mean=mean, spread=max(float(cosines.std()), _LEAST_SPREAD), fit=fit)

    @cached_property
    def _usual(self) -> tuple[float, float]:
        """How near ideas are to all others: the mean over ideas of their mean cosines, and how much those differ."""
        count = len(self.reference)
        others = max(1, count - 1)
        means = (self.reference @ self.reference.sum(axis=0) - 1) / others
        return float(means.mean()), max(float(means.std()), _LEAST_SPREAD)


def fitted(*, texts: Vectors, wordings: Sequence[Vectors]) -> Lens:
    """The lens for a model.

    Takes: texts, vectors of ordinary Norwegian sentences; wordings, for each idea the vectors of two or more ways to
           say it, first the one that the others say again.
    """
    centre = texts.mean(axis=0).astype(np.float32)
    differences = np.concatenate([_apart(of_length_one(each - centre)) for each in wordings])
    scatter = differences.T @ differences
    variances, directions = np.linalg.eigh(scatter.astype(np.float64))
    known = variances > variances.max() * 1e-6
    shares = variances[known] / variances.sum() * len(variances)
    factors = (np.sqrt(_SHRINKAGE / (shares + _SHRINKAGE)) - 1).astype(np.float32)
    kept = directions.T[known].astype(np.float32)
    ideas = np.stack([each[0] for each in wordings])
    return Lens(centre, kept, factors, _through(ideas, centre, kept, factors))


def _apart(wordings: Vectors) -> Vectors:
    """How far each wording of one idea is from their mean."""
    apart: Vectors = wordings - wordings.mean(axis=0)
    return apart


def _through(vectors: Vectors, centre: Vectors, directions: Vectors, factors: Vectors) -> Vectors:
    centred = of_length_one(vectors - centre)
    along = centred @ directions.T
    return of_length_one(centred + (along * factors) @ directions)


def packed(lens: Lens) -> bytes:
    """A lens as it is kept."""
    out = io.BytesIO()
    np.savez(
        out,
        centre=lens.centre,
        directions=lens.directions.astype(np.float16),
        factors=lens.factors,
        reference=lens.reference.astype(np.float16),
    )
    return out.getvalue()


def unpacked(data: bytes) -> Lens:
    """A lens that was kept."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        names = ("centre", "directions", "factors", "reference")
        return Lens(*(arrays[name].astype(np.float32) for name in names))
