"""How sure a chance may be told: never 0 or 100 %, and by a count of tasks no surer than the count lets anyone be.

Where none of 57 tasks was done within a day, the next one may be: half a task pretended on either side, as in Jeffreys' prior for
a share, makes that a chance of 0.9 %.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.hazard.prospects import SUREST, Prospects

HALF = 0.5  # a task, pretended on either side


def least_of(evidence: Ints) -> Floats:
    """The least chance that so many tasks, of which none was done, leave open; SUREST at least: (tasks,)."""
    return np.asarray(np.maximum(HALF / (evidence + 2 * HALF), SUREST))


def bounded(told: Prospects, over: Bools, least: Floats | float = SUREST) -> Prospects:
    """The same with each chance at least `least` (tasks,) away from 0 and 1; NaN stays so.

    A due date that is `over` (tasks,) stays missed: that is a fact. Done and deleted together stay 1 at most.
    """
    edge = np.broadcast_to(least, told.evidence.shape)
    wide = edge[:, None]
    done = np.clip(told.done, wide, 1 - wide)
    return replace(
        told,
        done=done,
        deleted=np.minimum(np.clip(told.deleted, wide, 1 - wide), 1 - done),
        never=np.clip(told.never, edge, 1 - edge),
        late=np.where(over, told.late, np.clip(told.late, edge, 1 - edge)),
    )
