"""The best time of the week: a weekday, and a part of that day, above the others in week after week."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from worklens.analysis import weeks
from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.flow import weekly_counts
from worklens.analysis.rhythm import weekday_shares
from worklens.findings.history import History
from worklens.findings.model import Answer, Claim, Finding, Missing
from worklens.findings.plain import evidence, rounded, unusual

LEAST_WEEKS = 12  # a quarter: fewer weeks hold a holiday or a project, not a habit
LEAST_COMPLETIONS = 60  # five a week
LEAST_EXCESS = 0.15  # above an even share; less is no advice
BUSY = 0.5  # of an even share: free days and nights are not compared, or every working day would be "best"
PARTS = ((0, 6), (6, 9), (9, 12), (12, 15), (15, 18), (18, 21), (21, 24))  # hours, the end not included
DAYS = 7
ACTIONABLE = {"best_time": 0.9, "best_weekday": 0.6}  # a morning can be kept free; a whole day rarely


class Best(NamedTuple):
    """The column that stands out, with its share of those compared, and the p-value of that."""

    column: int
    share: float
    even: float
    p: float


def ask(history: History, rng: np.random.Generator) -> Answer:
    """The best part of the best weekday where hours are known; else, or failing that, the best weekday."""
    completions = history.completed.size
    if history.weeks < LEAST_WEEKS or completions < LEAST_COMPLETIONS:
        lack = (max(LEAST_WEEKS - history.weeks, 0), max(LEAST_COMPLETIONS - completions, 0))
        return Answer(missing=Missing("rhythm", *lack))
    claims = [_weekday(history, rng), _time(history, rng)]
    return Answer(tuple(claim for claim in claims if claim))


# ----- Weekdays -----


def _weekday(history: History, rng: np.random.Generator) -> Claim | None:
    span = _whole_weeks(history)
    table = _by_weekday(history.completed, span)
    best = _best(table, rng)
    if best is None:
        return None
    share = float(table[:, best.column].sum() / table.sum())
    finding = Finding(
        key="best_weekday",
        family="rhythm",
        params={"weekday": best.column, "share": rounded(share), "even": rounded(best.even)},
        evidence=evidence(
            "time",
            "week-shuffle",
            int(table.sum()),
            span,
            effect=best.share,
            baseline=best.even,
            weeks=len(table),
        ),
        score=unusual(best.share / best.even) * ACTIONABLE["best_weekday"],
    )
    return Claim(finding, best.p)


def _whole_weeks(history: History) -> tuple[int, int]:
    """The first Monday and the last Sunday within the history."""
    first = int(weeks.monday(weeks.week(np.array(history.first + 6))))
    last = int(weeks.monday(weeks.week(np.array(history.end + 1)))) - 1
    return first, last


def _by_weekday(days: Ints, span: tuple[int, int]) -> Ints:
    """(weeks, 7) of counts from Monday."""
    inside = days[(days >= span[0]) & (days <= span[1])]
    code = weeks.weekday(inside)
    return weekly_counts(inside, *span, code, DAYS).T


def _best(table: Ints, rng: np.random.Generator) -> Best | None:
    """The column of (weeks, columns) with the largest share, among those that are in use at all."""
    total = table.sum(axis=0)
    used = [int(column) for column in np.flatnonzero(total >= BUSY * total.mean())]
    if len(used) < 2 or not total.any():
        return None
    if total[used].max() * len(used) < (1 + LEAST_EXCESS) * total[used].sum():
        return None  # whether it is luck needn't be asked: that takes a while
    shares = weekday_shares(table, rng, used)
    top = int(np.argmax(shares.share))
    return Best(used[top], float(shares.share[top]), 1 / len(used), _known(shares.p[top]))


def _known(p: Floats) -> float:
    return 1.0 if np.isnan(p) else float(p)


# ----- Parts of a weekday -----


def _time(history: History, rng: np.random.Generator) -> Claim | None:
    """The fullest part of any weekday: more is done in it than in that part of other days, and other parts of that day.

    Both must hold, so the larger p counts; it is multiplied by the number of parts, one of which was picked.
    """
    span = _whole_weeks(history)
    table = _by_part(history, span)  # (weeks, 7, parts)
    if table.sum() < LEAST_COMPLETIONS:
        return None
    day, part = divmod(int(table.sum(axis=0).argmax()), len(PARTS))
    among_days = _best(table[:, :, part], rng)
    among_parts = _best(table[:, day, :], rng) if among_days else None
    if among_days is None or among_parts is None or (among_days.column, among_parts.column) != (day, part):
        return None
    return Claim(
        _time_finding(table, day, part, span), min(1.0, len(PARTS) * max(among_days.p, among_parts.p))
    )


def _by_part(history: History, span: tuple[int, int]) -> Ints:
    """(weeks, 7, parts) of the completions whose hour is known."""
    known = history.timed & (history.hour >= 0) & (history.done >= span[0]) & (history.done <= span[1])
    days, hours = history.done[known], history.hour[known]
    part = np.searchsorted([start for start, _ in PARTS], hours, side="right") - 1
    code = weeks.weekday(days) * len(PARTS) + part
    return weekly_counts(days, *span, code, DAYS * len(PARTS)).T.reshape(-1, DAYS, len(PARTS))


def _time_finding(table: Ints, day: int, part: int, span: tuple[int, int]) -> Finding:
    start, stop = PARTS[part]
    share = float(table[:, day, part].sum() / table.sum())
    elsewhere = np.delete(table[:, :, part].sum(axis=0), day).mean() / table.sum()
    params = {"weekday": day, "from_hour": start, "to_hour": stop, "share": rounded(share)}
    params["hours_share"] = rounded((stop - start) / (24 * DAYS))
    return Finding(
        key="best_time",
        family="rhythm",
        params=params,
        evidence=evidence(
            "time", "week-shuffle", int(table.sum()), span, effect=share, baseline=elsewhere, weeks=len(table)
        ),
        score=unusual(share / max(elsewhere, 1e-9)) * ACTIONABLE["best_time"],
    )
