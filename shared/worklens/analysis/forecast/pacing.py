"""The model "pace": sums of the days ahead around drifting rates, as far off as they were in the past.

For each horizon and each memory the rate's own past errors say how much it must be raised or lowered and how wide the
negative binomial around it is. So the uncertainty grows with the horizon as it did for this person, drift and bursts and
holidays all counted in, without a model of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.forecast.negative_binomial import at_most
from worklens.analysis.forecast.questions import LONGEST, HowMany, When
from worklens.analysis.forecast.rates import HALF_LIVES, decayed_sums, pace

SHORTEST = 8  # a memory shorter than an eighth of the horizon hears only noise
MEMORY = 365.0  # half-life in days of past errors: a year holds every season once
WARM_UP = 14  # days before a first rate can be judged
BLOCK = 7  # days: errors of overlapping horizons count once a horizon, and not more than once a week
DISPERSION = 0.4  # 1 / size before anything is known: a month's work is off by about two thirds
DISPERSION_PRIOR = 5.0  # horizons of errors that weigh as much as that: a variance is slow to be known
OFTEN = 30  # days: up to here a year or two hold enough horizons; beyond, the next shorter one is where errors start from,
CARRIED = (
    20.0  # with the weight of so many: two years hold three seasons, and who kept an even pace will keep it
)
LEVEL_PRIOR = 10.0  # horizons of work that speak for taking the rate as it is
LEVEL_RANGE = (0.5, 2.0)  # a past that asks for more than that is another life, not an error
DISPERSION_RANGE = (0.005, 3.0)  # nearly Poisson, and nearly nothing known
TIMES = np.array(
    [*range(1, 15), 17, 21, 25, 30, 37, 45, 60, 75, 90, 120, 150, 180, 240, 300, 365]
)  # days ahead on which "when" is computed; between them it runs along the week's profile
WIDE = 4.0  # standard deviations above the largest mean at which a table of counts ends
MOST = 20_000  # and where it ends at the latest


@dataclass(frozen=True, eq=False)
class Ahead:
    """The sum of the next days at each origin: by each memory long enough, and what each memory's errors say."""

    mean: Floats  # (memories long enough, origins)
    size: Floats
    dispersion: Floats  # (memories, origins)


class Drift:
    """A history's rates as they were known at some origins: what several questions ask of them is reckoned once."""

    def __init__(self, done: Ints, origins: Ints) -> None:
        """(days,) of finished tasks, and the days to speak at."""
        self.done, self.origins, self.known = done, origins, pace(done)
        self.reckoned: dict[int, Ahead] = {}  # by horizon

    def ahead(self, horizon: int) -> Ahead:
        """The distribution of the sum over the next `horizon` days at the origins, from what each of them knew."""
        if horizon not in self.reckoned:
            self.reckoned[horizon] = self._ahead(horizon)
        return self.reckoned[horizon]

    def _ahead(self, horizon: int) -> Ahead:
        exposure = self.known.exposure(np.arange(self.done.size + 1), np.array([horizon]))[:, 0]
        expected = self.known.ahead(horizon) * exposure  # (memories, days + 1)
        sums = _past_sums(self.done, expected, horizon, self.origins)
        level, dispersion = _errors(*sums, max(horizon, BLOCK), *self._usual(horizon))
        enough = np.array(HALF_LIVES) >= horizon / SHORTEST
        return Ahead((level * expected[:, self.origins])[enough], 1 / dispersion[enough], dispersion)

    def _usual(self, horizon: int) -> tuple[float | Floats, float]:
        """The dispersion that errors of a horizon start from, and the horizons that it weighs."""
        if horizon <= OFTEN:
            return DISPERSION, DISPERSION_PRIOR
        shorter = TIMES[np.searchsorted(TIMES, horizon) - 1]
        return self.ahead(int(shorter)).dispersion, CARRIED

    @cached_property
    def exposures(self) -> tuple[Floats, Floats]:
        """Average days until each of `TIMES`, 0 before them, and until each day of the year: (origins, days) each."""
        days = np.append(0, TIMES), np.arange(LONGEST + 1)
        return self.known.exposure(self.origins, days[0]), self.known.exposure(self.origins, days[1])


