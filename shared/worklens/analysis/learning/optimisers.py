"""How a gradient becomes a step: plain, with momentum, RMSprop, Adam. Each moves all parameters at once, in place.

Deep Learning Specialization, course 2, week 2. Their moving averages are those of `analysis/smoothing.py`, bias correction
and all, kept one step at a time. State lives in the optimiser: a fresh one for each training.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from worklens.analysis.learning.arrays import Reals

EPSILON = 1e-8  # the papers' and every library's: only what keeps a division by 0 away


class Optimiser(Protocol):
    """One step: `theta` (parameters,) is changed along `gradient` (parameters,), which may be spoilt."""

    def step(self, theta: Reals, gradient: Reals, rate: float) -> None:
        """Move `theta`."""
        ...


@dataclass
class GradientDescent:
    """`theta -= rate * g`."""

    def step(self, theta: Reals, gradient: Reals, rate: float) -> None:
        """Move `theta`."""
        gradient *= rate
        theta -= gradient


@dataclass
class Momentum:
    """`v = beta v + (1 - beta) g`, `theta -= rate * v`: an average of about the last ten gradients."""

    beta: float = 0.9
    v: Reals | None = field(default=None, repr=False)

    def step(self, theta: Reals, gradient: Reals, rate: float) -> None:
        """Move `theta`."""
        self.v = _averaged(self.v, gradient, self.beta)
        theta -= rate * self.v


@dataclass
class RMSprop:
    """`s = beta s + (1 - beta) g**2`, `theta -= rate * g / (sqrt(s) + epsilon)` (Hinton 2012)."""

    beta: float = 0.9
    s: Reals | None = field(default=None, repr=False)

    def step(self, theta: Reals, gradient: Reals, rate: float) -> None:
        """Move `theta`."""
        self.s = _averaged(self.s, gradient * gradient, self.beta)
        root = np.sqrt(self.s)
        root += EPSILON
        theta -= rate * gradient / root


@dataclass
class Adam:
    """`theta -= rate * v' / (sqrt(s') + epsilon)`, v' and s' being both averages corrected (Kingma and Ba 2015).

    The corrections are two numbers a step, put into the rate and into epsilon, so that no vector is divided twice.
    """

    beta_1: float = 0.9
    beta_2: float = 0.999
    v: Reals | None = field(default=None, repr=False)
    s: Reals | None = field(default=None, repr=False)
    steps: int = 0

    def step(self, theta: Reals, gradient: Reals, rate: float) -> None:
        """Move `theta`."""
        self.steps += 1
        self.v = _averaged(self.v, gradient, self.beta_1)
        np.multiply(gradient, gradient, out=gradient)
        self.s = _averaged(self.s, gradient, self.beta_2)
        spread = math.sqrt(1 - self.beta_2**self.steps)  # sqrt(s') is sqrt(s) / spread
        np.sqrt(self.s, out=gradient)
        gradient += EPSILON * spread
        np.divide(self.v, gradient, out=gradient)
        gradient *= rate * spread / (1 - self.beta_1**self.steps)
        theta -= gradient


OPTIMISERS: dict[str, type[GradientDescent | Momentum | RMSprop | Adam]] = {
    "descent": GradientDescent,
    "momentum": Momentum,
    "rmsprop": RMSprop,
    "adam": Adam,
}
"""By the name under which a network's settings choose them."""


def _averaged(average: Reals | None, values: Reals, beta: float) -> Reals:
    """`beta average + (1 - beta) values`, in place; the first average is of zeros."""
    if average is None:
        first: Reals = values * (1 - beta)
        return first
    average *= beta
    average += values * (1 - beta)
    return average
