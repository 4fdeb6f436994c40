"""Whether a learnt hazard still does as its grade promised."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import NEVER
from worklens.analysis.hazard.band import band, lately
from worklens.analysis.hazard.grading import grade
from worklens.analysis.hazard.model import fit
from worklens.analysis.hazard.records import DONE, Records

TODAY = 20_000
THEN = TODAY - 90


def lived(*, changed: bool) -> Records:
    """Three tasks in two days, each with three chances in ten a day; `changed`: since THEN hardly any is done."""
    rng = np.random.default_rng(3)
    born = TODAY - rng.integers(0, 600, 900)
    ended = born + rng.geometric(0.3, 900)
    if changed:
        late = ended > THEN
        ended = np.where(late, np.maximum(born, THEN) + rng.geometric(0.02, 900), ended)
    over = ended <= TODAY
    return Records.of(born, np.where(over, ended, NEVER), np.where(over, DONE, 0))


def test_a_changed_way_of_working_is_seen_in_the_loss() -> None:
    """The same way of working stays in the band, another leaves it; of too few days nothing is said."""
    same, other = lived(changed=False), lived(changed=True)
    graded = grade(same, THEN, refits=2)
    assert graded is not None
    expected, hazard = band(graded), fit(same, today=THEN)
    now, changed = (lately(hazard, records, since=THEN, today=TODAY) for records in (same, other))

    assert now is not None
    assert changed is not None
    assert not expected.left_by(now.loss, now.days)
    assert expected.left_by(changed.loss, changed.days)
    assert graded.fits <= 2
    assert lately(hazard, same, since=TODAY - 5, today=TODAY) is None
