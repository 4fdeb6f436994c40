"""Does more come than leaves: arrivals less departures over the last quarter, week by week."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import NEVER, Ints
from worklens.analysis.evidence import excess
from worklens.analysis.flow import daily_counts
from worklens.findings.history import History
from worklens.findings.model import Answer, Claim, Finding, Missing
from worklens.findings.plain import evidence, iso, rounded

WEEKS = 13
LEAST_MOVES = 60  # arrivals and departures in the quarter; fewer balance by luck
LEAST_GROWTH = 0.1  # of what was open when the quarter began
ACTIONABLE = {"backlog_grows": 0.9, "backlog_shrinks": 0.3}  # growth asks for a decision, shrinking for none


def ask(history: History, rng: np.random.Generator) -> Answer:
    """Test the weekly balance against none."""
    if history.weeks < WEEKS:
        return Answer(missing=Missing("backlog", WEEKS - history.weeks))
    known = history.created < NEVER
    created, left = history.created[known], history.left[known]
    first = history.end - 7 * WEEKS + 1
    came, went = _weekly(created, first), _weekly(left, first)
    open_before = int((created < first).sum() - (left < first).sum())
    net, moves = int((came - went).sum()), int((came + went).sum())
    if moves < LEAST_MOVES or abs(net) < LEAST_GROWTH * max(open_before, 1):
        return Answer()
    # Of independent arrivals and departures the variance is their number, the third moment their difference.
    balance = (came - went).astype(np.float64)[:, None]
    p = excess(balance, np.array([float(moves)]), np.array([float(net)]), rng).p[0]
    return Answer((Claim(_finding(history, came, went, open_before), float(p)),))


def _weekly(days: Ints, first: int) -> Ints:
    weekly: Ints = daily_counts(days, first, first + 7 * WEEKS - 1)[0].reshape(WEEKS, 7).sum(axis=1)
    return weekly


def _finding(history: History, came: Ints, went: Ints, open_before: int) -> Finding:
    arrived, departed = int(came.sum()), int(went.sum())
    net = arrived - departed
    key = "backlog_grows" if net > 0 else "backlog_shrinks"
    first = history.end - 7 * WEEKS + 1
    return Finding(
        key=key,
        family="backlog",
        params={
            "weeks": WEEKS,
            "since": iso(first),
            "arrived": arrived,
            "left": departed,
            "net": abs(net),
            "open": open_before + net,
            "net_a_week": rounded(abs(net) / WEEKS),
        },
        evidence=evidence(
            "time",
            "weekly-balance",
            arrived + departed,
            (first, history.end),
            effect=arrived / WEEKS,
            baseline=departed / WEEKS,
        ),
        score=min(1.0, abs(net) / max(open_before, arrived, 1)) * ACTIONABLE[key],
    )
