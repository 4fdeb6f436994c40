"""Days counted from 1970-01-01, as all arrays have them, and as dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

from worklens.analysis.arrays import Ints

_EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - _EPOCH).days


def day_numbers(days: Iterable[date]) -> Ints:
    """The same of several: (days,)."""
    return np.array([day_number(day) for day in days], dtype=np.int64)


def date_of(number: int) -> date:
    """The day of a number of days since 1970-01-01."""
    return _EPOCH + timedelta(days=int(number))
