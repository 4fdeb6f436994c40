"""Connectionist temporal classification beside brute force: every path looked at."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import numpy as np
import pytest
from numpy.testing import assert_allclose

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.gradient_check import gradient_error
from worklens.analysis.sequences.ctc import collapse, ctc, least
from worklens.analysis.sequences.likelihood import log_softmax
from worklens.analysis.sequences.prefix_beam import prefix_beam

RNG = np.random.default_rng(4)
Z = RNG.normal(0, 1.5, (5, 3, 3))
LABELS, LENGTHS, STEPS = np.array([[1, 1], [2, 0], [0, 0]]), np.array([2, 1, 0]), np.array([5, 4, 2])


def chances(logs: Floats) -> dict[tuple[int, ...], float]:
    """The probability of each labelling, from logs (time, symbols), path by path."""
    sums: defaultdict[tuple[int, ...], float] = defaultdict(float)
    for path in product(range(logs.shape[1]), repeat=len(logs)):
        sums[collapse(path)] += float(np.exp(sum(logs[t, label] for t, label in enumerate(path))))
    return sums


def test_repeats_collapse_and_blanks_vanish() -> None:
    """In this order, so that a blank keeps two equal labels apart."""
    assert collapse([1, 1, 0, 1, 2, 2, 0]) == (1, 1, 2)


def test_the_loss_is_that_of_all_paths() -> None:
    """With a repeated label, with padding in time, and with nothing to say."""
    told = [
        -np.log(chances(log_softmax(Z)[:steps, at])[tuple(LABELS[at, :length].tolist())])
        for at, (length, steps) in enumerate(zip(LENGTHS, STEPS, strict=True))
    ]

    assert ctc(Z, LABELS, LENGTHS, STEPS)[0] == pytest.approx(float(np.mean(told)), abs=1e-12)


def test_the_gradient() -> None:
    """To 1e-7, and nothing beyond a sequence's end."""
    gradient = ctc(Z, LABELS, LENGTHS, STEPS)[1]

    assert gradient_error(lambda z: ctc(z, LABELS, LENGTHS, STEPS)[0], Z, gradient) < 1e-7
    assert not gradient[4:, 1].any()


def test_too_short_is_said() -> None:
    """Two equal labels need three steps."""
    assert least(LABELS, LENGTHS).tolist() == [3, 1, 0]
    with pytest.raises(ValueError, match="too short"):
        ctc(Z, LABELS, LENGTHS, np.array([2, 4, 2]))


def test_a_wide_prefix_beam_is_exact() -> None:
    """The same labellings in the same order as by looking at every path, with their probabilities."""
    logs = log_softmax(Z[:4, 0])
    best = sorted(chances(logs).items(), key=lambda each: -each[1])
    found = prefix_beam(logs, 500)

    assert [prefix for prefix, _ in found[:5]] == [labels for labels, _ in best[:5]]
    assert_allclose([np.exp(log) for _, log in found[:5]], [chance for _, chance in best[:5]])


def test_the_best_path_may_not_have_the_best_labels() -> None:
    """Blank is likeliest at each of two steps, but the ways to say the label together are more."""
    logs = np.log(np.array([[0.6, 0.4], [0.6, 0.4]]))

    assert collapse(logs.argmax(axis=1).tolist()) == ()
    assert prefix_beam(logs, 4)[0][0] == (1,)
