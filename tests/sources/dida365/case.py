"""Dida365 in the battery: TickTick by its other name."""

from __future__ import annotations

from dataclasses import replace

from tests.sources.ticktick.case import CASE as TICKTICK

from worklens.testing.ticktick import TickTickWorld


class Dida365World(TickTickWorld):
    """A TickTick whose tasks are elsewhere."""

    host = "dida365.com"


CASE = replace(TICKTICK, name="dida365", world=Dida365World)
