"""How good the hazard's chances were on the past: fitted again and again on what was known, and asked of what came after.

Every chance, ours and the plain ones', is kept within CLIP of 0 and 1: Kaplan-Meier says 0 where none of few tasks was done, and
one that is done after all would cost without end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Floats, Ints
from worklens.analysis.hazard.baselines import base_rates, late_rates, plain
from worklens.analysis.hazard.curves import EDGES
from worklens.analysis.hazard.features import Past
from worklens.analysis.hazard.landmarks import Landmarks, done_within, due_missed, grid_of, landmarks
from worklens.analysis.hazard.model import Hazard, learn, thinned
from worklens.analysis.hazard.prospects import HORIZONS, SUREST
from worklens.analysis.hazard.records import DONE, Records
from worklens.analysis.hazard.several import drawn_together
from worklens.analysis.hazard.telling import LEAST, outlived
from worklens.analysis.learning.metrics import calibration_error

CLIP = SUREST  # as they are told
LEAST_DONE = 100  # completions after their first day, before the first origin that is graded
REFITS = 10  # times the model is fitted anew over the past that is graded
APART = 60  # days between fits at least
BLOCK = 30  # days whose rows come and go together: gains are compared over such blocks
LEAST_BLOCKS = 6
LEAST_ROWS = 30
LEAST_Z = 1.64  # reached by luck once in twenty times
OURS = "hazard"
MODELS = (OURS, "kaplan_meier", "kaplan_meier_pooled", "kaplan_meier_shrunk", "base_rate")
Tell = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Graded:
    """What was told of each row, and what came of it."""

    person: Ints  # (rows,)
    block: Ints  # (rows,): which BLOCK of days the origin lies in
    truth: Floats  # (rows, horizons): done within it, NaN where unknown or where a model has no answer
    told: dict[str, Floats]  # of each of MODELS: (rows, horizons)
    late: Floats  # (rows,): whether it missed the due date it then had, NaN where unknown or without one
    told_late: dict[str, Floats]  # ours and the base rate's: (rows,)
    fits: int

    def those(self, which: Bools) -> Graded:
        """Some of the rows."""
        told, late = ({name: v[which] for name, v in each.items()} for each in (self.told, self.told_late))
        return Graded(
            self.person[which], self.block[which], self.truth[which], told, self.late[which], late, self.fits
        )


def grade(
    records: Records,
    today: int,
    *,
    step: int = 0,
    refits: int = REFITS,
    prior: Hazard | None = None,
    tell: Tell | None = None,
) -> Graded | None:
    """Grade the model on all origins with enough of a past; None where there are none.

    `today` is the last day of which all is known. Features, ridge and coefficients are chosen on what was over at each fit, of
    which there are `refits` at most. A `prior` that others' pasts have taught may know them until today, and nothing of these people.
    """
    past = records.those(records.born <= today)
    grid = grid_of(past, today, step)
    start = _start(past, today)
    if start is None or not (grid > start).any():
        return None
    every = landmarks(past, grid)
    asked = every.day > start
    rows = every.those(asked)
    known = Past.of(past, grid)
    fits = _fits(int(grid[grid > start][0]), today, refits)
    answers = _answers(past, known, every, rows, fits, prior, tell or (lambda step, of: None))
    outcomes = _outcomes(rows, today)
    late = due_missed(rows, answers.until_due, today)
    rates = late_rates(past, rows, answers.until_due, late)
    simple = plain(past, rows, base_rates(past, every)[asked])
    told = {OURS: answers.chance, **{name: getattr(simple, name) for name in MODELS[1:]}}
    told["kaplan_meier"] = np.where((simple.at_risk >= LEAST)[:, None], simple.kaplan_meier, np.nan)
    gone = np.any([np.isnan(chance) for chance in told.values()], axis=0)
    truth = np.where(gone, np.nan, outcomes)
    late = np.where(np.isnan(answers.late), np.nan, late)
    block = (rows.day - start) // BLOCK
    return Graded(
        past.person[rows.task], block, truth, told, late, {OURS: answers.late, "base_rate": rates}, len(fits)
    )


def _start(records: Records, today: int) -> int | None:
    """The day on which LEAST_DONE tasks had been done after their first day."""
    late = (records.cause == DONE) & (records.ended > records.born) & (records.ended <= today)
    days = np.sort(records.ended[late])
    return int(days[LEAST_DONE - 1]) if days.size >= LEAST_DONE else None


def _fits(first: int, today: int, refits: int) -> list[tuple[int, int]]:
    """Days of fits, and until when each is used."""
    apart = max(APART, -(-(today - first + 1) // refits))
    return [(day, min(day + apart, today)) for day in range(first - 1, today, apart)]


@dataclass(frozen=True, eq=False)
class _Answers:
    chance: Floats  # (rows, horizons)
    late: Floats  # (rows,)
    until_due: Ints


def _answers(
    past: Records,
    known: Past,
    every: Landmarks,
    rows: Landmarks,
    fits: list[tuple[int, int]],
    prior: Hazard | None,
    tell: Tell,
) -> _Answers:
    """What each fit says of the rows from its day on to the next."""
    count = rows.task.size
    answers = _Answers(np.full((count, len(HORIZONS)), np.nan), np.full(count, np.nan), np.full(count, NEVER))
    hazard: Hazard | None = None
    for number, (begin, end) in enumerate(fits):
        tell(number, len(fits))
        hazard = _fitted(past, known, every, begin, prior, hazard)
        here = np.flatnonzero((rows.day > begin) & (rows.day <= end))
        _answer(answers, here, known, rows.those(here), hazard)
    tell(len(fits), len(fits))
    return answers


def _fitted(
    past: Records, known: Past, every: Landmarks, day: int, prior: Hazard | None, warm: Hazard | None
) -> Hazard:
    rows = every.those(every.day < day)
    kept, weights = thinned(rows, day)
    rows = rows.those(kept)
    return learn(past, rows, known.features(rows), weights, day, prior=prior, warm=warm)


def _answer(answers: _Answers, here: Ints, known: Past, rows: Landmarks, hazard: Hazard) -> None:
    if not here.size:
        return
    found = known.features(rows)
    done, _ = hazard.curves(found)
    enough = outlived(hazard, rows.age) >= LEAST
    answers.chance[here] = np.where(enough[:, None], done[:, np.searchsorted(EDGES, HORIZONS)], np.nan)
    answers.late[here] = np.where(enough & (found.until_due > 0), hazard.lateness(done, found), np.nan)
    answers.until_due[here] = found.until_due


def _outcomes(rows: Landmarks, today: int) -> Floats:
    return np.stack([done_within(rows, horizon, today) for horizon in HORIZONS], axis=1)


def joined(parts: list[Graded]) -> Graded:
    """Of several histories that know nothing of one another, the people numbered on; at least one."""
    people = np.cumsum([0, *(int(part.person.max(initial=-1)) + 1 for part in parts)])
    blocks = np.cumsum([0, *(int(part.block.max(initial=-1)) + 1 for part in parts)])
    told, late = (
        {
            name: np.concatenate([getattr(part, which)[name] for part in parts])
            for name in getattr(parts[0], which)
        }
        for which in ("told", "told_late")
    )
    return Graded(
        np.concatenate([part.person + more for part, more in zip(parts, people, strict=False)]),
        np.concatenate([part.block + more for part, more in zip(parts, blocks, strict=False)]),
        np.concatenate([part.truth for part in parts]),
        told,
        np.concatenate([part.late for part in parts]),
        late,
        sum(part.fits for part in parts),
    )


# ----- Whether it may be published -----


@dataclass(frozen=True)
class Verdict:
    """What a comparison came to: it passes where ours costs less, by more than luck explains, on enough rows of enough months."""

    n: int = 0
    z: float = 0.0
    ours: float = 0.0  # mean log loss
    plain: float = 0.0  # the baseline's
    among: float | None = None  # z beside the others that the model was learnt with, None of one alone

    @property
    def gain(self) -> float:
        """By how much ours costs less, a row."""
        return self.plain - self.ours

    @property
    def tested(self) -> bool:
        """Whether there was enough to compare."""
        return self.n >= LEAST_ROWS and self.z != 0

    @property
    def passed(self) -> bool:
        """Whether the model may be told of."""
        z = self.z if self.among is None else self.among
        return self.tested and z >= LEAST_Z and self.gain > 0


def together(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The same of several people of one model, each gain drawn to what all gain: one of many stands out by luck alone."""
    some = [place for place, one in enumerate(verdicts) if one.tested]
    if len(some) < 2:
        return list(verdicts)
    gain = np.array([verdicts[place].gain for place in some])
    error = gain / np.array([verdicts[place].z for place in some])
    mean, spread = drawn_together(gain, error)
    found = list(verdicts)
    for place, z in zip(some, (mean / spread).tolist(), strict=True):
        found[place] = replace(verdicts[place], among=z)
    return found


