"""Several people's figures drawn together: by hand, and how seldom luck is taken for a gain."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.hazard.grading import LEAST_ROWS, LEAST_Z, Verdict, together
from worklens.analysis.hazard.several import drawn_together


def test_alike_people_are_told_their_mean() -> None:
    """Figures that differ less than their errors are one figure, measured several times."""
    drawn, error = drawn_together(np.array([1.0, 3.0]), np.array([2.0, 2.0]))

    assert drawn.tolist() == pytest.approx([2, 2])
    assert error.tolist() == pytest.approx([np.sqrt(2)] * 2)


def test_well_known_people_keep_their_own() -> None:
    """Of two far apart and surely known, a variance of 49.99 between them leaves each where it was."""
    drawn, error = drawn_together(np.array([0.0, 10.0]), np.array([0.1, 0.1]))

    assert drawn.tolist() == pytest.approx([0.001, 9.999], abs=1e-6)
    assert error == pytest.approx(0.1, rel=1e-3)


@pytest.mark.parametrize("figures", [[], [3.0]])
def test_nobody_beside_changes_nothing(figures: list[float]) -> None:
    """One alone, or none, is told as given."""
    drawn, error = drawn_together(np.array(figures), np.full(len(figures), 0.5))

    assert (drawn.tolist(), error.tolist()) == (figures, [0.5] * len(figures))


def gains(rng: np.random.Generator, people: int, gain: float) -> list[Verdict]:
    """Verdicts of people who gain so many standard errors."""
    zs = rng.normal(gain, 1, people)
    return [Verdict(LEAST_ROWS, float(z), ours=1 - float(z) / 100, plain=1.0) for z in zs]


def test_luck_passes_few_teams() -> None:
    """Of teams of twelve that gain nothing, in one of ten is anyone told by the model; judged each alone in nearly half."""
    rng = np.random.default_rng(5)
    teams = [gains(rng, 12, 0.0) for _ in range(400)]

    passed = np.mean([any(one.passed for one in together(team)) for team in teams])

    assert np.mean([any(one.passed for one in team) for team in teams]) > 0.35
    assert passed < 0.13  # a tenth, and what 400 teams leave open


def test_a_teams_gain_is_each_ones() -> None:
    """Where all gain somewhat, more are told by it than would show by themselves; not who lost by it, or was hardly asked."""
    team = [*gains(np.random.default_rng(6), 12, 1.4), Verdict(LEAST_ROWS - 1, 2.0, 0.98, 1.0)]

    found = together(team)

    assert sum(one.passed for one in found) > sum(one.passed for one in team)
    assert all(one.gain > 0 for one in found if one.passed)
    assert not found[-1].passed


def test_one_alone_is_judged_alone() -> None:
    """With nobody beside, what passed before passes still."""
    (found,) = together([Verdict(LEAST_ROWS, LEAST_Z + 0.1, 0.9, 1.0)])

    assert found.passed
    assert found.among is None
