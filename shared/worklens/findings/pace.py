"""Did the pace change: the last four weeks, and the last quarter, against the half year before; or else since when?"""

from __future__ import annotations

import numpy as np

from worklens.analysis.changes import change_points, paces
from worklens.analysis.flow import daily_counts
from worklens.analysis.pace import BEFORE_WEEKS, RECENT_WEEKS, PaceChange, pace_change
from worklens.findings.history import History
from worklens.findings.model import Answer, Claim, Finding, Missing
from worklens.findings.plain import evidence, iso, rounded, unusual

QUARTER_WEEKS = 13
LEAST_BEFORE = BEFORE_WEEKS  # completions: one a week; a ratio to less than that is a ratio to nothing
LEAST_CHANGE = 0.15  # of the pace; a smaller change, however certain, changes nobody's plans
NEWS_WEEKS = BEFORE_WEEKS  # a change longer ago is how one works now
# What slows one down can be removed.
ACTIONABLE = {"pace_slower": 0.8, "pace_faster": 0.5, "pace_fell": 0.8, "pace_rose": 0.5}


def ask(history: History, rng: np.random.Generator) -> Answer:
    """Compare both stretches where the history is long enough, and look for the day of the last change."""
    weeks = max(RECENT_WEEKS + BEFORE_WEEKS - history.weeks, 0)
    completions = max(LEAST_BEFORE - history.completed.size, 0)
    if weeks or completions:
        return Answer(missing=Missing("pace", weeks, completions))
    spans = [span for span in (RECENT_WEEKS, QUARTER_WEEKS) if span + BEFORE_WEEKS <= history.weeks]
    ways = len(spans) + 1
    claims = [_claim(history, span, rng, ways) for span in spans] + [_since(history, rng, ways)]
    return Answer(tuple(claim for claim in claims if claim))


def _claim(history: History, weeks: int, rng: np.random.Generator, ways: int) -> Claim | None:
    first = history.end - 7 * (weeks + BEFORE_WEEKS) + 1
    daily = daily_counts(history.completed, first, history.end)[0]
    change = pace_change(daily, rng, recent_weeks=weeks)
    if change.before < LEAST_BEFORE or unusual(change.ratio) < LEAST_CHANGE:
        return None
    return Claim(_finding(history, weeks, change, first), min(1.0, ways * change.p))


def _finding(history: History, weeks: int, change: PaceChange, first: int) -> Finding:
    key = "pace_faster" if change.ratio > 1 else "pace_slower"
    recent, before = change.recent / weeks, change.before / BEFORE_WEEKS
    return Finding(
        key=key,
        family="pace",
        params={
            "weeks": weeks,
            "since": iso(history.end - 7 * weeks + 1),
            "ratio": rounded(change.ratio),
            "recent_a_week": rounded(recent),
            "before_a_week": rounded(before),
        },
        evidence=evidence(
            "time",
            "studentised-week-shuffle",
            change.recent + change.before,
            (first, history.end),
            effect=recent,
            baseline=before,
            dispersion=rounded(change.dispersion),
        ),
        score=unusual(change.ratio) * ACTIONABLE[key],
    )


def _since(history: History, rng: np.random.Generator, ways: int) -> Claim | None:
    """The last change of pace, where it is news."""
    first, weekly = history.whole_weeks
    found = change_points(weekly, rng)
    if not found.start.size or weekly.size - found.start[-1] > NEWS_WEEKS:
        return None
    starts, means = paces(weekly, found.start)
    before, recent = (float(mean) for mean in means[-2:])
    ratio = recent / before if before else np.inf
    if unusual(ratio) < LEAST_CHANGE:
        return None
    key = "pace_rose" if ratio > 1 else "pace_fell"
    weeks, weeks_before = (int(span) for span in (weekly.size - starts[-1], starts[-1] - starts[-2]))
    finding = Finding(
        key=key,
        family="pace",
        params={
            "weeks": weeks,
            "since": iso(first + 7 * int(starts[-1])),
            "ratio": rounded(ratio),
            "recent_a_week": rounded(recent),
            "before_a_week": rounded(before),
            "before_weeks": weeks_before,
        },
        evidence=evidence(
            "time",
            "narrowest-over-threshold",
            int(weekly.sum()),
            (first, first + 7 * weekly.size - 1),
            effect=recent,
            baseline=before,
        ),
        score=unusual(ratio) * ACTIONABLE[key],
    )
    return Claim(finding, min(1.0, ways * float(found.p[-1])))
