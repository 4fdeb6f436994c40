"""Recurring work: which of it slips while the rest is done on its day."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Ints
from worklens.findings.history import History
from worklens.findings.model import NOTHING, Answer, Claim, Finding, Missing
from worklens.findings.overdue import LEAST_MORE, Late, blocks_missing, compare_late, is_late
from worklens.findings.plain import evidence, rounded, unusual

LEAST_TIMES = 10  # occurrences that came due
ACTIONABLE = 0.6


def ask(history: History, rng: np.random.Generator) -> Answer:
    """Compare each recurring task's share of late occurrences with that of the others."""
    rows = _due(history)
    series, code, counts = np.unique(history.series[rows], return_inverse=True, return_counts=True)
    told = np.flatnonzero(counts >= LEAST_TIMES)
    if not series.size:
        return NOTHING
    weeks = blocks_missing(history.due[rows])
    if weeks or not told.size:
        more = max(LEAST_TIMES - int(counts.max()), 0)
        return Answer(missing=Missing("recurring", weeks, more))
    if series.size < 2:
        return NOTHING
    compared = compare_late(history.due[rows], is_late(history)[rows], code, series.size, rng)
    claims = [
        Claim(_finding(history, rows, compared, int(group), int(series[group])), float(compared.p[group]))
        for group in told
        if compared.share[group] >= LEAST_MORE * compared.elsewhere[group]
    ]
    return Answer(tuple(claims))


def _due(history: History) -> Bools:
    """Occurrences with a due day that is past, done by the end or still open beyond it."""
    past = history.recurring & (history.series >= 0) & ~history.impossible & (history.due < history.end)
    return past & (history.is_done | (history.left > history.due))


def _finding(history: History, rows: Bools, compared: Late, group: int, series: int) -> Finding:
    mine = np.flatnonzero(rows & (history.series == series))
    here, elsewhere = float(compared.share[group]), float(compared.elsewhere[group])
    return Finding(
        key="chore_slips",
        family="recurring",
        params={
            "times": int(compared.n[group]),
            "late": int(compared.late[group]),
            "share": rounded(here),
            "elsewhere": rounded(elsewhere),
            "median_days_late": rounded(_typical_delay(history, mine)),
        },
        evidence=evidence(
            "tasks",
            "mantel-haenszel-blocks",
            int(compared.n.sum()),
            (int(history.due[rows].min()), int(history.due[rows].max())),
            effect=here,
            baseline=elsewhere,
        ),
        score=unusual(here / max(elsewhere, 1e-9)) * ACTIONABLE,
        tasks=history.refs(_latest(history, mine)),
    )


def _typical_delay(history: History, rows: Ints) -> float:
    """The median of the days from due to done, open ones counted as they stand."""
    left = np.minimum(np.where(history.is_done[rows], history.done[rows], NEVER), history.end)
    return float(np.median(np.maximum(left - history.due[rows], 0)))


def _latest(history: History, rows: Ints) -> Ints:
    return rows[np.argsort(history.due[rows], kind="stable")][-1:]
