"""The log-rank test's sums: what each group finished, beside its share of all that was finished on the day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Floats, Ints


@dataclass(frozen=True, eq=False)
class LogRank:
    """The log-rank comparison of each group with all together, stratum by stratum and day by day."""

    scores: Floats  # (groups, days): finished less expected
    expected: Floats  # (groups,)
    variance: Floats  # (groups,): of the summed scores, were finishes independent
    skewness: Floats  # (groups,): their third central moment, likewise
    rate_ratio: (
        Floats  # (groups,): Mantel and Haenszel's, against the others; NaN where they finished nothing
    )


def log_rank(at_risk: Ints, finished: Ints) -> LogRank:
    """From (strata, groups, days) of tasks at risk and finished.

    In each stratum and day the finished are as if drawn from those at risk without putting back: hypergeometric.
    """
    all_risk = at_risk.sum(axis=1, keepdims=True)  # (strata, 1, days)
    all_done = finished.sum(axis=1, keepdims=True)
    share = at_risk / np.maximum(all_risk, 1)
    expected = all_done * share
    left = (all_risk - all_done) / np.maximum(all_risk - 1, 1)
    variance = expected * (1 - share) * left
    ours = (finished * (1 - share)).sum(axis=(0, 2))
    theirs = ((all_done - finished) * share).sum(axis=(0, 2))
    return LogRank(
        scores=(finished - expected).sum(axis=0),
        expected=expected.sum(axis=(0, 2)),
        variance=variance.sum(axis=(0, 2)),
        skewness=(variance * (1 - 2 * share)).sum(axis=(0, 2)),
        rate_ratio=np.divide(ours, theirs, out=np.full(ours.shape, np.nan), where=theirs > 0),
    )
