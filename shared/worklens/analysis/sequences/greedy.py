"""Greedy search: at each step the likeliest symbol, never taken back (Deep Learning Specialization, course 5, week 3)."""

from __future__ import annotations

from typing import TypeVar

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.sequences.speaker import Speaker
from worklens.analysis.sequences.translator import END

S = TypeVar("S")


def greedy(speaker: Speaker[S], batch: int, longest: int) -> tuple[Ints, Floats]:
    """Texts (batch, longest), filled up with END, and their log-probabilities (batch,)."""
    texts, logs = np.full((batch, longest), END), np.zeros(batch)
    state, said, speaks = speaker.start(), np.full(batch, END), np.full(batch, True)
    for t in range(longest):
        chances, state = speaker.step(said, state)
        said = np.where(speaks, chances.argmax(axis=1), END)
        logs[speaks] += chances[speaks, said[speaks]]
        texts[:, t] = said
        speaks &= said != END
        if not speaks.any():
            break
    return texts, logs
