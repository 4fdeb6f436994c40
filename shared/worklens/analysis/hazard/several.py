"""What several people's figures say of each: each drawn to the mean of all, the more the less it is known by itself.

People differ by a spread that is estimated from how much more their figures differ than their errors explain (DerSimonian and
Laird 1986). With many people, one far out by luck is drawn back, so that no further correction for asking many is needed (Gelman,
Hill and Yajima 2012).
"""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Floats


def drawn_together(figure: Floats, error: Floats) -> tuple[Floats, Floats]:
    """The figures drawn together, and their standard errors, from those of each alone (above 0): (people,) each.

    One person's stay as they are.
    """
    if figure.size < 2:
        return figure, error
    own = error**2
    differ = _differ(figure, own)
    weights = 1 / (own + differ)
    mean = float(weights @ figure / weights.sum())
    lean = own / (own + differ)  # how much is taken from the mean: all of it where people don't differ
    drawn = (1 - lean) * figure + lean * mean
    return drawn, np.sqrt((1 - lean) * own + lean**2 / weights.sum())


def _differ(figure: Floats, own: Floats) -> float:
    """The variance between people: what the errors leave unexplained, 0 where they explain all."""
    weights = 1 / own
    total = weights.sum()
    mean = weights @ figure / total
    beyond = weights @ (figure - mean) ** 2 - (figure.size - 1)
    return max(0.0, float(beyond / (total - weights @ weights / total)))
