"""The reader's weights as a file: half precision, the vocabulary beside them."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences import parameters
from worklens.reading.features import Vocabulary
from worklens.reading.network import shapes

FILE = Path(__file__).with_name("weights.npz")


class Spoilt(RuntimeError):
    """A file of weights that isn't what this version was made for."""


@dataclass(frozen=True, eq=False)
class Weights:
    """What was learnt: vocabulary, parameters, and how log-odds become a confidence."""

    words: Vocabulary
    theta: Reals  # (parameters,) float32
    slope: float = 1.0
    offset: float = 0.0
    least: float = 0.5  # confidence below which nothing is said

    @cached_property
    def arrays(self) -> parameters.Arrays:
        """The parameters by name."""
        return parameters.cut(self.theta, shapes(self.words.count))


def save(weights: Weights, path: Path) -> None:
    """Write them; the same weights make the same bytes."""
    made = io.BytesIO()
    np.savez_compressed(
        made,
        words=np.frombuffer("\n".join(weights.words.words).encode(), np.uint8),
        theta=weights.theta.astype(np.float16),
        confidence=np.array([weights.slope, weights.offset, weights.least]),
    )
    path.write_bytes(made.getvalue())


def load(path: Path = FILE) -> Weights:
    """Read them. Raises Spoilt for a file of another version."""
    with np.load(path, allow_pickle=False) as held:
        words = Vocabulary(held["words"].tobytes().decode().split("\n"))
        theta = held["theta"].astype(np.float32)
        slope, offset, least = held["confidence"].tolist()
    if theta.size != parameters.count(shapes(words.count)):
        raise Spoilt(f"{path.name} doesn't fit this version; make it again with `make train-when`")
    return Weights(words, theta, slope, offset, least)


def checksum(path: Path = FILE) -> str:
    """The file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
