"""In a history that holds nothing to be found, nothing is found, but for one in twenty."""

from __future__ import annotations

import numpy as np
import pytest

from tests.findings.makers import person
from worklens.findings.choose import everything

TRUE_HERE = {"zombies", "ageing"}  # her slow tasks are slow: to say so is no error


def false_findings(seeds: range, bursts: float) -> int:
    """How many of these people are told something that isn't so."""
    made = (person(np.random.default_rng(seed), bursts=bursts) for seed in seeds)
    return sum(bool({finding.key for finding in everything(one).findings} - TRUE_HERE) for one in made)


@pytest.mark.parametrize("bursts", [1.0, 0.2])
def test_luck_is_rarely_told(bursts: float) -> None:
    """Over 10 people 5 % would be a half, and up to 2 are within luck of that; with even days or bursty ones."""
    assert false_findings(range(10), bursts) <= 2


@pytest.mark.deep
@pytest.mark.parametrize("bursts", [1.0, 0.2])
def test_luck_is_told_at_most_once_in_twenty(bursts: float) -> None:
    """Over 200 people: 5 % would be 10, and up to 16 are within luck of that."""
    assert false_findings(range(200), bursts) <= 16
