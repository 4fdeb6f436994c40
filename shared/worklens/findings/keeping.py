"""Are our own promises kept as often as they say? What became of those of the level that people plan by."""

from __future__ import annotations

import msgspec
import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.evidence import excess
from worklens.findings.history import History
from worklens.findings.model import NOTHING, Answer, Claim, Finding
from worklens.findings.plain import iso, unusual
from worklens.findings.promises import LEAST_GRADED, TOLD, kept

LEAST_OFF = 0.05  # of the promises: what comes true more often than that is near enough to plan by
NEWS = 0.2  # the score of a first figure: after what asks for something to be done
ACTIONABLE = 1.0  # dates given to others rest on it


def ask(history: History, rng: np.random.Generator) -> Answer:
    """Do they come true too rarely? Promises of one month share most of their days, so months are compared."""
    found = _over(history)
    if found is None:
        return NOTHING
    share = found.params["share"]
    if share > TOLD - LEAST_OFF:
        return Answer()
    counts = np.array([(one.block, one.n, one.kept) for one in history.promises], dtype=np.int64)
    _, month = np.unique(counts[:, 0], return_inverse=True)
    n, good = (np.bincount(month, weights=counts[:, place]) for place in (1, 2))
    scores: Floats = (good - TOLD * n)[:, None]
    variance = n.sum(keepdims=True) * TOLD * (1 - TOLD)
    p = excess(scores, variance, variance * (1 - 2 * TOLD), rng).p[0]
    low = msgspec.structs.replace(found, key="promises_low", score=unusual(share / TOLD) * ACTIONABLE)
    return Answer((Claim(low, float(p)),))


def first_told(history: History) -> Finding | None:
    """What they are worth, in the week in which it can first be said; None in any other."""
    found = _over(history)
    before = sum(one.n - one.lately for one in history.promises)
    return msgspec.structs.replace(found, score=NEWS) if found and before < LEAST_GRADED else None


def _over(history: History) -> Finding | None:
    """What became of those that are over, as `promises.kept` has it; None where they are too few."""
    rows = [
        {
            "level": TOLD,
            "n": one.n,
            "kept": one.kept,
            "first_origin": iso(one.first),
            "last_origin": iso(one.last),
        }
        for one in history.promises
    ]
    found = kept(rows)
    return found if found.evidence["n"] >= LEAST_GRADED else None
