"""Which of several models speaks at each origin: the first, unless another beat it on this person's own past.

Scored by the pinball loss of their uncorrected promises, a proper score. To be better by luck is easy with few answers
that overlap, and switching costs more than it brings where the models are nearly equal: so another has to be better by
SURE standard errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.forecast.grades import pinball
from worklens.analysis.forecast.questions import LEVELS, Question, Truth, promised

SURE = 3.0  # standard errors: looked at every two weeks for years, two would be passed by luck
LEAST = 10.0  # answers that don't overlap: with fewer, a standard error is itself a guess


@dataclass(frozen=True, eq=False)
class Chosen:
    """What the winner of each origin says, and which it is."""

    table: Floats  # (origins, answers): P(answer <= x)
    models: list[str]  # (origins,)


def compete(tables: dict[str, Floats], question: Question, origins: Ints, came: Truth, every: int) -> Chosen:
    """Let the best of the models of equal origins speak at each, by the answers known before it."""
    which = winners(list(tables.values()), question, origins, came, every)
    names = list(tables)
    rows = np.ones((origins.size, max(table.shape[1] for table in tables.values())))
    for number, table in enumerate(tables.values()):
        mine = which == number
        rows[mine, : table.shape[1]] = table[mine]  # a shorter table has come to 1 at its end
    return Chosen(rows, [names[number] for number in which.tolist()])


def winners(tables: Sequence[Floats], question: Question, origins: Ints, came: Truth, every: int) -> Ints:
    """The number of the model that speaks at each origin: (origins,)."""
    levels = np.array(LEVELS)
    losses = np.stack(
        [
            pinball(question, levels, promised(table, question, levels), came.value).mean(axis=1)
            for table in tables
        ]
    )  # (models, origins)
    apart = np.minimum(
        1.0, every / np.maximum(came.known - origins, 1)
    )  # a long answer counts less: others overlap it
    there = ~np.isnan(came.value)
    known = [there & (came.known <= origin) for origin in origins.tolist()]
    return np.array([_winner(losses[:, past], apart[past]) for past in known], dtype=np.int64)


def _winner(losses: Floats, apart: Floats) -> int:
    """The model that is better than the first by the most standard errors, if by SURE: of (models, answers)."""
    n = apart.sum()
    if n < LEAST:
        return 0
    gain = losses[0] - losses
    spread = np.sqrt(gain.var(axis=1) / n)
    scores = np.divide(gain.mean(axis=1), spread, out=np.zeros(len(gain)), where=spread > 0)
    return int(scores.argmax()) if scores.max() >= SURE else 0
