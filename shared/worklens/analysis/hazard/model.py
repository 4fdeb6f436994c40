"""The hazard model: a chance to be done, and one to be deleted, in each period ahead of an open task.

`P(done in period | open at its begin) = sigmoid(columns w + b)`, and the same for deleted; the share that is neither stays
open (Kvamme and Borgan 2021; Tutz and Schmid 2016 on competing ends in discrete time). Periods up to 30 days are learnt from rows
at every origin, those beyond from the same rows where they were still open after 30.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.hazard.choosing import Choice, choose
from worklens.analysis.hazard.curves import FAR, NEAR, curves
from worklens.analysis.hazard.design import PERIOD, Lesson, lesson, loose
from worklens.analysis.hazard.features import Features, Past
from worklens.analysis.hazard.landmarks import Landmarks, due_missed, grid_of, landmarks
from worklens.analysis.hazard.late import corrected, correction
from worklens.analysis.hazard.records import DELETED, DONE, Records
from worklens.analysis.hazard.ridge import Ridge, Scale, scale_of
from worklens.analysis.hazard.ridge import fit as fit_ridge

ROWS = 80_000  # landmark rows to learn from; of more, those left weigh more, for time and memory
QUIET = 30  # days: a row older than this that sees no end for so long
FADES = 730.0  # days: what was two years ago counts half, since people and their work change; all alike told a month's chances too low
PARTS = ("near_done", "near_deleted", "far_done", "far_deleted")
FAR_STRENGTH = (
    300.0  # of the ridge beyond 30 days: an end there is seen from five times as many origins as a nearer one
)
AGE_ONLY = Choice((PERIOD, "age"), 300.0)
"""Deletions are few, and a task that is to be deleted looks like any other."""


@dataclass(frozen=True, eq=False)
class Hazard:
    """What was learnt: four regressions of the ends and one of due dates, and the ages to which past tasks stood open, for the evidence."""

    near_done: Ridge
    near_deleted: Ridge
    far_done: Ridge
    far_deleted: Ridge
    late: Ridge | None  # how the answers for due dates are corrected; None where too few were seen
    lives: Ints  # (past tasks,): days each stood open, or has until now, rising
    groups: tuple[str, ...]  # of features in use; empty for all
    rows: int  # person-period rows learnt from
    events: int  # completions among them

    @property
    def strength(self) -> float:
        """Of the ridge."""
        return self.near_done.strength

    def to_arrays(self) -> dict[str, Any]:
        """The parameters by name, for a file."""
        there = [part for part in (*PARTS, "late") if getattr(self, part) is not None]
        parts = {f"{part}.{name}": v for part in there for name, v in getattr(self, part).to_arrays().items()}
        ages, count = np.unique(self.lives, return_counts=True)
        counts = {"ages": ages, "count": count, "size": np.array([self.rows, self.events], dtype=np.int64)}
        return {**parts, **counts, "groups": np.array(self.groups, dtype=np.str_)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> Hazard:
        """The way back. Raises KeyError for what is missing."""
        parts = {
            part: Ridge.from_arrays(
                {
                    name.removeprefix(f"{part}."): v
                    for name, v in arrays.items()
                    if name.startswith(f"{part}.")
                }
            )
            for part in (*PARTS, *(["late"] if "late.w" in arrays else []))
        }
        lives = np.repeat(arrays["ages"], arrays["count"]).astype(np.int64)
        rows, events = arrays["size"].tolist()
        known: dict[str, Any] = {"late": None, **parts}
        return cls(**known, lives=lives, groups=tuple(map(str, arrays["groups"])), rows=rows, events=events)

    def curves(self, found: Features) -> tuple[Floats, Floats]:
        """The chance to be done, and to be deleted, by the end of each of EDGES: (rows, edges) each."""
        return curves((self.near_done, self.far_done), (self.near_deleted, self.far_deleted), found)

    def lateness(self, done: Floats, found: Features) -> Floats:
        """The chance not to be done by the due date, NaN without one; `done` is as `curves` gives it: (rows,)."""
        return corrected(self.late, done, found)


def fit(
    records: Records,
    *,
    today: int,
    prior: Hazard | None = None,
    warm: Hazard | None = None,
    choice: Choice | None = None,
) -> Hazard:
    """Learn from what was known of these tasks at the end of `today`; what is dated later is not looked at.

    `prior`: parameters that the fit is drawn towards instead of 0. `warm`: an earlier fit, from which the search begins.
    `choice`: the features and the ridge, where they are not to be chosen on the past. Without any completion it tells the
    base rate of none, half a task drawn in; without any task there is nothing to tell, and the evidence is 0.
    """
    past = known_by(records, today)
    grid = grid_of(past, today)
    rows = landmarks(past, grid)
    kept, weights = thinned(rows, today)
    rows = rows.those(kept)
    return learn(
        past, rows, Past.of(past, grid).features(rows), weights, today, prior=prior, warm=warm, choice=choice
    )


def learn(
    past: Records,
    rows: Landmarks,
    found: Features,
    weights: Floats,
    today: int,
    *,
    prior: Hazard | None = None,
    warm: Hazard | None = None,
    choice: Choice | None = None,
) -> Hazard:
    """Learn from landmark rows whose features are known already."""
    near, far = (lesson(found, rows, weights, edges, today) for edges in (NEAR, FAR))
    chosen = choice or choose(near)
    beyond = Choice(chosen.groups, FAR_STRENGTH)
    parts = {
        name: _fit(taught, cause, which, _part(prior, name), _part(warm, name))
        for name, taught, cause, which in (
            ("near_done", near, DONE, chosen),
            ("near_deleted", near, DELETED, AGE_ONLY),
            ("far_done", far, DONE, beyond),
            ("far_deleted", far, DELETED, AGE_ONLY),
        )
    }
    there = past.born <= today
    lives = np.sort(np.minimum(past.ended[there], today) - past.born[there])
    fitted = Hazard(
        **parts, late=None, lives=lives, groups=chosen.groups, rows=near.cause.size, events=near.events
    )
    return replace(fitted, late=_late(fitted, rows, found, weights, today))


def _late(fitted: Hazard, rows: Landmarks, found: Features, weights: Floats, today: int) -> Ridge | None:
    missed = due_missed(rows, found.until_due, today)
    known = np.flatnonzero(~np.isnan(missed))
    if not known.size:
        return None
    some = found.those(known)
    return correction(fitted.curves(some)[0], some, missed[known], weights[known])


def _part(whole: Hazard | None, name: str) -> Ridge | None:
    return getattr(whole, name) if whole else None


def _fit(taught: Lesson, cause: int, choice: Choice, prior: Ridge | None, warm: Ridge | None) -> Ridge:
    prior = prior if prior and prior.w.size == len(taught.names) + 1 else None  # of another version
    scale = _scale(taught, choice, prior)
    return fit_ridge(
        scale,
        scale.met(taught.columns),
        taught.cause == cause,
        taught.weights,
        choice.strength,
        centre=prior.w if prior else None,
        start=warm.w if warm and warm.w.size == scale.mean.size + 1 else None,
    )


def _scale(taught: Lesson, choice: Choice, prior: Ridge | None) -> Scale:
    if prior:
        return prior.scale
    if not taught.cause.size:
        wide = len(taught.names)
        return Scale(np.zeros(wide), np.full(wide, np.inf), np.zeros(wide), np.zeros(wide))
    return scale_of(taught.columns, loose(taught.names)).only(choice.used(taught.names))


def known_by(records: Records, today: int) -> Records:
    """The tasks that had come by then; their ends are cut by who reads them."""
    return records if bool((records.born <= today).all()) else records.those(records.born <= today)


def thinned(rows: Landmarks, today: int) -> tuple[Ints, Floats]:
    """Which rows are kept, ROWS at most or little more, and how much each then weighs, less the longer ago: (kept,) each.

    Of the quiet ones, old and with nothing seen to happen for QUIET days, every so many'th is kept and stands for the others;
    of the lively ones only where they alone are too many.
    """
    quiet = (rows.age > QUIET) & (rows.left > np.minimum(QUIET, today - rows.day))
    still, lively = int(quiet.sum()), int((~quiet).sum())
    every = -(-lively // (ROWS * 3 // 4)) or 1
    seldom = max(every, -(-still // max(ROWS - lively // every, 1)))
    turn = rows.task + 7 * rows.origin  # neither every task nor every origin is hit alike
    kept = np.flatnonzero(turn % np.where(quiet, seldom, every) == 0)
    recent = 0.5 ** ((today - rows.day[kept]) / FADES)
    return kept, np.where(quiet, float(seldom), float(every))[kept] * recent
