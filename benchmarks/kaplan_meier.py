"""Kaplan-Meier of a million tasks beside lifelines, whose fit makes the curve and its 95 % band in one.

Before timing, both sides' curves and bands are compared to 1e-9: the times are of equal answers.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from lifelines import KaplanMeierFitter

from _table import Row, interleaved, row, show
from worklens.analysis.arrays import Bools, Numbers
from worklens.analysis.survival import SurvivalCurve, kaplan_meier

TASKS = 1_000_000
TARGET = 10  # times lifelines


def history() -> tuple[Numbers, Bools]:
    """How long each task was open or watched, and whether it was done: long tails, about a fifth still open."""
    rng = np.random.default_rng(2026)
    lived, watched = rng.gamma(0.6, 30, TASKS), rng.gamma(3, 40, TASKS)
    return np.minimum(lived, watched), lived <= watched


def with_band(time: Numbers, done: Bools) -> SurvivalCurve:
    """Curve and band: all that lifelines makes in its fit."""
    curve = kaplan_meier(time, done)
    curve.band()
    return curve


def assert_equal(time: Numbers, done: Bools) -> None:
    """Both sides give the same shares and limits wherever something is left open."""
    curve, peer = kaplan_meier(time, done), KaplanMeierFitter().fit(time, done)
    left = np.flatnonzero(curve.survival > 0)
    start = len(peer.survival_function_) - curve.time.size  # lifelines may put a row for age 0 in front
    np.testing.assert_allclose(
        curve.survival, peer.survival_function_.to_numpy()[start:, 0], rtol=0, atol=1e-9
    )
    limits = peer.confidence_interval_.to_numpy()[start:]
    np.testing.assert_allclose(np.stack(curve.band(), axis=1)[left], limits[left], rtol=0, atol=1e-9)


def compare(name: str, time: Numbers, done: Bools, runs: int) -> list[Row]:
    """Two rows of the table: the curve, which is most questions' answer, and the curve with its band."""
    assert_equal(time, done)
    rows = []
    for what, ours in (("curve", kaplan_meier), ("curve and band", with_band)):
        times = interleaved(partial(ours, time, done), lambda: KaplanMeierFitter().fit(time, done), runs)
        rows.append(row(f"kaplan_meier 1M {name}, {what}", *times, target=TARGET, unit="ms"))
    return rows


def main() -> None:
    """Whole days, then times to the second and finer."""
    time, done = history()
    show(compare("whole days", np.floor(time).astype(np.int64), done, 7) + compare("floats", time, done, 3))


if __name__ == "__main__":
    main()
