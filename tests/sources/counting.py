"""Runs a source's own count to its end."""

from __future__ import annotations

import msgspec

from worklens.sources.options import Counting, Totals
from worklens.stages.driver import Driver


def counted(counting: Counting, driver: Driver) -> Totals:
    """What the service counts."""
    asked = next(counting)
    try:
        while True:
            asked = counting.send(driver.answer(asked))
    except StopIteration as stop:
        return msgspec.convert(stop.value, Totals)
