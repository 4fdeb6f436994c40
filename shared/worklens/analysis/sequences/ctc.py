"""Connectionist temporal classification: what a sequence says, learnt without knowing when it says it.

Deep Learning Specialization, course 5, week 3 (Graves et al. 2006). At each step the network says a label or a blank;
repeats collapse, blanks vanish, and the loss is `-log` of the sum over all ways to say the right labels. All in logarithms.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.likelihood import log_softmax

BLANK = 0


def collapse(path: Sequence[int]) -> tuple[int, ...]:
    """A path's labels: repeats become one, then blanks vanish."""
    return tuple(
        label for at, label in enumerate(path) if label != BLANK and (at == 0 or path[at - 1] != label)
    )


def ctc(z: Reals, labels: Ints, lengths: Ints, steps: Ints) -> tuple[float, Reals]:
    """The mean loss, and its gradient by the sums z (time, batch, symbols).

    `labels` (batch, longest) are the right ones, of which `lengths` (batch,) count; `steps` (batch,) of the time count.
    Raises ValueError where the labels can't be said in that time.
    """
    if (least(labels, lengths) > steps).any():
        raise ValueError(
            "a sequence is too short for its labels: each takes a step, and a repeat a blank between"
        )
    logs, batch = log_softmax(z), len(labels)
    places, skips = extended(labels)
    here = np.take_along_axis(logs, np.broadcast_to(places, (len(z), *places.shape)), axis=2)
    ends = 2 * lengths  # the last blank's place
    ahead, behind = forwards(here, skips), backwards(here, skips, ends, steps)
    total = _total(ahead, ends, steps)  # (batch,)
    with np.errstate(invalid="ignore"):
        each = np.exp(ahead + behind - here - total[:, None])  # (time, batch, places): its share of all ways
    each[np.isneginf(ahead) | np.isneginf(behind)] = 0
    share = np.zeros_like(logs)
    rows = np.arange(batch)
    for place in range(places.shape[1]):  # the same label may stand in many places
        share[:, rows, places[:, place]] += each[:, :, place]
    within = np.arange(len(z))[:, None] < steps
    d_z = np.where(within[:, :, None], np.exp(logs) - share, 0) / batch
    return -float(total.mean()), d_z.astype(z.dtype)


def least(labels: Ints, lengths: Ints) -> Ints:
    """How many steps it takes at least to say the labels: (batch,)."""
    inside = np.arange(1, labels.shape[1]) < lengths[:, None]
    repeated = (labels[:, 1:] == labels[:, :-1]) & inside
    needed: Ints = lengths + np.count_nonzero(repeated, axis=1)
    return needed


def extended(labels: Ints) -> tuple[Ints, Bools]:
    """Labels with blanks around each, (batch, 2 longest + 1), and which places may be reached past the blank before."""
    places = np.full((len(labels), 2 * labels.shape[1] + 1), BLANK)
    places[:, 1::2] = labels
    skips = np.zeros(places.shape, np.bool_)
    skips[:, 3::2] = labels[:, 1:] != labels[:, :-1]
    return places, skips


def forwards(here: Reals, skips: Bools) -> Floats:
    """The log-chance of all ways to stand at a place at a time: (time, batch, places)."""
    ahead = np.full(here.shape, -np.inf)
    ahead[0, :, :2] = here[0, :, :2]
    for t in range(1, len(here)):
        before = ahead[t - 1]
        ways = before.copy()
        ways[:, 1:] = np.logaddexp(ways[:, 1:], before[:, :-1])
        ways[:, 2:] = np.where(skips[:, 2:], np.logaddexp(ways[:, 2:], before[:, :-2]), ways[:, 2:])
        ahead[t] = ways + here[t]
    return ahead


def backwards(here: Reals, skips: Bools, ends: Ints, steps: Ints) -> Floats:
    """The log-chance of all ways from a place at a time to the end, that step included: (time, batch, places)."""
    place = np.arange(here.shape[2])
    last = np.where((place == ends[:, None]) | (place == ends[:, None] - 1), 0.0, -np.inf)  # (batch, places)
    behind = np.full(here.shape, -np.inf)
    after = np.full(last.shape, -np.inf)
    for t in range(len(here) - 1, -1, -1):
        ways = after.copy()
        ways[:, :-1] = np.logaddexp(ways[:, :-1], after[:, 1:])
        ways[:, :-2] = np.where(skips[:, 2:], np.logaddexp(ways[:, :-2], after[:, 2:]), ways[:, :-2])
        ways = np.where(np.equal(steps - 1, t)[:, None], last, ways)
        behind[t] = after = ways + here[t]
    return behind


def _total(ahead: Floats, ends: Ints, steps: Ints) -> Floats:
    """The log-chance of all ways: those that end on the last label or the blank after it."""
    rows, final = np.arange(len(ends)), ahead[steps - 1, np.arange(len(ends))]
    on_label = np.where(ends > 0, final[rows, np.maximum(ends - 1, 0)], -np.inf)
    total: Floats = np.logaddexp(final[rows, ends], on_label)
    return total
