"""Late work: is it late more in some list, or once its due day was moved?

Of a due day that is past it is known whether the task was open beyond it, so that nothing here waits for what comes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Floats, Ints
from worklens.analysis.contrasts import BLOCK_DAYS
from worklens.analysis.evidence import excess
from worklens.analysis.log_rank import log_rank
from worklens.findings.history import History
from worklens.findings.lists import largest
from worklens.findings.model import NOTHING, Answer, Claim, Finding, Missing
from worklens.findings.plain import evidence, rounded, unusual

LEAST_TASKS = 20  # with a due day, in a group that is told of
LEAST_BLOCKS = 10  # of 28 days; the reason is that of lists.LEAST_BLOCKS
LEAST_MORE = 1.3  # times as often late as the others
ACTIONABLE = {"moved_late": 0.8, "list_late": 0.9}


class Late(NamedTuple):
    """Each group's late work against the others': (groups,) each."""

    n: Ints
    late: Ints
    share: Floats
    elsewhere: Floats
    p: Floats


def is_due(history: History) -> Bools:
    """Which single tasks had a due day that is past, and were not thrown away before it."""
    due = history.single & (history.due < history.end)
    return due & ((history.left > history.due) | history.is_done)


def is_late(history: History) -> Bools:
    """Which rows were open beyond their due day."""
    late: Bools = (history.due < NEVER) & (history.left > history.due)
    return late


def compare_late(
    due: Ints, late: Bools, code: Ints, groups: int, rng: np.random.Generator, strata: Ints | None = None
) -> Late:
    """Mantel and Haenszel's comparison of late shares within each stratum and block of 28 due days.

    `due`, `late`, `code` and `strata` are (rows,). Work due in the same weeks shares a holiday or a rush; the spread is
    that of the blocks' sums.
    """
    levels = np.zeros_like(code) if strata is None else strata
    blocks = (due.max() - due) // BLOCK_DAYS
    shape = int(levels.max()) + 1, groups, int(blocks.max()) + 1
    cell = np.ravel_multi_index((levels, code, blocks), shape)
    n, lates = (
        np.bincount(cell[rows], minlength=np.prod(shape)).reshape(shape) for rows in (late | True, late)
    )
    ranks = log_rank(n, lates)
    tested = excess(ranks.scores.T, ranks.variance, ranks.skewness, rng)
    here, all_late = n.sum(axis=(0, 2)), lates.sum(axis=(0, 2))
    others = np.maximum(here.sum() - here, 1)
    return Late(
        here, all_late, all_late / np.maximum(here, 1), (all_late.sum() - all_late) / others, tested.p
    )


def blocks_missing(due: Ints) -> int:
    """Weeks until the due days span enough blocks."""
    span = int(due.max() - due.min()) + 1 if due.size else 0
    return max(-(-(LEAST_BLOCKS * BLOCK_DAYS - span) // 7), 0)


# ----- Moved due days -----


def ask_moved(history: History, rng: np.random.Generator) -> Answer:
    """Is work whose due day was moved late more, even against its last day? Like is compared with like list."""
    rows = is_due(history)
    moved = history.moved[rows] > 0
    if not moved.any() or moved.all():
        return NOTHING
    counts = int(moved.sum()), int((~moved).sum())
    weeks, more = blocks_missing(history.due[rows]), max(LEAST_TASKS - min(counts), 0)
    if weeks or more:
        return Answer(missing=Missing("moved", weeks, more))
    lists = largest(history.collection[rows], LEAST_TASKS).code
    compared = compare_late(
        history.due[rows], is_late(history)[rows], moved.astype(np.int64), 2, rng, strata=lists
    )
    if compared.share[1] < LEAST_MORE * compared.share[0]:
        return Answer()
    return Answer((Claim(_moved_finding(history, rows, compared), float(compared.p[1])),))


def _moved_finding(history: History, rows: Bools, compared: Late) -> Finding:
    moved, kept = float(compared.share[1]), float(compared.share[0])
    again = history.open & (history.moved > 0) & (history.due < NEVER)
    return Finding(
        key="moved_late",
        family="moved",
        params={
            "moved": int(compared.n[1]),
            "moved_late": int(compared.late[1]),
            "share": rounded(moved),
            "elsewhere": rounded(kept),
            "ratio": rounded(moved / max(kept, 1e-9)),
            "open": int(again.sum()),
        },
        evidence=evidence(
            "tasks",
            "mantel-haenszel-blocks",
            int(compared.n.sum()),
            (int(history.due[rows].min()), int(history.due[rows].max())),
            effect=moved,
            baseline=kept,
        ),
        score=unusual(moved / max(kept, 1e-9)) * ACTIONABLE["moved_late"],
        tasks=history.refs(_most_moved(history, again)),
    )


def _most_moved(history: History, rows: Bools, most: int = 5) -> Ints:
    """The rows moved most often, the oldest first among equals."""
    picked = np.flatnonzero(rows)
    order = np.lexsort((history.created[picked], -history.moved[picked]))
    chosen: Ints = picked[order[:most]]
    return chosen


# ----- Late lists -----


def ask_lists(history: History, rng: np.random.Generator) -> Answer:
    """Is the dated work of some list late more than that of the others?"""
    rows = is_due(history)
    grouped = largest(history.collection[rows], LEAST_TASKS)
    if grouped.collections.size < 2:
        return NOTHING
    weeks = blocks_missing(history.due[rows])
    if weeks:
        return Answer(missing=Missing("late", weeks))
    compared = compare_late(history.due[rows], is_late(history)[rows], grouped.code, grouped.groups, rng)
    claims = [
        Claim(_list_finding(history, rows, compared, group, int(collection)), float(compared.p[group]))
        for group, collection in enumerate(grouped.collections)
        if compared.share[group] >= LEAST_MORE * compared.elsewhere[group]
    ]
    return Answer(tuple(claims))


def _list_finding(history: History, rows: Bools, compared: Late, group: int, collection: int) -> Finding:
    here, elsewhere = float(compared.share[group]), float(compared.elsewhere[group])
    inside = rows & (history.collection == collection)
    return Finding(
        key="list_late",
        family="late",
        params={
            "collection": history.collections[collection],
            "collection_title": history.titles[collection],
            "tasks": int(compared.n[group]),
            "late": int(compared.late[group]),
            "share": rounded(here),
            "elsewhere": rounded(elsewhere),
            "open": int((inside & history.open).sum()),
        },
        evidence=evidence(
            "tasks",
            "mantel-haenszel-blocks",
            int(compared.n.sum()),
            (int(history.due[rows].min()), int(history.due[rows].max())),
            effect=here,
            baseline=elsewhere,
        ),
        score=unusual(here / max(elsewhere, 1e-9)) * ACTIONABLE["list_late"],
    )
