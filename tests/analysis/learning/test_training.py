"""Training: every example once an epoch, and a seed that decides all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.learning.initialisation import initialise
from worklens.analysis.learning.network import Network, cost
from worklens.analysis.learning.optimisers import OPTIMISERS, GradientDescent
from worklens.analysis.learning.training import Plan, slices, train

RNG = np.random.default_rng(0)
X = RNG.normal(size=(100, 3))
Y = (X[:, :1] * X[:, 1:2] > 0).astype(np.float64)  # no line tells these apart
NETWORK = Network((3, 16, 1))


@given(examples=st.integers(1, 50), size=st.integers(1, 60))
def test_every_example_is_in_one_batch(examples: int, size: int) -> None:
    """All batches but the last are full, and together they are all rows in order."""
    rows = [list(range(examples))[part] for part in slices(examples, size)]

    assert [row for part in rows for row in part] == list(range(examples))
    assert all(len(part) == size for part in rows[:-1])
    assert 1 <= len(rows[-1]) <= size


def test_empty_batches() -> None:
    """A batch of none is refused."""
    with pytest.raises(ValueError, match="one at least"):
        slices(5, 0)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_learns_what_no_line_can_tell(name: str) -> None:
    """Every optimiser brings the cost well below that of ignorance."""
    theta = initialise(NETWORK.sizes, "he", np.random.default_rng(1))
    rate = {"descent": 0.5, "momentum": 0.5, "rmsprop": 0.01, "adam": 0.02}[name]
    losses = train(NETWORK, theta, X, Y, Plan(rate, epochs=120, batch_size=32), OPTIMISERS[name](), RNG)

    assert losses.shape == (120 * 4,)
    assert cost(NETWORK, theta, X, Y) < 0.25


def test_the_same_seed_the_same_bits() -> None:
    """Order and dropout come from the generator alone; another seed goes another way."""
    ends = []
    for seed in (5, 5, 6):
        theta = initialise(NETWORK.sizes, "he", np.random.default_rng(0))
        train(
            NETWORK, theta, X, Y, Plan(keep=0.8, epochs=3), OPTIMISERS["adam"](), np.random.default_rng(seed)
        )
        ends.append(theta)

    assert (ends[0] == ends[1]).all()
    assert (ends[0] != ends[2]).any()


def test_one_batch_of_all_is_gradient_descent() -> None:
    """With all examples in a batch the order is nothing but rounding, and the loss falls at every step."""
    theta = initialise(NETWORK.sizes, "he", np.random.default_rng(0))
    losses = train(NETWORK, theta, X, Y, Plan(0.1, epochs=50, batch_size=100), GradientDescent(), RNG)

    assert (np.diff(losses) < 0).all()


def test_each_loss_is_of_its_batch() -> None:
    """Where no step changes anything, the batches' losses, the short last one's too, make up the cost of all."""
    theta = initialise(NETWORK.sizes, "he", np.random.default_rng(0))
    losses = train(NETWORK, theta, X, Y, Plan(0.0, epochs=2, batch_size=32), GradientDescent(), RNG)

    of_all = losses.reshape(2, 4) @ [0.32, 0.32, 0.32, 0.04]
    assert of_all == pytest.approx([cost(NETWORK, theta, X, Y)] * 2)
    assert np.ptp(losses) > 0