def table_of_pace(drift: Drift, question: HowMany | When) -> Floats:
    """P(answer <= x) at each origin: (origins, answers)."""
    if isinstance(question, HowMany):
        return _counts(drift.ahead(question.days))
    reached = [np.zeros(drift.origins.size)]
    for day in TIMES.tolist():
        sums = drift.ahead(day)
        reached.append(1 - at_most(sums.mean, sums.size, question.items)[..., -1].mean(axis=0))
    rising = np.maximum.accumulate(np.array(reached)).T  # (origins, times)
    return along(drift.exposures[0], rising, drift.exposures[1])


def along(at: Floats, values: Floats, wanted: Floats) -> Floats:
    """Each row's values at the wanted places, straight between those at which they are known."""
    return np.stack([np.interp(*row) for row in zip(wanted, at, values, strict=True)]) if len(at) else wanted


def _past_sums(done: Ints, expected: Floats, horizon: int, origins: Ints) -> tuple[Floats, Floats]:
    """Of past days as known at each origin: their number, what came and its square, (3, origins); what was expected, its
    square and its product with what came, (3, memories, origins)."""
    came = _sums_ahead(done, horizon)  # (days + 1,), of the origins whose days are over; else 0
    judged = np.zeros(done.size + 1)
    judged[WARM_UP : max(done.size + 1 - horizon, WARM_UP)] = 1.0
    of_days = np.stack([judged, came * judged, came**2 * judged])
    of_memories = np.stack([expected, expected**2, came * expected]) * judged
    return _known(of_days, horizon, origins), _known(of_memories, horizon, origins)


def _errors(
    of_days: Floats, of_memories: Floats, block: int, usual: float | Floats, weight: float
) -> tuple[Floats, Floats]:
    """What past errors say: (memories, origins) of factors on the mean, and of dispersions drawn towards the usual."""
    (n, y, yy), (e, ee, ye) = of_days, of_memories
    ordinary = LEVEL_PRIOR * np.maximum(np.where(n > 0, e / np.maximum(n, 1e-9), 1.0), 0.5)
    level = np.clip((y / block + ordinary) / (e / block + ordinary), *LEVEL_RANGE)
    errors = yy - 2 * level * ye + level**2 * ee
    seen = (errors - level * e) / np.maximum(level**2 * ee, 1e-9)
    seen = np.clip(np.where(n > 10, seen, DISPERSION), *DISPERSION_RANGE)
    return level, (seen * n / block + usual * weight) / (n / block + weight)


def _sums_ahead(done: Ints, horizon: int) -> Floats:
    """(days + 1,): what was done in the `horizon` days from each day on; 0 where they aren't over."""
    total = np.concatenate([[0.0], np.cumsum(done)])
    came = np.zeros(done.size + 1)
    over = max(done.size + 1 - horizon, 0)
    came[:over] = total[horizon:] - total[:over]
    return came


def _known(terms: Floats, horizon: int, origins: Ints) -> Floats:
    """Decayed sums of (..., days + 1) of past days' terms as known at each origin: of those whose horizon is over."""
    last = origins - horizon
    known: Floats = np.where(last >= 0, decayed_sums(terms, MEMORY)[..., np.maximum(last, 0)], 0.0)
    return known


def _counts(sums: Ahead) -> Floats:
    """The average over memories of P(sum <= k): (origins, counts)."""
    spread = np.sqrt(sums.mean + sums.mean**2 / sums.size)
    counts = min(int(np.ceil((sums.mean + WIDE * spread).max(initial=0.0))) + 1, MOST)
    table = np.zeros((sums.mean.shape[1], counts))
    for mean, size in zip(sums.mean, sums.size, strict=True):
        table += at_most(mean, size, counts)
    return table / len(sums.mean)
