"""Learn: fits the account's curves, grades them on a future they didn't see, and publishes those that did better than
two plain numbers of the person's: the median time to done, and the share of open tasks that a month brings to an end.

What the hazard model has to say comes after, by rules of its own (`stages/learn_hazard.py`).

The grade is the Brier score of the chances that score would have told, at days a month apart over the record's last
year. What is published are the curves of all that is known now; what was graded were earlier ones of the same kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.backtest import Lives, by_median, squared_errors
from worklens.analysis.competing import DONE, Incidence, aalen_johansen
from worklens.analysis.curve_prospects import curve_prospects
from worklens.analysis.hazard.prospects import HORIZONS
from worklens.messages import LearnRequested, ScoresReady
from worklens.ports import Ports
from worklens.stages.curves import MODEL, Curves, arrays_of, pack, place, version_of
from worklens.stages.history import Columns, ages
from worklens.stages.intake import IMPORT
from worklens.stages.records import Told, load
from worklens.stages.score import accounts_of
from worklens.tasks import DAY, digest, iso

EVERY = 30  # days between origins: no outcome within the longest horizon is counted twice
ORIGINS = 12  # a year back; what was so before is no longer the person's way
LEAST_ORIGINS = 3  # of fewer, a good month is luck
LEAST_TASKS = 30  # graded at all origins together
LEAST_Z = 1.64  # of the gain, told by its spread over the origins: reached by luck once in twenty times

_HORIZONS = np.array(HORIZONS, dtype=np.float64)


class Grade(NamedTuple):
    """How the chances told at earlier days came out, beside those of two plain baselines at the same tasks and days."""

    origins: int = 0
    z: float = 0.0  # the gain on the better baseline over its spread; a month's tasks come and go together, so months vary
    tasks: int = 0  # graded, at all origins together
    brier: float = 0.0
    median: float = 0.0  # the Brier score of "half are done within the person's median"
    rate: float = 0.0  # of "the month before, this share of the open tasks was done"

    @property
    def passed(self) -> bool:
        """Whether there was enough to see, and the curve did better than either by more than luck."""
        return self.origins >= LEAST_ORIGINS and self.tasks >= LEAST_TASKS and self.z >= LEAST_Z


def learn(request: LearnRequested, ports: Ports) -> dict[str, Grade]:
    """Fit the feed's curves from what had been seen by the request, and publish those that passed; the grades by account.

    A request that comes after a later one's work does nothing.
    """
    if ports.state.feed(request.feed) is None or _is_late(request, ports):
        return {}
    with ports.warehouse.read() as session:  # once, for both models
        told = load(session, request.feed, known_at=request.at)
    fitted = list(_fitted(told.history)) if told else []
    passed = [(name, curve) for name, curve, grade in fitted if grade.passed]
    names, curves = zip(*passed, strict=True) if passed else ((), ())
    grades = {name: grade for name, _, grade in fitted}
    _publish(request, Curves(told.history.now if told else 0, names, curves), grades, ports)
    if told:
        _learn_hazard(request, ports, told)
    return grades


def _learn_hazard(request: LearnRequested, ports: Ports, told: Told) -> None:
    """Imported only now: whoever looks at the pipeline has no need of the model's code."""
    from worklens.stages.learn_hazard import learn_hazard

    learn_hazard(request, ports, told)


def _is_late(request: LearnRequested, ports: Ports) -> bool:
    known = ports.state.pointer(request.feed, MODEL)
    return known is not None and known.evidence["at"] > request.at


def _fitted(history: Columns) -> Iterator[tuple[str, Incidence, Grade]]:
    """Each account's name, curve and grade."""
    every = ages(history)
    for rows in accounts_of(history):
        known = np.flatnonzero(~np.isnan(every.age[rows])) + rows.start
        known = known[np.argsort(every.since[known])]  # ages in their order are looked up four times as fast
        lives = Lives(every.age[known], every.cause[known], every.since[known])
        curve = aalen_johansen(lives.age, lives.cause)
        yield str(history.text("account")[rows.start]), curve, grade(lives)


