"""Learning in small batches by Adam, gradients that explode cut short: what every model of this room that has layers shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.learning.optimisers import Adam
from worklens.analysis.sequences.clipping import clip

Batch = TypeVar("Batch")

LONGEST = 5.0  # of a gradient: seldom reached but by a recurrent network that runs away


def descend(
    theta: Reals, batches: Iterable[Batch], backward: Callable[[Batch, Reals], float], rate: float
) -> Floats:
    """Move `theta` (parameters,) in place, a step a batch; `backward` writes a batch's gradient and returns its mean loss.

    Returns these losses, each before its step: (batches,).
    """
    adam, gradient, losses = Adam(), np.zeros_like(theta), []
    for batch in batches:
        losses.append(backward(batch, gradient))
        clip(gradient, LONGEST)
        adam.step(theta, gradient, rate)
    return np.array(losses)
