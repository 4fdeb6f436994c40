"""The words around each place, as a language model is given them (Deep Learning Specialization, course 5, week 2)."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.words.texts import Texts

LAST_FOUR = (-4, -3, -2, -1)
AROUND = (-4, -3, -2, -1, 1, 2, 3, 4)
LAST = (-1,)


def contexts(texts: Texts, offsets: tuple[int, ...], edge: int) -> Ints:
    """(places, offsets): the word at each offset from each place, and `edge` where the text doesn't reach so far."""
    at = np.arange(len(texts.words))[:, None] + offsets
    which = texts.which[:, None]
    outside = (at < texts.starts[which]) | (at >= texts.starts[which + 1])
    found: Ints = np.where(outside, edge, np.append(texts.words, edge)[np.where(outside, -1, at)])
    return found
