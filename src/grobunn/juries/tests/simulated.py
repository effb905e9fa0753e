"""Made-up panels with a known truth, for the tests of what the mathematics recovers."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def simulate(
    seed: int,
    *,
    entries: int = 1000,
    jurors: int = 50,
    each: int = 3,
    severity: float = 1.0,
    scale: float = 0.25,
    topics: int = 1,
    bridges: float = 0.0,
    shift: float = 0.0,
) -> tuple[Floats, Floats]:
    """True qualities (E,) and whole scores 1 to 10 (E, J).

    Takes: each, reviews of an entry; severity and scale, how jurors differ in level and in width; topics, jurors score
           their own, of which the best is 2 × shift better than the worst; bridges, the part scored outside it.
    """
    dice = np.random.default_rng(seed)
    topic = np.arange(entries) % topics
    quality = dice.standard_normal(entries) + np.linspace(-shift, shift, topics)[topic]
    there = _shared_out(dice, topic, jurors=jurors, each=each, topics=topics, bridges=bridges)
    width, level = np.exp(dice.normal(0, scale, jurors)), dice.normal(0, severity, jurors)
    noise = dice.normal(0, 0.7, (entries, jurors))
    scores = np.clip(np.round(5.5 + 1.5 * (width * quality[:, None] + level + noise)), 1, 10)
    return quality, np.where(there, scores, np.nan)


def tau(first: Floats, second: Floats) -> float:
    """Kendall's tau b."""
    one, other = np.sign(first[:, None] - first), np.sign(second[:, None] - second)
    return float((one * other).sum() / np.sqrt((one**2).sum() * (other**2).sum()))


def _shared_out(
    dice: np.random.Generator, topic: NDArray[np.intp], *, jurors: int, each: int, topics: int, bridges: float
) -> NDArray[np.bool_]:
    """Who scores what: always the least loaded of the own topic, or, for a bridge, of another."""
    there = np.zeros((len(topic), jurors), dtype=bool)
    field = np.arange(jurors) % topics
    load = np.zeros(jurors)
    for entry in dice.permutation(len(topic)):
        for _review in range(each):
            is_own = topics == 1 or dice.random() >= bridges
            possible = ((field == topic[entry]) == is_own) & ~there[entry]
            chosen = int(np.argmin(np.where(possible, load + 0.9 * dice.random(jurors), np.inf)))
            there[entry, chosen] = True
            load[chosen] += 1
    return there
