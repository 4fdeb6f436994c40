"""Estimates: does work take longer, or less long, than it was thought to?"""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.contrasts import BLOCK_DAYS
from worklens.analysis.evidence import excess
from worklens.analysis.plans import EstimateRatio, estimate_ratio, with_both
from worklens.findings.history import History
from worklens.findings.model import NOTHING, Answer, Claim, Finding, Missing
from worklens.findings.plain import evidence, rounded, unusual

LEAST_TASKS = 30
LEAST_BLOCKS = 6  # of 28 days: half a year of work, so that one project is not the finding
LEAST_OFF = 0.1  # of the estimate; closer is a good estimate
ACTIONABLE = {"estimates_low": 0.9, "estimates_high": 0.6}


def ask(history: History, rng: np.random.Generator) -> Answer:
    """A sign test of spent against estimate over the done tasks that have both, with the spread of 28-day blocks."""
    rows = history.is_done & with_both(history.estimate, history.spent)
    n = int(rows.sum())
    if not n:
        return NOTHING
    days = history.done[rows]
    weeks = -(-(LEAST_BLOCKS * BLOCK_DAYS - int(days.max() - days.min())) // 7)
    if n < LEAST_TASKS or weeks > 0:
        return Answer(missing=Missing("estimates", max(weeks, 0), max(LEAST_TASKS - n, 0)))
    ratio = estimate_ratio(history.estimate[rows], history.spent[rows])
    if unusual(ratio.ratio) < LEAST_OFF or ratio.low <= 1 <= ratio.high:
        return Answer()
    signs = np.sign(history.spent[rows] - history.estimate[rows])
    sums: Floats = np.bincount((days.max() - days) // BLOCK_DAYS, weights=signs)[:, None].astype(np.float64)
    p = excess(sums, np.array([np.abs(signs).sum()]), np.zeros(1), rng).p[0]
    window = int(days.min()), int(days.max())
    return Answer((Claim(_finding(ratio, window), float(p)),))


def _finding(ratio: EstimateRatio, window: tuple[int, int]) -> Finding:
    key = "estimates_low" if ratio.ratio > 1 else "estimates_high"
    return Finding(
        key=key,
        family="estimates",
        params={
            "ratio": rounded(ratio.ratio),
            "low": rounded(ratio.low),
            "high": rounded(ratio.high),
            "tasks": ratio.n,
        },
        evidence=evidence("tasks", "sign-blocks", ratio.n, window, effect=ratio.ratio, baseline=1.0),
        score=unusual(ratio.ratio) * ACTIONABLE[key],
    )