def verdict(graded: Graded) -> Verdict:
    """Chances to be done, over all horizons together, against Kaplan-Meier."""
    ours, plain = (log_losses(graded.told[name], graded.truth) for name in (OURS, "kaplan_meier"))
    known = ~np.isnan(ours).all(axis=1)
    return _verdict(np.nanmean(ours[known], axis=1), np.nanmean(plain[known], axis=1), graded.block[known])


def late_verdict(graded: Graded) -> Verdict:
    """Chances to be late, against the base rate."""
    known = ~np.isnan(graded.late)
    ours, plain = (
        log_losses(graded.told_late[name][known], graded.late[known]) for name in (OURS, "base_rate")
    )
    return _verdict(ours, plain, graded.block[known])


def _verdict(ours: Floats, plain: Floats, block: Ints) -> Verdict:
    if np.unique(block).size < LEAST_BLOCKS:
        return Verdict(ours.size)
    z = gain_z(plain - ours, block)
    return Verdict(ours.size, z, float(ours.mean()), float(plain.mean()))


# ----- Figures -----


def log_losses(chance: Floats, truth: Floats, clip: float = CLIP) -> Floats:
    """The log loss of each chance kept within `clip` of 0 and 1; NaN where the truth is unknown: of the same shape."""
    given = np.clip(np.where(truth == 1, chance, 1 - chance), clip, 1 - clip)
    return np.where(np.isnan(truth), np.nan, -np.log(given))


