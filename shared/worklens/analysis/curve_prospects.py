"""What an account's plain curve tells of its open tasks: the baseline, in the same form as a learnt model's words.

The curve knows a task's age and nothing else (Aalen and Johansen, 1978), so its only reason is the age.
"""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.competing import DELETED, DONE, Incidence
from worklens.analysis.hazard.bounds import HALF, bounded, least_of
from worklens.analysis.hazard.prospects import GROUPS, HORIZONS, LONGEST, QUANTILES, Prospects

LEAST_AT_RISK = 20  # tasks that got this old: with fewer, a chance is off by more than 20 points either way
RULE = f"{HORIZONS} {LEAST_AT_RISK} {LONGEST} {HALF}"  # what is told, from how many at the age and in a year, how sure at most
WEEK = HORIZONS.index(7)  # of whose chance the reasons speak
SURE = 1e-3  # reasons take no chance for surer than this either way


def curve_prospects(curve: Incidence, age: Floats, until_due: Floats) -> Prospects:
    """Of open tasks of these ages, in days (tasks,), NaN for an unknown one; `until_due` likewise, NaN without a due date.

    Of a task for which fewer than LEAST_AT_RISK were watched beyond its age nothing is told but how many they were; and
    nothing of never where fewer were watched for LONGEST more: the curve's end is a handful of tasks.
    """
    evidence = at_risk(curve, age)
    told = Prospects.nothing(age.size)
    enough = np.flatnonzero(evidence >= LEAST_AT_RISK)
    told.put(enough, _told(curve, age[enough], until_due[enough], evidence[enough]))
    told.evidence[:] = evidence
    return told


def at_risk(curve: Incidence, age: Floats) -> Ints:
    """How many tasks were watched beyond each age; 0 for an unknown one: (tasks,)."""
    known = ~np.isnan(age)
    return np.where(known, curve.at_risk_after(np.where(known, age, 0.0)), 0)


def _told(curve: Incidence, age: Floats, until_due: Floats, evidence: Ints) -> Prospects:
    days, old = np.array(HORIZONS, dtype=np.float64), age[:, None]
    done = curve.within(old, days, DONE)
    watched = curve.at_risk_after(age + LONGEST) >= LEAST_AT_RISK
    year = np.where(watched, curve.within(age, float(LONGEST), DONE), np.nan)
    told = Prospects(
        done,
        curve.within(old, days, DELETED),
        remaining(curve, age, year),
        1 - year,
        lateness(curve, age, until_due),
        evidence,
        reasons(done[:, WEEK]),
    )
    return bounded(told, until_due < 0, least_of(evidence))


def remaining(curve: Incidence, age: Floats, year: Floats) -> Floats:
    """Days until each of QUANTILES is done, inf where a year, of which `year` (tasks,) are done, does not bring it.

    NaN where that isn't known: the year's share is NaN, and what was seen does not come so far.
    """
    days = curve.residual_quantile(age[:, None], np.array(QUANTILES), DONE)
    beyond = (year[:, None] < np.array(QUANTILES)) | (days > LONGEST)
    return np.where(beyond, np.inf, days)


def lateness(curve: Incidence, age: Floats, until_due: Floats) -> Floats:
    """The chance not to be done by the due date: 1 once it is over, NaN without one: (tasks,)."""
    known = ~np.isnan(until_due)
    late = 1 - curve.within(age, np.maximum(np.where(known, until_due, 0.0), 0.0), DONE)
    return np.where(known, np.where(until_due < 0, 1.0, late), np.nan)


def reasons(week: Floats) -> Floats:
    """What a task's age adds to the log odds of being done within a week, beside the open tasks' mean: (tasks, groups)."""
    added = np.zeros((week.size, len(GROUPS)))
    known = ~np.isnan(week)
    if known.any():
        odds = log_odds(week[known])
        added[known, GROUPS.index("age")] = odds - odds.mean()
    return added


def log_odds(chance: Floats) -> Floats:
    """Of chances, none taken for surer than SURE."""
    inside = np.clip(chance, SURE, 1 - SURE)
    odds: Floats = np.log(inside / (1 - inside))
    return odds
