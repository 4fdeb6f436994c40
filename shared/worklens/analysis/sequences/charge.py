"""Error analysis of beam search: for each miss, is the search to blame, or the model?

Deep Learning Specialization, course 5, week 3. If the model scores the right text above what the search returned, a wider
beam would have found it; else the model itself prefers the wrong text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.sequences.beam import ALPHA
from worklens.analysis.sequences.speaker import Speaker
from worklens.analysis.sequences.translator import END

S = TypeVar("S")


@dataclass(frozen=True)
class Charges:
    """How many misses there were, and whose fault they are."""

    misses: int
    beam: int
    model: int


def lengths_of(texts: Ints) -> Ints:
    """How many symbols each text (batch, longest) has, its END counted."""
    ended = texts == END
    lengths: Ints = np.where(ended.any(axis=1), ended.argmax(axis=1) + 1, texts.shape[1])
    return lengths


def score_of(speaker: Speaker[S], texts: Ints, alpha: float = ALPHA) -> Floats:
    """The model's score of given texts (batch, longest), by the same measure as beam search's: (batch,)."""
    lengths, logs = lengths_of(texts), np.zeros(len(texts))
    state, said = speaker.start(), np.full(len(texts), END)
    for t in range(int(lengths.max(initial=0))):
        chances, state = speaker.step(said, state)
        said = texts[:, t]
        logs += np.where(t < lengths, chances[np.arange(len(texts)), said], 0.0)
    return logs / lengths**alpha


def charge(right: Floats, returned: Floats, missed: Bools) -> Charges:
    """From the scores of the right texts and of those returned, (batch,), and which were misses."""
    beams = int((missed & (right > returned)).sum())
    misses = int(missed.sum())
    return Charges(misses, beams, misses - beams)
