"""Good settings by chance, on the scale that suits each: random tries find more than a grid of as many.

Deep Learning Specialization, course 2, week 3: a learning rate is drawn by its logarithm, a moving average's beta by that
of `1 - beta`; Bergstra and Bengio 2012.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np


class Scale(Protocol):
    """Where a setting may lie, and how it is drawn."""

    def draw(self, rng: np.random.Generator) -> Any:
        """One value."""
        ...


@dataclass(frozen=True)
class Linear:
    """Any number from `low` to `high`, alike."""

    low: float
    high: float

    def draw(self, rng: np.random.Generator) -> float:
        """One value."""
        return float(rng.uniform(self.low, self.high))


@dataclass(frozen=True)
class Log:
    """From `low` to `high`, both above 0, each power of ten alike."""

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse what has no logarithm."""
        if not 0 < self.low <= self.high:
            raise ValueError(
                f"{self.low} to {self.high} has no logarithmic scale; both must be above 0, in order"
            )

    def draw(self, rng: np.random.Generator) -> float:
        """One value."""
        return math.exp(rng.uniform(math.log(self.low), math.log(self.high)))


@dataclass(frozen=True)
class NearOne:
    """From `low` to `high`, both below 1, by the logarithm of what is missing to 1: for a moving average's beta."""

    low: float
    high: float

    def draw(self, rng: np.random.Generator) -> float:
        """One value."""
        return 1 - Log(1 - self.high, 1 - self.low).draw(rng)


@dataclass(frozen=True)
class Whole:
    """A whole number from `low` to `high`, both included."""

    low: int
    high: int

    def draw(self, rng: np.random.Generator) -> int:
        """One value."""
        return int(rng.integers(self.low, self.high, endpoint=True))


@dataclass(frozen=True)
class Choice:
    """One of a few."""

    values: tuple[Any, ...]

    def draw(self, rng: np.random.Generator) -> Any:
        """One value."""
        return self.values[int(rng.integers(len(self.values)))]


@dataclass(frozen=True)
class Try:
    """Settings, and the loss they came to."""

    settings: dict[str, Any]
    loss: float


def search(
    loss: Callable[[dict[str, Any]], float], space: Mapping[str, Scale], tries: int, rng: np.random.Generator
) -> list[Try]:
    """So many random settings and their losses, the best first. A loss that is NaN (learning that ran away) comes last.

    Settings are drawn before any is tried: what a try does with chance of its own can't change them.
    """
    drawn = [{name: scale.draw(rng) for name, scale in space.items()} for _ in range(tries)]
    done = [Try(settings, float(loss(settings))) for settings in drawn]
    return sorted(done, key=lambda one: math.inf if math.isnan(one.loss) else one.loss)


def closer(space: Mapping[str, Scale], best: list[Try]) -> dict[str, Scale]:
    """From coarse to fine: each number's scale shrunk to what the best tries span; a choice to what they chose."""
    if not best:
        raise ValueError("no tries to come closer to; search once first")
    return {name: _around(scale, [one.settings[name] for one in best]) for name, scale in space.items()}


def _around(scale: Scale, values: list[Any]) -> Scale:
    if isinstance(scale, Choice):
        return Choice(tuple(dict.fromkeys(values)))
    if isinstance(scale, Linear | Log | NearOne | Whole):
        return type(scale)(min(values), max(values))
    return scale
