"""Teaches the reader from written examples, and writes its weights: `python -m worklens.reading.train`.

One thread of NumPy in float32, from one seed; the same machine and libraries give the same weights.
"""

from __future__ import annotations

import argparse
import sys
import time
from itertools import islice
from pathlib import Path

import numpy as np

from worklens.analysis.learning.arrays import Reals
from worklens.analysis.learning.optimisers import Adam
from worklens.analysis.sequences import parameters
from worklens.analysis.sequences.buckets import buckets
from worklens.analysis.sequences.clipping import clip
from worklens.reading import weights
from worklens.reading.corpus import Corpus, batch, corpus, vocabulary
from worklens.reading.features import Vocabulary
from worklens.reading.network import backward, initialise, shapes
from worklens.reading.phrases.examples import examples

SEED = 2026
EXAMPLES = 600_000
EPOCHS = 5
BATCH = 256
RATE = 3e-3  # Adam's; falls to a hundredth of it along half a cosine
LONGEST_GRADIENT = 1.0
KEPT = 31 * 2**20  # bytes: an array just small enough for glibc to learn from, see `keep_memory`
FORGET = 0.15  # of the words beside a phrase taken for unknown


def train(words: Vocabulary, data: Corpus, epochs: int, seed: int, quiet: bool = False) -> Reals:
    """The parameters learnt, float32."""
    rng = np.random.default_rng(seed)
    theta = initialise(words.count, rng).astype(np.float32)
    gradient, adam = np.empty_like(theta), Adam()
    w, into = (parameters.cut(array, shapes(words.count)) for array in (theta, gradient))
    steps = epochs * -(-len(data.lengths) // BATCH)
    done, started = 0, time.monotonic()
    for epoch in range(epochs):
        losses = []
        for which in buckets(data.lengths, BATCH, rng):
            reads, y, y_mask, inside = batch(data, which, FORGET, rng)
            losses.append(backward(w, reads, y, y_mask, inside, into))
            clip(gradient, LONGEST_GRADIENT)
            adam.step(theta, gradient, rate(done, steps))
            done += 1
        if not quiet:
            print(  # noqa: T201
                f"epoch {epoch + 1} of {epochs}: loss {np.mean(losses):.4f}, "
                f"{time.monotonic() - started:.0f} s",
                file=sys.stderr,
                flush=True,
            )
    return theta


def keep_memory() -> None:
    """Let glibc keep what a batch frees for the next one: a quarter of the time went into asking for it again.

    It keeps twice the largest array freed so far, up to 32 MiB each; other allocators take no notice.
    """
    np.empty(KEPT, np.uint8)


def rate(step: int, steps: int) -> float:
    """Up along a line over the first fiftieth, then down along half a cosine."""
    warm = min(1.0, (step + 1) / (steps / 50))
    return float(RATE * warm * (0.01 + 0.99 * (1 + np.cos(np.pi * step / steps)) / 2))


def main() -> None:
    """Write examples, learn, calibrate, save."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--examples", type=int, default=EXAMPLES)
    options.add_argument("--epochs", type=int, default=EPOCHS)
    options.add_argument("--out", type=Path, default=weights.FILE)
    given = options.parse_args()
    keep_memory()
    words = vocabulary(SEED)
    data = corpus(words, islice(examples(SEED + 1), given.examples))
    theta = train(words, data, given.epochs, SEED)
    from worklens.reading.calibrate import calibrated

    fitted = weights.Weights(words, theta.astype(np.float16).astype(np.float32))  # as it is kept
    weights.save(calibrated(fitted, SEED + 2), given.out)
    named = f"{weights.checksum(given.out)}  {given.out.name}\n"
    given.out.with_suffix(".sha256").write_text(named)
    print(named, end="")  # noqa: T201


if __name__ == "__main__":
    main()
