"""The reader's network: its gradient, how fast it begins to learn, and its file."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from worklens.analysis.learning.gradient_check import relative_difference
from worklens.analysis.sequences.parameters import cut
from worklens.reading import weights
from worklens.reading.corpus import Corpus, batch, corpus
from worklens.reading.features import Vocabulary
from worklens.reading.network import backward, initialise, shapes
from worklens.reading.phrases.examples import examples
from worklens.reading.train import train

WORDS = Vocabulary(["tomorrow", "next", "天"])


@pytest.fixture(scope="module")
def data() -> Corpus:
    return corpus(WORDS, islice(examples(3), 60))


def test_the_gradient_in_some_directions(data: Corpus) -> None:
    """Of all weights at once, along lines: to 1e-6."""
    rng = np.random.default_rng(0)
    theta = initialise(WORDS.count, rng)
    reads, y, y_mask, inside = batch(data, np.arange(6), 0.0, rng)

    def cost_at(theta: np.ndarray, into: np.ndarray) -> float:  # type: ignore[type-arg]
        w, slopes = cut(theta, shapes(WORDS.count)), cut(into, shapes(WORDS.count))
        return backward(w, reads, y, y_mask.astype(np.float64), inside.astype(np.float64), slopes)

    gradient, spare = np.empty_like(theta), np.empty_like(theta)
    cost_at(theta, gradient)
    assert not gradient[: shapes(WORDS.count)["table"][1]].any()  # no feature learns nothing
    along, by_difference = [], []
    for _ in range(3):
        line = rng.normal(size=theta.size) * (gradient != 0)
        along.append(float(gradient @ line))
        ahead, behind = (cost_at(theta + sign * 1e-6 * line, spare) for sign in (1, -1))
        by_difference.append((ahead - behind) / 2e-6)
    assert relative_difference(np.array(along), np.array(by_difference)) < 1e-6


def test_it_begins_to_learn_and_is_kept(data: Corpus, tmp_path: Path) -> None:
    """Two epochs change it, the same seed gives the same weights, and a file gives them back in half precision."""
    theta = train(WORDS, data, 2, 1, quiet=True)
    again = train(WORDS, data, 2, 1, quiet=True)
    file = tmp_path / "weights.npz"
    weights.save(weights.Weights(WORDS, theta, 2.0, -1.0, 0.6), file)
    kept = weights.load(file)

    assert theta.dtype == np.float32
    assert np.array_equal(theta, again)
    assert np.allclose(kept.theta, theta, atol=2e-3)
    assert (kept.words.words, kept.slope, kept.offset, kept.least) == (WORDS.words, 2.0, -1.0, 0.6)


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    """With the command that makes it again."""
    file = tmp_path / "weights.npz"
    weights.save(weights.Weights(WORDS, np.zeros(5, np.float32)), file)

    with pytest.raises(weights.Spoilt, match="make train-when"):
        weights.load(file)
