"""Whether a learnt hazard still does as well as it promised: the log loss of its chances since it was learnt, beside its grade's."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from worklens.analysis.hazard.curves import EDGES
from worklens.analysis.hazard.features import features
from worklens.analysis.hazard.grading import BLOCK, LEAST_ROWS, OURS, Graded, log_losses
from worklens.analysis.hazard.landmarks import done_within, landmarks
from worklens.analysis.hazard.model import Hazard, known_by
from worklens.analysis.hazard.prospects import HORIZONS
from worklens.analysis.hazard.records import Records
from worklens.analysis.hazard.telling import LEAST, grid_behind, outlived

HORIZON = 7  # days: what is known within a week of asking
LATELY = 90  # days back: what was so before has been answered by an earlier look
WIDTH = 2.0  # standard errors: passed by luck one look in forty


class Band(NamedTuple):
    """The log loss of chances to be done within HORIZON, on a future that was not learnt from."""

    loss: float
    spread: float  # of the means of blocks of BLOCK days: a month's tasks come and go together
    blocks: int

    def left_by(self, loss: float, days: int) -> bool:
        """Whether a loss over so many days is worse than luck explains; a better one is no reason for anything."""
        several = max(days / BLOCK, 1.0)
        error = self.spread * float(np.sqrt(1 / several + 1 / self.blocks)) if self.blocks else np.inf
        return loss - self.loss > WIDTH * error


def band(graded: Graded) -> Band:
    """What a grade lets expect."""
    at = HORIZONS.index(HORIZON)
    losses = log_losses(graded.told[OURS][:, at], graded.truth[:, at])
    known = ~np.isnan(losses)
    _, block = np.unique(graded.block[known], return_inverse=True)
    count = np.bincount(block)
    if count.size < 2:
        return Band(0.0, 0.0, 0)
    mean = float(losses[known].mean())
    means = np.bincount(block, losses[known]) / count
    spread = float(np.sqrt(np.average((means - mean) ** 2, weights=count)))
    return Band(mean, spread, count.size)


class Lately(NamedTuple):
    """What a model's chances cost since it was learnt."""

    loss: float
    rows: int
    days: int  # over which they were asked


def lately(hazard: Hazard, records: Records, *, since: int, today: int) -> Lately | None:
    """Ask it at each origin after the day `since`, of the last LATELY days, whose week is over; None where too few were."""
    first, last = max(since, today - LATELY) + 1, today - HORIZON
    if last < first:
        return None
    past = known_by(records, today)
    rows = landmarks(past, grid_behind(past, last))
    rows = rows.those((rows.day >= first) & (outlived(hazard, rows.age) >= LEAST))
    truth = done_within(rows, HORIZON, today)
    rows, truth = rows.those(~np.isnan(truth)), truth[~np.isnan(truth)]
    if rows.task.size < LEAST_ROWS:
        return None
    done, _ = hazard.curves(features(past, rows))
    losses = log_losses(done[:, np.searchsorted(EDGES, HORIZON)], truth)
    return Lately(float(losses.mean()), rows.task.size, last - first + 1)
