"""How many in 90 days, drawn from the last 180: the exact convolution beside 10,000 simulations of it.

Peers: the loop over simulations and days that spreadsheets and most tools run, and the same vectorised in NumPy. Before
timing, both must agree with ours within what 10,000 draws leave to chance. Below: a whole
forecast from ten years of days, with its competition, correction and record, against a second.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import numpy as np

from _table import Row, interleaved, row, show
from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.forecast.bootstrap import bootstrap
from worklens.analysis.forecast.forecast import forecast
from worklens.analysis.forecast.questions import HowMany, When, promised

SIMULATIONS, DAYS, WINDOW = 10_000, 90, 180
LEVELS = np.array([0.5, 0.7, 0.85, 0.95])
YEARS = 10


def history(days: int) -> Ints:
    """Days of work in bursts, most of them empty."""
    return np.random.default_rng(2026).negative_binomial(0.4, 0.3, days)


def exact(done: Ints) -> Floats:
    """Ours: the promise at each level."""
    return promised(bootstrap(done, HowMany(DAYS), np.array([done.size]), WINDOW), HowMany(DAYS), LEVELS)[0]


def vectorised(done: Ints) -> Floats:
    """All simulations at once."""
    drawn = np.random.default_rng(1).choice(done[-WINDOW:], (SIMULATIONS, DAYS)).sum(axis=1)
    return np.quantile(drawn, 1 - LEVELS, method="inverted_cdf")


def by_loop(done: Ints) -> Floats:
    """One simulation after the other, one day after the other."""
    days, rng = done[-WINDOW:].tolist(), random.Random(1)
    totals = []
    for _ in range(SIMULATIONS):
        total = 0
        for _ in range(DAYS):
            total += rng.choice(days)
        totals.append(total)
    totals.sort()
    return np.array([totals[int((1 - level) * SIMULATIONS)] for level in LEVELS.tolist()], dtype=np.float64)


def compare(name: str, peer: Callable[[Ints], Floats], target: float, runs: int) -> Row:
    """One row; the peer's promises may differ by the error of its draws."""
    done = history(WINDOW)
    spread = np.sqrt(DAYS * done.var())
    assert np.abs(exact(done) - peer(done)).max() <= max(1.0, 0.1 * spread)
    times = interleaved(lambda: exact(done), lambda: peer(done), runs)
    return row(f"monte_carlo 10,000 x 90 days, {name}", *times, target=target, unit="ms")


def whole(question: HowMany | When) -> Row:
    """A forecast with all that belongs to it: its CPU time against a second."""
    done = history(365 * YEARS)
    ours = [_cpu(lambda: forecast(done, question)) for _ in range(5)]
    return row(f"{question} from ten years of days, graded: CPU", ours, [1000.0] * 5, target=1, unit="ms")


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def main() -> None:
    """Both peers, and two whole forecasts."""
    show(
        [
            compare("a Python loop", by_loop, 200, 3),
            compare("vectorised", vectorised, 5, 21),
            whole(HowMany(30)),
            whole(When(30)),
            whole(When(100)),
        ]
    )


if __name__ == "__main__":
    main()
