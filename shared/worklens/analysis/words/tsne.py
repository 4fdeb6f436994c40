"""A map on which neighbours stay neighbours: t-SNE (van der Maaten and Hinton 2008), for pictures only.

Near means near; how far apart groups lie, and how large they are, means nothing. Exact, so for some thousand rows at most:
time and memory grow with their square.
"""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words.neighbourhoods import neighbourhoods, squared_distances
from worklens.analysis.words.principal import principal

PERPLEXITY = 30.0  # neighbours each row looks at; the paper finds 5 to 50 alike
STEPS = 500
EXAGGERATED = 250  # steps in which neighbours pull harder, so that groups form before they settle
EXAGGERATION = 12.0  # how much harder: the authors' later choice (2014)
SMALL = 1e-4  # the spread of the start
LEAST_GAIN = 0.01


def tsne(rows: Reals, rng: np.random.Generator, perplexity: float = PERPLEXITY, steps: int = STEPS) -> Floats:
    """(rows, 2), from rows (rows, units). With few rows each looks at a third of the others at most.

    It starts from the principal axes, which keeps what is far apart so (Kobak and Berens 2019), and a little chance, so that
    equal rows can part.
    """
    count = len(rows)
    if count < 3:
        return np.eye(count, 2)
    chances = neighbourhoods(rows, min(perplexity, max((count - 1) / 3, 1.0)))
    return _settled(chances, _start(rows, rng), steps)


def cost(chances: Floats, placed: Floats) -> float:
    """The information lost by the map: Kullback and Leibler's divergence from the neighbourhoods (rows, rows)."""
    there = chances > 0
    near = _near(placed)
    return float((chances[there] * np.log(chances[there] / (near / near.sum())[there])).sum())


def slope(chances: Floats, placed: Floats) -> Floats:
    """The gradient of the cost by each place (rows, 2): `4 sum (p - q) near (y_i - y_j)`."""
    near = _near(placed)
    pull = (chances - near / near.sum()) * near
    found: Floats = 4 * (pull.sum(axis=1)[:, None] * placed - pull @ placed)
    return found


def _near(placed: Floats) -> Floats:
    """Student's t with one degree of freedom, whose long tails leave room for all: (rows, rows)."""
    near: Floats = 1 / (1 + squared_distances(placed))
    np.fill_diagonal(near, 0)
    return near


def _start(rows: Reals, rng: np.random.Generator) -> Floats:
    placed = np.zeros((len(rows), 2))
    axes = principal(rows.astype(np.float64))
    placed[:, : len(axes.directions)] = axes.place(rows.astype(np.float64))
    placed *= SMALL / (placed.std() or 1.0)
    placed += rng.normal(0, SMALL / 100, placed.shape)
    return placed


def _settled(chances: Floats, placed: Floats, steps: int) -> Floats:
    """Descent with momentum, each coordinate's gain growing while it keeps its way (Jacobs 1988)."""
    rate = max(len(placed) / EXAGGERATION / 4, 50.0)  # grows with the rows (Belkina et al. 2019)
    speed, gain = np.zeros_like(placed), np.ones_like(placed)
    for step in range(steps):
        early = step < EXAGGERATED
        gradient = slope(chances * EXAGGERATION if early else chances, placed)
        gain = np.maximum(np.where(gradient * speed < 0, gain + 0.2, gain * 0.8), LEAST_GAIN)
        speed = (0.5 if early else 0.8) * speed - rate * gain * gradient
        placed = placed + speed
        placed -= placed.mean(axis=0)
    return placed