def gain_z(gain: Floats, block: Ints) -> float:
    """The summed gain of rows (rows,) over its spread between blocks; 0 where there is nothing to compare."""
    known = ~np.isnan(gain)
    sums = np.bincount(block[known], gain[known])
    spread = float(np.sqrt((sums**2).sum()))
    return float(sums.sum()) / spread if spread > 0 else 0.0


def score_rows(graded: Graded, clip: float = CLIP) -> list[dict[str, Any]]:
    """A row a horizon: log loss, calibration error, n, the baselines' log losses and the gains' z."""
    return [row for at, horizon in enumerate(HORIZONS) if (row := _row(graded, at, horizon, clip))]


def _row(graded: Graded, at: int, horizon: int, clip: float) -> dict[str, Any] | None:
    truth = graded.truth[:, at]
    known = ~np.isnan(truth)
    if not known.any():
        return None
    losses = {name: log_losses(told[:, at], truth, clip) for name, told in graded.told.items()}
    baselines = {name: float(np.nanmean(loss)) for name, loss in losses.items() if name != OURS}
    zs = {name: gain_z(loss - losses[OURS], graded.block) for name, loss in losses.items() if name != OURS}
    return {
        "horizon_days": horizon,
        "model": OURS,
        "log_loss": float(np.nanmean(losses[OURS])),
        "calibration_error": calibration_error(truth[known], graded.told[OURS][known, at]),
        "n": int(known.sum()),
        "share": float(truth[known].mean()),
        "baselines": baselines,
        "z": zs,
        "clip": clip,
    }


def late_rows(graded: Graded, clip: float = CLIP) -> list[dict[str, Any]]:
    """One row of the chances to miss a due date that was still to come; none where nothing was due."""
    known = ~np.isnan(graded.late)
    if not known.any():
        return []
    truth = graded.late[known]
    losses = {name: log_losses(told[known], truth, clip) for name, told in graded.told_late.items()}
    return [
        {
            "question": "late",
            "model": OURS,
            "log_loss": float(losses[OURS].mean()),
            "calibration_error": calibration_error(truth, graded.told_late[OURS][known]),
            "n": int(known.sum()),
            "share": float(truth.mean()),
            "baselines": {"base_rate": float(losses["base_rate"].mean())},
            "z": {"base_rate": gain_z(losses["base_rate"] - losses[OURS], graded.block[known])},
            "clip": clip,
        }
    ]