# ----- Grading -----


def grade(lives: Lives) -> Grade:
    """Of one account's tasks, as they stood at each origin. What came after the record's end is unknown, not nothing."""
    quiet = lives.quiet()
    steps = range(1, ORIGINS + 1)
    found = [one for step in steps if (one := _at_origin(lives, quiet + step * EVERY)) is not None]
    if not found:
        return Grade()
    every = np.concatenate(found, axis=1)  # (predictors, tasks, horizons)
    ours, *plain = (float(np.nanmean(errors)) for errors in every)
    gains = np.stack(
        [np.nansum(errors[1:] - errors[0], axis=(1, 2)) for errors in found]
    )  # (origins, baselines)
    spread = np.sqrt((gains**2).sum(axis=0))
    z = np.divide(gains.sum(axis=0), spread, out=np.zeros(2), where=spread > 0).min()
    return Grade(len(found), float(z), every.shape[1], ours, *plain)


def _at_origin(lives: Lives, back: float) -> Any:
    """The squared errors of the curve and of both baselines, NaN where a chance is not told or its outcome unknown:
    (predictors, tasks, horizons). None where nothing can be graded."""
    past, opened = lives.past(back), lives.open_at(back)
    done, month = past.age[past.cause == DONE], past.open_at(EVERY)
    if not (done.size and opened.any() and month.any()):
        return None
    before, now = past.those(month), lives.those(opened)
    ages_then = now.since - back
    curve = curve_prospects(
        aalen_johansen(past.age, past.cause), ages_then, np.full(ages_then.size, np.nan)
    ).done
    rate = [_mean(before.done_within(EVERY, horizon)) for horizon in HORIZONS]
    plain = [by_median(float(np.median(done)), _HORIZONS), np.array(rate)]
    outcome = np.stack([now.done_within(back, horizon) for horizon in HORIZONS], axis=1)
    told = np.stack([curve, *(np.broadcast_to(chance, curve.shape) for chance in plain)])
    errors = squared_errors(told, outcome)
    errors[:, np.isnan(errors).any(axis=0)] = np.nan
    seen = ~np.isnan(errors[0]).all(axis=1)
    return errors[:, seen] if seen.any() else None


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else np.nan


# ----- Publishing -----


def _publish(request: LearnRequested, curves: Curves, grades: dict[str, Grade], ports: Ports) -> None:
    """Store the file first, then point to it, then remove the one before. Where none passed, the name stands for none."""
    feed = request.feed
    before = ports.state.pointer(feed, MODEL)
    version = ""
    if curves.accounts:
        arrays = arrays_of(curves)
        version = version_of(arrays)
        ports.blobs.put(place(feed, version), pack(arrays))
    ports.state.point(feed, MODEL, version, _evidence(request, grades))
    if before and before.version not in {"", version}:
        ports.blobs.delete(place(feed, before.version))
    if version and ports.state.feed(feed) is None:  # forgotten meanwhile
        ports.blobs.delete(place(feed, version))


def _evidence(request: LearnRequested, grades: dict[str, Grade]) -> dict[str, Any]:
    """Each account's grade; of those that passed the curve is in the file."""
    each = {name: {**one._asdict(), "passed": one.passed} for name, one in grades.items()}
    return {"at": request.at, "accounts": each}


# ----- On a laptop -----


def ask_when_due(ready: ScoresReady, ports: Ports) -> None:
    """Ask for the feed's models where that was not done for a day: what a timer does in the cloud.

    A first run and an import are not kept waiting for it: their scores came from curves of that very past. The next
    sync asks, or the person does (`worklens scores --learn`).
    """
    if ready.number == 1 or ready.window.startswith(IMPORT):
        return
    now, known = ports.clock.now(), ports.state.pointer(ready.feed, MODEL)
    if known is None or now - known.evidence["at"] >= DAY:
        window = f"learn-{iso(now)[:10]}"
        run = digest(ready.feed, window)
        ports.bus.publish([LearnRequested(feed=ready.feed, run=run, window=window, at=now)])
