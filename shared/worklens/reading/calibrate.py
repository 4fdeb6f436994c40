"""Confidence that comes true: from examples that were not learnt from, and which readings of them were right."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

import numpy as np

from worklens.analysis.learning.calibration import Platt
from worklens.reading.execute import Impossible, execute
from worklens.reading.phrases.examples import Example, examples
from worklens.reading.reader import numbers_of, read
from worklens.reading.symbols import NONE, bind
from worklens.reading.weights import Weights

EXAMPLES = 6000
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)  # a Tuesday, so that weekdays lie on both sides
LEAST = 0.8  # confidence: below it, in titles that say more than the time, answers are wrong too often


def calibrated(held: Weights, seed: int) -> Weights:
    """The weights with a confidence fitted (Platt 1999) to how often readings came out right."""
    some = list(islice(examples(seed), EXAMPLES))
    plain = replace(held, slope=1.0, offset=0.0)
    readings = read([one.title for one in some], NOW, held=plain)
    chances, right = [], []
    for one, reading in zip(some, readings, strict=True):
        if reading.meanings:
            chances.append(reading.meanings[0].chance)
            right.append(reading.meanings[0].when == meant(one))
    bounded = np.clip(np.array(chances), 1e-9, 1 - 1e-6)
    fitted = Platt().fit(np.log(bounded) - np.log1p(-bounded), np.array(right, dtype=np.int64))
    return replace(held, slope=fitted.slope_, offset=fitted.offset_, least=LEAST)


def meant(one: Example) -> object:
    """When an example means; None for no time."""
    if one.symbols == (NONE,):
        return None
    try:
        return execute(bind(one.symbols, numbers_of(one.tokens), NOW.year), NOW)
    except Impossible:
        return "impossible"
