"""Random search draws on the right scale, and comes closer."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from worklens.analysis.learning.search import Choice, Linear, Log, NearOne, Scale, Try, Whole, closer, search


def drawn(scale: Scale) -> list[Any]:
    """Two thousand values."""
    rng = np.random.default_rng(0)
    return [scale.draw(rng) for _ in range(2000)]


@pytest.mark.parametrize(
    ("scale", "middle"),
    [(Linear(0, 10), 5), (Log(1e-4, 1), 1e-2), (NearOne(0.9, 0.999), 0.99), (Whole(1, 9), 5)],
)
def test_half_lie_on_either_side(scale: Linear | Log | NearOne | Whole, middle: float) -> None:
    """The middle of each scale halves what is drawn, and nothing lies outside."""
    values = np.array(drawn(scale))

    assert ((values < middle).mean() + (values <= middle).mean()) / 2 == pytest.approx(0.5, abs=0.04)
    assert values.min() >= scale.low
    assert values.max() <= scale.high


def test_choices_come_alike() -> None:
    """Each of three about a third of the time."""
    values = drawn(Choice(("a", "b", "c")))

    assert all(values.count(value) == pytest.approx(667, abs=70) for value in "abc")


def test_the_best_come_first() -> None:
    """Sorted by loss, what ran away last; the same seed draws the same."""
    space: dict[str, Scale] = {"rate": Log(1e-4, 1), "units": Whole(1, 8)}

    def loss(settings: dict[str, Any]) -> float:
        return math.nan if settings["rate"] > 0.5 else abs(math.log10(settings["rate"]) + 2)

    tries = search(loss, space, 60, np.random.default_rng(1))

    assert tries[0].settings["rate"] == pytest.approx(1e-2, rel=0.5)
    assert math.isnan(tries[-1].loss)
    known = [one.loss for one in tries if not math.isnan(one.loss)]
    assert known == sorted(known)
    assert [one.settings for one in tries] == [
        one.settings for one in search(loss, space, 60, np.random.default_rng(1))
    ]


def test_from_coarse_to_fine() -> None:
    """The second round draws only where the first was best."""
    space: dict[str, Scale] = {"rate": Log(1e-4, 1), "kind": Choice(("a", "b")), "units": Whole(1, 9)}
    best = [Try({"rate": rate, "kind": "b", "units": units}, 0.0) for rate, units in ((1e-3, 4), (1e-2, 6))]

    assert closer(space, best) == {"rate": Log(1e-3, 1e-2), "kind": Choice(("b",)), "units": Whole(4, 6)}


def test_scales_there_are_none_of() -> None:
    """0 has no logarithm, and no tries have no middle."""
    with pytest.raises(ValueError, match="must be above 0"):
        Log(0, 1)
    with pytest.raises(ValueError, match="search once first"):
        closer({"rate": Log(1e-3, 1)}, [])
