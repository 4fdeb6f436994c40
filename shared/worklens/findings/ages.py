"""Old open tasks: those beyond hope, and those for which it is getting late."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from worklens.analysis.arrays import NEVER, Ints
from worklens.analysis.competing import DELETED, DONE, aalen_johansen
from worklens.analysis.contrasts import BLOCK_DAYS, age_contrast
from worklens.analysis.stays import AGE_EDGES
from worklens.findings.history import History
from worklens.findings.model import NOTHING, Answer, Claim, Finding, Missing, Plain
from worklens.findings.plain import evidence, rounded, unusual

MONTH, QUARTER = 30, 90  # days
HARDLY = 0.10  # the chance to be done within a quarter that the test must exclude to call tasks hardly done
CALLED_OFF = (
    225,
    113,
    57,
)  # days; the ages tried, as long as each holds: so they need no correction for their number
LEAST_OPEN = 3  # tasks; fewer are no finding
LEAST_REACHED = 30  # tasks that got to an age and were watched beyond it
LATE_FROM = 15  # days; where age starts to weigh
LEAST_BLOCKS = 10  # of 28 days; the reason is that of lists.LEAST_BLOCKS
HALVED = 0.5  # of a young task's chance
LEAST_CHANCE = 0.05  # in a month: with less it is too late, not getting late
MANY = 10  # ageing tasks: more can't be looked at in one sitting, so more don't make it more worth telling
SHOWN = 5  # tasks named with a finding
LEVEL = 0.05
ACTIONABLE = {"zombies": 1.0, "ageing": 0.8}


class Fate(NamedTuple):
    """What became of the tasks that got beyond an age."""

    age: int
    reached: int  # tasks
    done: int  # of them
    days: int  # for which they were watched beyond it, all together

    def chance(self, horizon: int) -> float:
        """To be done within so many days, at a constant rate."""
        return -math.expm1(-horizon * self.done / max(self.days, 1))


def fate_beyond(history: History, age: int, until: int = NEVER) -> Fate:
    """Count single tasks while they were older than `age` days and not older than `until`, open ones too."""
    rows = history.single
    stop = np.minimum(np.minimum(history.left[rows], history.end), history.created[rows] + until)
    watched = stop - history.created[rows] - age
    done = history.is_done[rows] & (history.done[rows] <= stop) & (watched > 0)
    return Fate(age, int((watched > 0).sum()), int(done.sum()), int(np.maximum(watched, 0).sum()))


def residual(history: History, age: int) -> float:
    """Within how many more days half of the tasks that got beyond an age are done; NaN where it never comes to that.

    Deletion is an end of its own, so that it can't be waited out.
    """
    rows = history.single
    lived = np.minimum(history.left[rows], history.end) - history.created[rows]
    removed = (history.gone[rows] <= history.end) & ~history.closed[rows]
    cause = np.where(history.is_done[rows], DONE, np.where(removed, DELETED, 0))
    return float(aalen_johansen(np.maximum(lived, 0), cause).residual_quantile(age))


def ask_zombies(history: History, rng: np.random.Generator) -> Answer:
    """From what age on is hardly anything done any more, and how much open work is older?"""
    if not history.open.any():
        return NOTHING
    weeks = math.ceil((CALLED_OFF[0] + QUARTER - (history.end - history.first)) / 7)
    if weeks > 0:
        return Answer(missing=Missing("zombies", weeks))
    beyond, p = None, 0.0
    for age in CALLED_OFF:
        fate = fate_beyond(history, age)
        tail = poisson_tail(fate.done, fate.days * -math.log1p(-HARDLY) / QUARTER)
        if fate.reached < LEAST_REACHED or tail > LEVEL:
            break
        beyond, p = fate, max(p, tail)
    return _zombies(history, beyond, p) if beyond else Answer()


def poisson_tail(count: int, mean: float) -> float:
    """The chance of so few events or fewer where `mean` are expected: the p-value of a rate at least that large."""
    if mean <= 0:
        return 1.0
    logs = (k * math.log(mean) - mean - math.lgamma(k + 1) for k in range(count + 1))
    return min(1.0, sum(math.exp(value) for value in logs))


def _zombies(history: History, fate: Fate, p: float) -> Answer:
    rows = np.flatnonzero(history.open & (history.end - history.created > fate.age))
    if rows.size < LEAST_OPEN:
        return Answer()
    share, chance = rows.size / int(history.open.sum()), fate.chance(QUARTER)
    finding = Finding(
        key="zombies",
        family="age",
        params={
            "count": int(rows.size),
            "open": int(history.open.sum()),
            "share": rounded(share),
            "age_days": fate.age,
            "horizon_days": QUARTER,
            "reached": fate.reached,
            "chance": rounded(chance),
            **_commonest_list(history, rows),
        },
        evidence=evidence(
            "tasks",
            "poisson-rate",
            fate.reached,
            (history.first, history.end),
            effect=chance,
            baseline=HARDLY,
            at_risk=fate.reached,
            done=fate.done,
            task_days=fate.days,
        ),
        score=math.sqrt(share) * (1 - chance) * ACTIONABLE["zombies"],
        tasks=history.refs(_oldest(history, rows)),
    )
    return Answer((Claim(finding, p),))


def _commonest_list(history: History, rows: Ints) -> Plain:
    """The list most of these tasks are in, where there is one with at least half of them."""
    counts = np.bincount(history.collection[rows] + 1, minlength=2)[1:]
    top = int(counts.argmax())
    if 2 * counts[top] < rows.size:
        return {}
    return {
        "collection": history.collections[top],
        "collection_title": history.titles[top],
        "in_collection": int(counts[top]),
    }


def _oldest(history: History, rows: Ints) -> Ints:
    chosen: Ints = rows[np.argsort(history.created[rows], kind="stable")[:SHOWN]]
    return chosen


# ----- Getting late -----


def ask_ageing(history: History, rng: np.random.Generator) -> Answer:
    """Does the chance to be done fall with age, and which open tasks are in the midst of that?"""
    if not history.open.any():
        return NOTHING
    days = history.end - history.first + 1
    if days < LEAST_BLOCKS * BLOCK_DAYS:
        return Answer(missing=Missing("ageing", math.ceil((LEAST_BLOCKS * BLOCK_DAYS - days) / 7)))
    contrast = age_contrast(history.stays(history.single), first=history.first, last=history.end, rng=rng)
    slow = [bin_ for bin_, start in enumerate(AGE_EDGES) if start >= LATE_FROM and contrast.z[bin_] < 0]
    claims = [_ageing(history, AGE_EDGES[bin_], float(contrast.p[bin_])) for bin_ in slow]
    return Answer(tuple(claim for claim in claims if claim))


def _ageing(history: History, age: int, p: float) -> Claim | None:
    """Open tasks of twice this age at most, if their chance has halved but is not gone."""
    young, old = fate_beyond(history, 0, MONTH), fate_beyond(history, age, 2 * age)
    now = history.end - history.created
    rows = np.flatnonzero(history.open & (now > age) & (now <= 2 * age))
    chance, fresh = old.chance(MONTH), young.chance(MONTH)
    enough = min(young.reached, old.reached) >= LEAST_REACHED and rows.size >= LEAST_OPEN
    if math.isnan(p) or not enough or not LEAST_CHANCE < chance <= HALVED * fresh:
        return None
    finding = Finding(
        key="ageing",
        family="age",
        params={
            "count": int(rows.size),
            "age_days": age,
            "to_days": 2 * age,
            "horizon_days": MONTH,
            "chance": rounded(chance),
            "young_chance": rounded(fresh),
            "half_days": rounded(residual(history, age)),
        },
        evidence=evidence(
            "tasks",
            "log-rank-age",
            old.reached,
            (history.first, history.end),
            effect=chance,
            baseline=fresh,
            at_risk=old.reached,
        ),
        score=unusual(chance / fresh) * ACTIONABLE["ageing"] * min(1.0, rows.size / MANY),
        tasks=history.refs(_oldest(history, rows)),
    )
    return Claim(finding, p)
