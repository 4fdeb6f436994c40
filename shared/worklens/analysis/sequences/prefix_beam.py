"""Prefix beam search: the likeliest labels of a CTC network, all ways to say each prefix counted together.

Deep Learning Specialization, course 5, week 3 (Hannun et al. 2014). The best path need not have the best labels, since many
paths collapse to the same. A prefix keeps two chances: that its last step was a blank, and that it was its last label.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.ctc import BLANK

Prefix = tuple[int, ...]


def prefix_beam(logs: Reals, width: int) -> list[tuple[Prefix, float]]:
    """The `width` likeliest labels and their log-probabilities, best first, from logs (time, symbols) of one sequence."""
    beams: dict[Prefix, Floats] = {(): np.array([0.0, -np.inf])}  # [ended on a blank, on the last label]
    for step in logs:
        grown: defaultdict[Prefix, Floats] = defaultdict(lambda: np.array([-np.inf, -np.inf]))
        for prefix, ways in beams.items():
            _grow(prefix, ways, step, grown)
        beams = dict(sorted(grown.items(), key=lambda each: (-_whole(each[1]), each[0]))[:width])
    return [(prefix, _whole(ways)) for prefix, ways in beams.items()]


def _grow(prefix: Prefix, ways: Floats, step: Reals, into: defaultdict[Prefix, Floats]) -> None:
    """Every way to go on from one prefix by one step."""
    on_blank, on_label = ways
    either = _whole(ways)
    _add(into[prefix], 0, either + step[BLANK])
    for label in range(len(step)):
        if label == BLANK:
            continue
        if prefix and label == prefix[-1]:
            _add(into[prefix], 1, on_label + step[label])  # a repeat collapses
            _add(into[(*prefix, label)], 1, on_blank + step[label])
        else:
            _add(into[(*prefix, label)], 1, either + step[label])


def _add(ways: Floats, at: int, log: float) -> None:
    ways[at] = np.logaddexp(ways[at], log)


def _whole(ways: Floats) -> float:
    return float(np.logaddexp(ways[0], ways[1]))
