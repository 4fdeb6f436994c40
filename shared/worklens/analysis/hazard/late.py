"""The chance to miss a due date: what the hazard says of that day, corrected by how such dates were met before.

Within a period the hazard is even, but due dates are not: much is done on the very day, and what recurs hardly before it.
"""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Floats
from worklens.analysis.hazard.curves import lateness
from worklens.analysis.hazard.features import Features
from worklens.analysis.hazard.ridge import Ridge, fit, scale_of

STRENGTH = 100.0  # of the ridge, as the hazard's own
LEAST = 100  # rows with a due date whose outcome is known, and a tenth of them of either kind: with fewer, the hazard alone
SURE = 1e-4  # log odds are taken of chances no nearer to 0 or 1
SOON = 2  # days: what is done on the day before, or on the day


def columns(done: Floats, found: Features) -> Floats:
    """The hazard's own answer, what is frozen of the row, and how far off the date is, for what recurs too: (rows, columns)."""
    raw = np.clip(lateness(done, found.until_due), SURE, 1 - SURE)
    days = np.where(found.until_due < NEVER, np.maximum(found.until_due, 0), 0)
    near, far = days <= SOON, np.log1p(days)
    recurs = found.recurring.astype(np.float64)
    own = (np.log(raw / (1 - raw)), near, far, near * recurs, far * recurs)
    return np.column_stack([*own, found.frozen])


def correction(done: Floats, found: Features, late: Floats, weights: Floats) -> Ridge | None:
    """Learnt from rows that had a due date to come, and whether each missed it (rows,), NaN where nobody knows."""
    known = ~np.isnan(late)
    missed: Bools = late[known] == 1
    if min(missed.sum(), (~missed).sum()) < LEAST / 10 or known.sum() < LEAST:
        return None
    table = columns(done[known], found.those(known))
    loose = np.ones(table.shape[1])
    loose[0] = 10.0  # the hazard's answer is no guess
    scale = scale_of(table, loose)
    return fit(scale, scale.of(table), missed, weights[known], STRENGTH)


def corrected(model: Ridge | None, done: Floats, found: Features) -> Floats:
    """The chance not to be done by the due date: 1 once its day is over, NaN without one: (rows,)."""
    raw = lateness(done, found.until_due)
    if model is None:
        return raw
    some = (found.until_due >= 0) & (found.until_due < NEVER)
    told = raw.copy()
    told[some] = model.chance(columns(done[some], found.those(some)))
    return told
